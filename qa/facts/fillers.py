"""Spoken fillers (嗯, 呃; um, uh) as a rate."""

from collections.abc import Sequence

from qa.domain.facts import Fact
from qa.domain.patterns import Patterns
from qa.facts.counted import counting, hits_in
from qa.facts.pace import spoken_in
from qa.facts.said import Said
from qa.facts.voiced import Voiced
from transcribe.transcript import Speaker, Transcript

VERSION = "1"
# A rate over less voiced time says nothing (guess).
_MIN_SPOKEN_S = 10.0


def fillers(
    turns: Sequence[Said], transcript: Transcript, voiced: Voiced, patterns: Patterns
) -> tuple[Fact, ...]:
    """Facts of kind "filler", one a speaker: how many a minute of that speaker's voiced time.

    Counted on the text with its hesitations, by the word list `filler`.
    """
    regexes = counting(patterns, "filler")
    if not regexes:
        return ()
    counts: dict[Speaker, int] = {}
    spoken_s: dict[Speaker, float] = {}
    for one in turns:
        speaker = one.turn.speaker
        length_s = spoken_in(one.turn, transcript, voiced)
        if speaker != "unknown" and length_s > 0:
            counts[speaker] = counts.get(speaker, 0) + hits_in(one.turn.text, regexes)
            spoken_s[speaker] = spoken_s.get(speaker, 0.0) + length_s
    return tuple(
        Fact(
            kind="filler",
            speaker=speaker,
            start_s=0.0,
            end_s=transcript.duration_s,
            value=round(counts[speaker] / spoken_s[speaker] * 60, 2),
            unit="per_min",
        )
        for speaker in sorted(counts)
        if spoken_s[speaker] >= _MIN_SPOKEN_S
    )
