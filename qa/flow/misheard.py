"""What was heard and may be something else: near sounds of wanted phrases, never put in place."""

from pydantic import Field

from qa.domain.call import Call
from qa.domain.facts import Candidate
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.patterns import Patterns
from transcribe.normalised import normalised
from transcribe.noun import Noun
from transcribe.transcript import Transcript


class Alternative(Noun):
    """Words of a turn that sound like a phrase the rules look for."""

    turn: int = Field(ge=0)
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    heard: str = Field(description="the turn's words as they stand in its text")
    may_be: str = Field(description="the phrase, in the searched form of its word list")
    distance: float = Field(ge=0, le=1, description="0 the same sounds, 1 nothing alike")
    kind: str = Field(description="the behaviour the phrase belongs to, or phrase")


class WrittenTurn(Noun):
    """A turn's text as it would be written; the copy's [a, b) is text[starts[a]:ends[b - 1]]."""

    turn: int = Field(ge=0)
    text: str
    starts: tuple[int, ...] = Field(description="code points of the turn's text, never falling")
    ends: tuple[int, ...]


def alternatives(
    transcript: Transcript, patterns: Patterns, limits: Limits
) -> tuple[Alternative, ...]:
    """Near sounds up to `near_distance`, in the order of their time; the text stays as it is."""
    from qa.facts.behaviours import behaviours  # slow to load, and seldom asked for
    from qa.facts.matcher import compiled
    from qa.facts.near import near
    from qa.facts.said import said

    matcher = compiled(patterns)
    turns = said(transcript.turns, transcript.language, matcher.spellings)
    found = near(turns, behaviours(turns, matcher), matcher, limits)
    return tuple(
        sorted(
            (_alternative(one) for one in found if one.distance <= limits.near_distance),
            key=lambda one: (one.start_s, one.distance, one.may_be),
        )
    )


def alternatives_of(
    call: Call, transcript: Transcript, packs: Packs, limits: Limits
) -> tuple[Alternative, ...]:
    """The alternatives by what the call's own rules look for."""
    known = call.model_copy(update={"language": transcript.language})
    return alternatives(transcript, packs.patterns_for(known), limits)


def _alternative(one: Candidate) -> Alternative:
    return Alternative(
        turn=one.turn or 0,
        start_s=one.start_s,
        end_s=one.end_s,
        heard=one.quote or "",
        may_be=one.wanted,
        distance=one.distance,
        kind=one.kind,
    )


def written_turns(transcript: Transcript) -> tuple[WrittenTurn, ...]:
    """Every turn's text normalised, with the way back to the text."""
    made = []
    for number, turn in enumerate(transcript.turns):
        copy = normalised(turn.text, transcript.language)
        made.append(WrittenTurn(turn=number, text=copy.text, starts=copy.starts, ends=copy.ends))
    return tuple(made)
