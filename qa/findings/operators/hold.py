"""`hold`: the customer was put on hold."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View
from qa.findings.measures import select_measured
from qa.findings.operator import register, told
from transcribe.noun import Noun


class Hold(Noun):
    min_s: float = told("shortest hold that counts, seconds", "计入的最短保持，秒", 3.0, gt=0)
    max_s: float | None = told(
        "longest hold that counts, seconds; empty: no bound",
        "计入的最长保持，秒；空为不限",
        None,
        gt=0,
    )


@register(
    "hold",
    title=("hold", "保持"),
    params=Hold,
    needs=lambda want: ("holds",),
    example="hold: {min_s: 3}",
)
def hold(view: View, want: Hold, window: Window | None, limits: Limits) -> Selected:
    """Holds of the switch's events, or heard where it gave none."""
    return select_measured(view, "hold", window, limits, at_least=want.min_s, at_most=want.max_s)
