"""Facts: what was measured in a call; never a judgement."""

from pydantic import Field

from transcribe.noun import Noun
from transcribe.transcript import Language, Speaker

# What an operator may need and a call may lack. A need that is missing makes the
# verdict `undecided` with the reason, never a lost point.
NEEDS = (
    "speakers",  # at least one turn has a known speaker, none that matters is unknown
    "turn_ends",  # turns have measured ends
    "two_channels",  # the sides can be heard apart
    "activity",  # voiced spans were measured (or given by a timed script)
    "holds",  # holds are known from the switch's events or were heard
    "hung_up_by",  # the switch said who hung up
    "loudness",  # levels were measured
    "back_channels",  # the site has a list of listening noises
    "encoder",  # the extra that compares meanings is installed (told where a rule asks for it)
)


class Fact(Noun):
    """One measured thing. Kinds: contract 5, plus `phrase` for phrases written in rules."""

    kind: str
    turn: int | None = Field(default=None, ge=0)
    speaker: Speaker | None = None
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    value: float | str | None = None
    unit: str | None = None
    quote: str | None = Field(default=None, description="stands in its turn's text as written")
    confidence: float = Field(default=1.0, ge=0, le=1)


class Candidate(Fact):
    """Something that sounds like a wanted phrase and may be it, misheard."""

    distance: float = Field(ge=0, le=1, description="0 the same sounds, 1 nothing alike")
    wanted: str = Field(description="the phrase it may be")


class TurnHeard(Noun):
    """Who spoke a turn, when, and how well it was heard: the ground for proof of absence."""

    index: int = Field(ge=0)
    speaker: Speaker
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    words: int = Field(ge=0)
    heard_words: int = Field(ge=0, description="words above the confidence limit")


class Facts(Noun):
    """All facts of one call, sorted by start, kind, turn; with what could not be measured."""

    call_id: str
    language: Language
    duration_s: float = Field(ge=0)
    turns: tuple[TurnHeard, ...]
    facts: tuple[Fact, ...]
    candidates: tuple[Candidate, ...] = ()
    missing: dict[str, str] = Field(
        default_factory=dict, description="need -> code of the reason it is missing"
    )
    attributes: dict[str, str] = Field(default_factory=dict)
    made_by: str = Field(description="digest of measurer versions, word lists and limits")

    def of(self, kind: str, speaker: Speaker | None = None) -> tuple[Fact, ...]:
        return tuple(
            fact
            for fact in self.facts
            if fact.kind == kind and (speaker is None or fact.speaker == speaker)
        )
