"""`talk_over`: a party speaks while the other does."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View
from qa.findings.measures import select_measured
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class TalkOver(Noun):
    by: Party = told("who began second", "后开口的一方")
    min_s: float = told(
        "shortest overlap that counts, seconds", "计入的最短语音重叠，秒", 0.5, gt=0
    )


@register(
    "talk_over",
    title=("talk-over", "抢话"),
    params=TalkOver,
    needs=lambda want: ("speakers", "two_channels", "activity", "back_channels"),
    example="talk_over: {by: csr, min_s: 0.8}",
)
def talk_over(view: View, want: TalkOver, window: Window | None, limits: Limits) -> Selected:
    """Overlaps that the party began, whoever gave way; listening noises (嗯, 对, uh-huh) are none.

    What counts as a listening noise stands in the word list `back_channel`.
    """
    return select_measured(view, "talk_over", window, limits, speaker=want.by, at_least=want.min_s)
