"""Measures of the whole call: length, turns, talk share, loudness, who hung up."""

import math

from qa.domain.call import Call
from qa.domain.facts import Fact
from qa.facts.voiced import Voiced
from transcribe.transcript import Speaker, Transcript

VERSION = "1"
_SIDES: tuple[Speaker, ...] = ("csr", "customer")


def shares(call: Call, transcript: Transcript, voiced: Voiced) -> tuple[Fact, ...]:
    """Facts of kinds duration, turn_count, talk_share, loudness, hung_up_by; turn is None.

    duration: seconds. turn_count: of each speaker and, with speaker None, of all.
    talk_share: 0-1, a side's voiced time over that of both. loudness: mean level of a side's
    speech in dBFS, by energy over time. hung_up_by: the value is the side.
    """
    end_s = transcript.duration_s
    facts = [_fact("duration", None, end_s, round(end_s, 3), "s")]
    facts.append(_fact("turn_count", None, end_s, float(len(transcript.turns)), "turns"))
    for side in _SIDES:
        turns = sum(turn.speaker == side for turn in transcript.turns)
        if turns:
            facts.append(_fact("turn_count", side, end_s, float(turns), "turns"))
    talked_s = {side: sum(s.duration_s for s in voiced.by.get(side, ())) for side in _SIDES}
    both_s = sum(talked_s.values())
    if transcript.channels == 2 and both_s > 0 and set(_SIDES) <= set(transcript.channel_speakers):
        for side in _SIDES:
            share = round(talked_s[side] / both_s, 4)
            facts.append(_fact("talk_share", side, end_s, share, "share"))
    for side in _SIDES:
        if (level := _level_dbfs(transcript, side)) is not None:
            facts.append(_fact("loudness", side, end_s, level, "dbfs"))
    if call.hung_up_by is not None:
        ending = Fact(
            kind="hung_up_by",
            speaker=call.hung_up_by,
            start_s=end_s,
            end_s=end_s,
            value=call.hung_up_by,
        )
        facts.append(ending)
    return tuple(facts)


def _level_dbfs(transcript: Transcript, side: Speaker) -> float | None:
    energy = spoken_s = 0.0
    for one in transcript.activity:
        if one.kind != "speech" or one.level_dbfs is None or transcript.channels != 2:
            continue
        if transcript.channel_speakers[one.channel : one.channel + 1] == (side,):
            energy += 10 ** (one.level_dbfs / 10) * one.duration_s
            spoken_s += one.duration_s
    return round(10 * math.log10(energy / spoken_s), 1) if energy > 0 else None


def _fact(kind: str, speaker: Speaker | None, end_s: float, value: float, unit: str) -> Fact:
    return Fact(kind=kind, speaker=speaker, start_s=0.0, end_s=end_s, value=value, unit=unit)
