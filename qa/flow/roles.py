"""谁是座席: which channel or voice is the CSR's, told by what it says."""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from qa.domain.call import Direction
from qa.domain.facts import Fact, Facts
from qa.domain.findings import Reason
from qa.domain.limits import Limits
from qa.domain.patterns import Patterns
from qa.facts.behaviours import behaviours
from qa.facts.manner import manner_odds
from qa.facts.matcher import compiled
from qa.facts.said import said
from qa.flow.gradable import reason
from transcribe.transcript import Speaker, Transcript, Turn

# What speaks for the CSR, and against: natural log of the odds, once a kind and side (guess;
# bench/voices.py prints how often the side they name is the right one, bench/roles.py on texts).
_TELLS = {
    "self_introduction": 3.0, "recording_notice": 2.5, "further_help": 2.5, "hold_notice": 2.5,
    "hold_thanks": 2.0, "ask_identity": 2.0, "transfer_notice": 1.5, "restate": 1.0,
    "greeting": 0.5, "promise": 1.0, "empathy": 1.0, "apology": 0.7, "closing": 0.5,
    "complaint": -1.0, "anger": -1.0, "dissatisfaction_threat": -2.0,
}  # fmt: skip
# Who speaks first on a call that comes in has most likely picked it up (guess: four times in five,
# since recordings may begin with a prompt or late). Alone it never reaches `role_confidence`.
_FIRST = 1.4
# A CSR says their own name at the start; a customer says theirs when asked, later.
_AT_FIRST = {"self_introduction": 2}  # kind -> it tells in so many first turns of a side
# How much the manner of speaking counts beside service phrases (guess, as for _TELLS).
_MANNER = 1.5
_ENOUGH = 8.0  # a mapped CSR who says so much needs no second look
Side = Callable[[Turn], int | None]


class Told(NamedTuple):
    """The side that is the CSR's, how likely, and the surest thing it said."""

    side: int
    confidence: float
    fact: Fact | None


def with_roles(
    transcript: Transcript, patterns: Patterns, limits: Limits, direction: Direction
) -> Transcript:
    """The transcript with csr and customer where their words tell; else as it was.

    Sides are voices on one channel, channels on two; a channel map or a script is believed.
    Who speaks first counts a little on an inbound call, and nothing on an outbound one.
    Below `role_confidence` everybody stays unknown and rules abstain.
    """
    if transcript.speakers_by != "none":
        return transcript
    side = _channel if transcript.channels == 2 else _voice
    first = _FIRST if direction == "inbound" else 0.0
    told = csr_side(transcript, patterns, side, first=first)
    if told is None or told.confidence < limits.role_confidence:
        return transcript
    roles: Mapping[int | None, Speaker] = {told.side: "csr", 1 - told.side: "customer"}
    turns = tuple(
        turn.model_copy(update={"speaker": roles.get(side(turn), "unknown")})
        for turn in transcript.turns
    )
    update: dict[str, object] = {"turns": turns, "speakers_by": "voice"}
    if transcript.channels == 2:
        update["channel_speakers"] = (roles[0], roles[1])
    return transcript.model_copy(update=update)


def csr_side(
    transcript: Transcript, patterns: Patterns, side: Side, *, first: float = 0.0
) -> Told | None:
    """Which of sides 0 and 1 is the CSR's; None unless both speak.

    first: what speaking first says for a side, as natural log of the odds.
    """
    if {side(turn) for turn in transcript.turns} < {0, 1}:
        return None
    unknown = [turn.model_copy(update={"speaker": "unknown"}) for turn in transcript.turns]
    matcher = compiled(patterns)
    spoken = behaviours(said(unknown, transcript.language, matcher.spellings), matcher)
    best: dict[tuple[int | None, str], Fact] = {}
    places = _places(transcript, side)
    for fact in spoken:
        if (
            fact.kind in _TELLS
            and fact.turn is not None
            and places[fact.turn] < _AT_FIRST.get(fact.kind, math.inf)
        ):
            key = (side(transcript.turns[fact.turn]), fact.kind)
            if key not in best or fact.confidence > best[key].confidence:
                best[key] = fact
    odds = [
        sum(_TELLS[kind] * fact.confidence for (at, kind), fact in best.items() if at == number)
        for number in (0, 1)
    ]
    words = [[t.text for t in transcript.turns if side(t) == number] for number in (0, 1)]
    odds[1] += _MANNER * manner_odds((words[0], words[1]), patterns)
    opens = _opens(transcript, side)
    if opens is not None:
        odds[opens] += first
    csr = int(odds[1] > odds[0])
    own = [fact for (at, _), fact in best.items() if at == csr]
    return Told(
        side=csr,
        confidence=round(1 / (1 + math.exp(-abs(odds[0] - odds[1]))), 4),
        fact=max(own, key=lambda fact: _TELLS[fact.kind] * fact.confidence, default=None),
    )


def _places(transcript: Transcript, side: Side) -> list[int]:
    """The place of each turn among its side's, from 0."""
    seen: Counter[int | None] = Counter()
    places = []
    for turn in transcript.turns:
        places.append(seen[side(turn)])
        seen[side(turn)] += 1
    return places


def _opens(transcript: Transcript, side: Side) -> int | None:
    """The side that speaks first; None where nobody can tell, or sounds before it gave no words."""
    opening = transcript.turns[0]
    unheard = any(
        one.kind == "speech" and one.end_s <= opening.start_s for one in transcript.activity
    )
    return None if unheard else side(opening)


def swapped(
    transcript: Transcript, patterns: Patterns, facts: Facts, limits: Limits
) -> Reason | None:
    """Why the channel map seems to be the wrong way round; None when it fits or nothing tells."""
    mapped = transcript.channel_speakers
    if transcript.speakers_by != "channel_map" or set(mapped) != {"csr", "customer"}:
        return None
    kinds = {fact.kind for fact in facts.facts if fact.speaker == "csr"}
    if sum(max(0.0, _TELLS.get(kind, 0.0)) for kind in kinds) >= _ENOUGH:
        return None
    told = csr_side(transcript, patterns, _channel)
    if told is None or told.fact is None or mapped[told.side] == "csr":
        return None
    if told.confidence < limits.swapped_confidence:
        return None
    return reason(
        "channels_swapped",
        channel=told.side,
        quote=told.fact.quote or "",
        at_s=round(told.fact.start_s, 1),
    )


def _channel(turn: Turn) -> int | None:
    return turn.channel


def _voice(turn: Turn) -> int | None:
    return turn.voice
