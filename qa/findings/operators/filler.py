"""`filler`: a party's rate of fillers (口头禅) is high."""

from qa.domain.facts import Facts
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected
from qa.findings.measures import select_measured
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
)
def filler(facts: Facts, want: Filler, window: Window | None, limits: Limits) -> Selected:
    """The call's filler rate of the party, when it is too high."""
    return select_measured(
        facts,
        "filler",
        window,
        limits,
        speaker=want.speaker,
        above=want.above_per_min,
        turns=False,
    )
