"""How fast each side speaks: characters a minute in Chinese, words a minute in English."""

import re
from collections.abc import Sequence

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.facts.voiced import Voiced, within_s
from transcribe.transcript import Language, Speaker, Transcript, Turn

VERSION = "1"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_DIGITS = re.compile(r"[0-9]+")
# What a Latin word takes among Chinese characters; spelled acronyms take one a letter (guess).
_LATIN_AS_CHARACTERS = 2
_SPELLED_LETTERS = 4


def units(text: str, language: Language) -> int:
    """How much was spoken: Chinese characters, or English words.

    Chinese: a character 1, a digit 1 (read one by one), a Latin word 2, a short one in capitals
    1 a letter (APP). English: a word 1; a number of up to two digits 1, a longer one 1 a digit.
    """
    digits = [match.group() for match in _DIGITS.finditer(text)]
    words = [match.group() for match in _LATIN.finditer(text)]
    if language == "en":
        return len(words) + sum(1 if len(run) <= 2 else len(run) for run in digits)
    latin = sum(
        len(word) if word.isupper() and len(word) <= _SPELLED_LETTERS else _LATIN_AS_CHARACTERS
        for word in words
    )
    return len(_HAN.findall(text)) + sum(map(len, digits)) + latin


def pace(transcript: Transcript, voiced: Voiced, limits: Limits) -> tuple[Fact, ...]:
    """Facts of kind "pace": one a turn of enough voiced time, and one a speaker (turn None).

    Voiced time is the speaker's own activity inside the turn; where no channel tells the
    speakers apart it is anybody's, where none was measured the turn's own length.
    """
    unit = "chars_per_min" if transcript.language == "zh" else "words_per_min"
    found: list[Fact] = []
    totals: dict[Speaker, list[tuple[int, float, Turn]]] = {}
    for index, turn in enumerate(transcript.turns):
        spoken_s = spoken_in(turn, transcript, voiced)
        count = units(turn.text, transcript.language)
        if spoken_s <= 0 or not count:
            continue
        if turn.speaker != "unknown":
            totals.setdefault(turn.speaker, []).append((count, spoken_s, turn))
        if spoken_s >= limits.pace_turn_min_s:
            found.append(_fact(index, turn.speaker, (turn, turn), count / spoken_s * 60, unit))
    for speaker in sorted(totals):
        found.append(_whole(speaker, totals[speaker], unit))
    return tuple(found)


def spoken_in(turn: Turn, transcript: Transcript, voiced: Voiced) -> float:
    """Seconds of voice in the turn; 0 where its end is not known."""
    if not turn.end_known:
        return 0.0
    if not transcript.activity:
        return turn.duration_s
    stretches = voiced.by.get(turn.speaker, ()) if voiced.by else voiced.anybody
    return within_s(stretches, turn.start_s, turn.end_s)


def _whole(speaker: Speaker, parts: Sequence[tuple[int, float, Turn]], unit: str) -> Fact:
    count = sum(part[0] for part in parts)
    spoken_s = sum(part[1] for part in parts)
    return _fact(None, speaker, (parts[0][2], parts[-1][2]), count / spoken_s * 60, unit)


def _fact(
    index: int | None, speaker: Speaker, ends: tuple[Turn, Turn], rate: float, unit: str
) -> Fact:
    return Fact(
        kind="pace",
        turn=index,
        speaker=speaker,
        start_s=ends[0].start_s,
        end_s=max(ends[0].end_s, ends[1].end_s),
        value=round(rate, 1),
        unit=unit,
    )
