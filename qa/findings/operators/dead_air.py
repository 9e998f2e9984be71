"""`dead_air`: both sides are silent and nobody is on hold."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View
from qa.findings.measures import select_measured
from qa.findings.operator import register, told
from transcribe.noun import Noun


class DeadAir(Noun):
    min_s: float = told("shortest silence that counts, seconds", "计入的最短静音，秒", gt=0)


@register(
    "dead_air",
    title=("dead air", "静音"),
    params=DeadAir,
    needs=lambda want: ("activity",),
    example="dead_air: {min_s: 6}",
)
def dead_air(view: View, want: DeadAir, window: Window | None, limits: Limits) -> Selected:
    """Mutual silences outside holds that last long enough."""
    return select_measured(view, "dead_air", window, limits, at_least=want.min_s)
