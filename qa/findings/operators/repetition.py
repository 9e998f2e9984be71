"""`repetition`: a party says the same sentence again."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View
from qa.findings.measures import select_measured
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class Repetition(Noun):
    speaker: Party = told("who repeats", "重复的一方")
    within_sentences: int = told(
        "how many of their own sentences the first saying may lie back, up to 60",
        "前一次最多在本方多少句之前，最大 60",
        20,
        ge=1,
        le=60,
    )


@register(
    "repetition",
    title=("repetition", "重复"),
    params=Repetition,
    needs=lambda want: ("speakers",),
    example="repetition: {speaker: csr, within_sentences: 10}",
    weighs_speakers=True,
)
def repetition(view: View, want: Repetition, window: Window | None, limits: Limits) -> Selected:
    """Sentences that the party has said before, nearly word for word; short ones do not count."""
    return select_measured(
        view,
        "repetition",
        window,
        limits,
        speaker=want.speaker,
        at_most=want.within_sentences,
    )
