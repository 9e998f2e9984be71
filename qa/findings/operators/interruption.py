"""`interruption`: one party stops because the other began."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View
from qa.findings.measures import select_measured
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class Interruption(Noun):
    by: Party = told("who interrupts", "打断方")
    min_s: float = told(
        "shortest overlap that counts, seconds", "计入的最短语音重叠，秒", 1.0, gt=0
    )


@register(
    "interruption",
    title=("interruption", "打断"),
    params=Interruption,
    needs=lambda want: ("speakers", "two_channels", "activity", "back_channels"),
    example="interruption: {by: csr, min_s: 1.0}",
)
def interruption(view: View, want: Interruption, window: Window | None, limits: Limits) -> Selected:
    """Interruptions by the party; listening noises (嗯, 对, uh-huh) are none.

    What counts as a listening noise stands in the word list `back_channel`.
    """
    return select_measured(
        view, "interruption", window, limits, speaker=want.by, at_least=want.min_s
    )
