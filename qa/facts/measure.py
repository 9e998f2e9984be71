"""The room's door: one call's transcript measured into facts."""

import hashlib
import json

from qa.domain.call import Call
from qa.domain.facts import Candidate, Fact, Facts, TurnHeard
from qa.domain.limits import Limits
from qa.domain.patterns import Patterns
from qa.facts import (
    asked,
    behaviours,
    fillers,
    holds,
    levels,
    near,
    needs,
    overlap,
    pace,
    private,
    shares,
    silence,
    transfers,
)
from qa.facts.back_channels import back_channels
from qa.facts.matcher import compiled
from qa.facts.said import said
from qa.facts.voiced import voiced
from transcribe.errors import CodedError
from transcribe.transcript import Transcript, Turn

_VERSIONS = {
    "behaviours": behaviours.VERSION,
    "fillers": fillers.VERSION,
    "holds": holds.VERSION,
    "levels": levels.VERSION,
    "near": near.VERSION,
    "needs": needs.VERSION,
    "overlap": overlap.VERSION,
    "pace": pace.VERSION,
    "private": private.VERSION,
    "shares": shares.VERSION,
    "silence": silence.VERSION,
    "transfers": transfers.VERSION,
}


def measure(
    call: Call, transcript: Transcript, patterns: Patterns, limits: Limits | None = None
) -> Facts:
    """Everything measured in one call, sorted by start, kind and turn; the same bytes each time.

    Errors: QA301-QA306 wordings that do not compile, QA304 word lists of another language.
    """
    limits = limits or Limits()
    if patterns.language != transcript.language:
        raise CodedError(
            "QA304",
            place=call.id,
            transcript=transcript.language,
            patterns=patterns.language,
        )
    matcher = compiled(patterns)
    turns = said(transcript.turns, transcript.language, matcher.spellings)
    sound = voiced(transcript)
    spoken = behaviours.behaviours(turns, matcher)
    notices = [fact for fact in spoken if fact.kind == "hold_notice"]
    held = holds.holds(call, transcript, sound, notices)
    facts: list[Fact] = [
        *spoken,
        *fillers.fillers(turns, transcript, sound, patterns),
        *held,
        *silence.dead_air(transcript, sound, held, limits),
        *silence.response_latency(transcript, held),
        *overlap.talk_over(transcript, sound, limits, back_channels(patterns)),
        *pace.pace(transcript, sound, limits),
        *shares.shares(call, transcript, sound),
        *(levels.turn_levels(transcript) if levels.ASKED in patterns.asked else ()),
        *transfers.transfers(call),
        *private.private(transcript),
    ]
    candidates: tuple[Candidate, ...] = near.near(turns, spoken, matcher, limits)
    if patterns.asked or patterns.sentences:
        more, nearly = asked.asked_for(turns, patterns)
        facts += more
        candidates += nearly
    return Facts(
        call_id=call.id,
        language=transcript.language,
        duration_s=transcript.duration_s,
        turns=tuple(heard(i, turn, limits) for i, turn in enumerate(transcript.turns)),
        facts=tuple(sorted(facts, key=_order)),
        candidates=tuple(sorted(candidates, key=_order)),
        missing=needs.missing(call, transcript, patterns),
        attributes=dict(sorted(call.attributes.items())),
        made_by=made_by(patterns, limits),
    )


def made_by(patterns: Patterns, limits: Limits) -> str:
    """A digest of what facts depend on beside the transcript."""
    parts = json.dumps(
        [
            _VERSIONS | asked.versions(patterns),
            patterns.language,
            patterns.digest,
            limits.model_dump(mode="json"),
        ],
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(parts.encode()).hexdigest()


def heard(index: int, turn: Turn, limits: Limits) -> TurnHeard:
    """How well the turn was heard; in scripts, which have no words, all of it was."""
    if turn.words:
        words = len(turn.words)
        well = sum(word.probability >= limits.word_confidence for word in turn.words)
    else:
        words = len(turn.text.split()) or int(bool(turn.text))
        sure = turn.confidence is None or turn.confidence >= limits.word_confidence
        well = words if sure else 0
    return TurnHeard(
        index=index,
        speaker=turn.speaker,
        start_s=turn.start_s,
        end_s=turn.end_s,
        words=words,
        heard_words=well,
    )


def _order(fact: Fact) -> tuple[float, str, int, float, str, str]:
    turn = -1 if fact.turn is None else fact.turn
    return (fact.start_s, fact.kind, turn, fact.end_s, str(fact.value), fact.quote or "")
