"""`filler`: a party's rate of fillers (口头禅) is high."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class Filler(Noun):
    speaker: Party = told("whose fillers", "说话方")
    above_per_min: float = told(
        "more fillers than this a minute of own speech", "本方每分钟语音中口头禅多于此值", gt=0
    )


@register(
    "filler",
    title=("filler rate", "口头禅频率"),
    params=Filler,
    needs=lambda want: ("speakers", "turn_ends", "activity"),
    example="filler: {speaker: csr, above_per_min: 12}",
    takes_window=lambda want: False,
)
def filler(view: View, want: Filler, window: Window | None, limits: Limits) -> Selected:
    """The call's filler rate of the party, when it is too high."""
    found = [
        fact
        for fact in view.of(("filler",))
        if fact.speaker == want.speaker
        and fact.turn is None
        and isinstance(fact.value, int | float)
        and fact.value > want.above_per_min
    ]
    return Selected(hits=sort_hits(found, limits), search=view.search(want.speaker, None))
