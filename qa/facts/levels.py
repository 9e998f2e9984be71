"""How loud each turn is, from the levels of its speaker's channel."""

import math
from bisect import bisect_left
from collections.abc import Sequence

from qa.domain.facts import Fact
from transcribe.transcript import Activity, Transcript, Turn

VERSION = "1"
ASKED = "loudness"  # name in Patterns.asked; measured only for rules that ask for it
# A turn with less voice is a word or a cough, and its level says little (guess).
MIN_VOICED_S = 1.0


def turn_levels(transcript: Transcript) -> tuple[Fact, ...]:
    """Facts of kind "loudness" with a turn, unit dBFS: by energy over the turn's voiced time.

    Only turns of known speakers, with measured ends, that have a channel of their own.
    """
    if transcript.channels != 2:
        return ()
    by_channel: dict[int, list[Activity]] = {}
    for one in transcript.activity:
        if one.kind == "speech" and one.level_dbfs is not None:
            by_channel.setdefault(one.channel, []).append(one)
    for spans in by_channel.values():
        spans.sort(key=lambda one: one.start_s)
    channel_of = {who: number for number, who in enumerate(transcript.channel_speakers)}
    found = []
    for index, turn in enumerate(transcript.turns):
        channel = channel_of.get(turn.speaker)
        if turn.speaker == "unknown" or channel is None or not turn.end_known:
            continue
        level = _level_dbfs(by_channel.get(channel, ()), turn)
        if level is not None:
            found.append(
                Fact(
                    kind="loudness",
                    turn=index,
                    speaker=turn.speaker,
                    start_s=turn.start_s,
                    end_s=turn.end_s,
                    value=level,
                    unit="dbfs",
                )
            )
    return tuple(found)


def _level_dbfs(spans: Sequence[Activity], turn: Turn) -> float | None:
    """Mean level inside the turn; None with too little voice."""
    energy = voiced_s = 0.0
    for one in spans[bisect_left(spans, turn.start_s, key=lambda span: span.end_s) :]:
        if one.start_s >= turn.end_s:
            break
        shared_s = min(one.end_s, turn.end_s) - max(one.start_s, turn.start_s)
        if shared_s > 0 and one.level_dbfs is not None:
            energy += 10 ** (one.level_dbfs / 10) * shared_s
            voiced_s += shared_s
    if voiced_s < MIN_VOICED_S or energy <= 0:
        return None
    return round(10 * math.log10(energy / voiced_s), 1)
