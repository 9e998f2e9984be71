"""Silence: dead air, and how long each side takes to answer."""

from collections.abc import Sequence

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.facts.voiced import Stretch, Voiced, gaps, without
from transcribe.transcript import Transcript

VERSION = "2"


def dead_air(
    transcript: Transcript, voiced: Voiced, holds: Sequence[Fact], limits: Limits
) -> tuple[Fact, ...]:
    """Facts of kind "dead_air", value seconds: nobody speaks and nobody is on hold.

    The start and the end of the call count. One channel is enough: where it is silent, both are.
    Without measured activity there are none; `missing` says so.
    """
    if not transcript.activity:
        return ()
    on_hold = tuple(Stretch(hold.start_s, hold.end_s) for hold in holds)
    silent = without(gaps(voiced.anybody, transcript.duration_s), on_hold)
    return tuple(
        Fact(
            kind="dead_air",
            start_s=round(gap.start_s, 3),
            end_s=round(gap.end_s, 3),
            value=round(gap.duration_s, 3),
            unit="s",
        )
        for gap in silent
        if gap.duration_s >= limits.min_dead_air_s
    )


def response_latency(transcript: Transcript, holds: Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts of kind "response_latency", value seconds, at each change of speaker.

    speaker and turn: who answers; unknown where either of the two is, since it may be an answer.
    0 where the answer begins before the other's end. A change with a hold in between is no
    answer and gives no fact, nor do turns without measured ends.
    """
    found = []
    for index in range(1, len(transcript.turns)):
        before, turn = transcript.turns[index - 1], transcript.turns[index]
        unknown = "unknown" in (before.speaker, turn.speaker)
        if before.speaker == turn.speaker and not unknown:
            continue
        if not before.end_known:
            continue
        start_s = min(before.end_s, turn.start_s)
        if any(hold.start_s < turn.start_s and hold.end_s > start_s for hold in holds):
            continue
        found.append(
            Fact(
                kind="response_latency",
                turn=index,
                speaker="unknown" if unknown else turn.speaker,
                start_s=round(start_s, 3),
                end_s=round(turn.start_s, 3),
                value=round(turn.start_s - start_s, 3),
                unit="s",
            )
        )
    return tuple(found)
