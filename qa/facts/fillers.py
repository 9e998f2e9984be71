"""Spoken fillers (嗯, 呃; um, uh) as a rate."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import re2

from qa.domain.facts import Fact
from qa.domain.patterns import Patterns
from qa.facts.pace import spoken_in
from qa.facts.reading import encodable
from qa.facts.said import Said
from qa.facts.voiced import Voiced
from transcribe.errors import CodedError
from transcribe.text import normalise
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
    regexes = _regexes(patterns)
    if not regexes:
        return ()
    counts: dict[Speaker, int] = {}
    spoken_s: dict[Speaker, float] = {}
    for one in turns:
        speaker = one.turn.speaker
        length_s = spoken_in(one.turn, transcript, voiced)
        if speaker != "unknown" and length_s > 0:
            plain = normalise(encodable(one.turn.text))[0]
            found = sum(1 for regex in regexes for _ in regex.finditer(plain))
            counts[speaker] = counts.get(speaker, 0) + found
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


def _regexes(patterns: Patterns) -> tuple[Any, ...]:
    return tuple(
        regex
        for words in patterns.lists
        if words.kind == "filler"
        for regex in _compiled(words.kind, words.phrases, words.regexes)
    )


@lru_cache(maxsize=16)
def _compiled(name: str, phrases: tuple[str, ...], regexes: tuple[str, ...]) -> tuple[Any, ...]:
    """One regex for all phrases, the longest first, and one for each regex of the list."""
    options = re2.Options()
    options.never_capture = True
    options.log_errors = False
    plain = {normalise(encodable(phrase))[0].strip() for phrase in phrases} - {""}
    longest = sorted(plain, key=lambda phrase: (-len(phrase), phrase))
    either = "|".join(rf"\b{re2.escape(p)}\b" if p.isascii() else re2.escape(p) for p in longest)
    made = []
    for regex in (*([either] if either else []), *regexes):
        try:
            made.append(re2.compile(regex, options))
        except re2.error as error:
            raise CodedError("QA301", name=name, pattern=repr(regex), why=str(error)) from error
    return tuple(made)
