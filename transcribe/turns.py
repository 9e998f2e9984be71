"""词 -> 话轮: the words of all channels, split where a side pauses, sorted by start."""

import bisect
from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from transcribe.settings import TranscribeSettings
from transcribe.text import chinese_punctuation, is_cjk, simplified, written
from transcribe.transcript import Activity, Speaker, Turn, Word
from transcribe.voices import Voiced, voice_at

_SNAP_S = 0.6  # word times of the base model are off by up to it at the ends of a span (measured)
_ANSWER_S = 0.25  # the other side speaks "between" when it does so for longer (guess: one syllable)


class HeardWord(NamedTuple):
    """A word as the recogniser gave it: seconds from the first sample, spaces kept."""

    channel: int
    start_s: float
    end_s: float
    text: str
    probability: float


class Heard(NamedTuple):
    """What one window gave. `sound` is false when the guards could not be met."""

    words: tuple[HeardWord, ...]
    sound: bool


def make_turns(
    words: Sequence[HeardWord],
    activity: Sequence[Activity],
    speakers: Sequence[Speaker],
    settings: TranscribeSettings,
    voices: Sequence[Voiced] = (),
) -> tuple[Turn, ...]:
    """Turns sorted by start.

    voices: of a mono recording; a side's words are split where the voice changes, too.

    A side's words are split where it pauses longer than `turn_pause_s`, or where the other side
    spoke between them; on a mono recording at shorter pauses (`mono_turn_pause_s`). Ends of
    turns are those of the voiced spans they fill.
    """
    speech = [a for a in activity if a.kind == "speech"]
    pause_s = settings.turn_pause_s if len(speakers) > 1 else settings.mono_turn_pause_s
    turns: list[Turn] = []
    for channel, speaker in enumerate(speakers):
        own = sorted(w for w in words if w.channel == channel)
        spans = [a for a in speech if a.channel == channel]
        others = [a for a in speech if a.channel != channel]
        for group in _split(own, spans, others, pause_s):
            for part in _by_voice(group, voices):
                if turn := _turn(part, spans, speaker):
                    turns.append(_with_voice(turn, voices))
    return tuple(sorted(turns, key=lambda t: (t.start_s, t.end_s, t.channel or 0)))


def _split(
    words: Sequence[HeardWord],
    spans: Sequence[Activity],
    others: Sequence[Activity],
    pause_s: float,
) -> list[list[HeardWord]]:
    """One channel's words in groups, one group a turn."""
    groups: list[list[HeardWord]] = []
    for word in words:
        if not groups:
            groups.append([word])
            continue
        start_s, end_s = _silence_between(groups[-1][-1], word, spans)
        if end_s - start_s > pause_s or _voiced_s(others, start_s, end_s) > _ANSWER_S:
            groups.append([word])
        else:
            groups[-1].append(word)
    return groups


def _by_voice(group: Sequence[HeardWord], voices: Sequence[Voiced]) -> list[list[HeardWord]]:
    """The words parted where another voice goes on; a word nobody can tell stays where it is."""
    parts: list[list[HeardWord]] = [[]]
    current: int | None = None
    for word in group:
        voice = voice_at(voices, word.start_s, word.end_s) if voices else None
        if voice is not None and current is not None and voice != current:
            parts.append([])
        current = current if voice is None else voice
        parts[-1].append(word)
    return parts


def _with_voice(turn: Turn, voices: Sequence[Voiced]) -> Turn:
    if not voices:
        return turn
    return turn.model_copy(update={"voice": voice_at(voices, turn.start_s, turn.end_s)})


def _silence_between(
    before: HeardWord, after: HeardWord, spans: Sequence[Activity]
) -> tuple[float, float]:
    """The longest stretch between the middles of two words in which their channel is silent.

    Word times may drift, voiced spans do not: the gap is read off the spans.
    """
    left_s, right_s = _middle_s(before), _middle_s(after)
    longest = (left_s, left_s)
    edge_s = left_s
    for span in spans:
        if span.end_s <= left_s:
            continue
        if span.start_s >= right_s:
            break
        if span.start_s - edge_s > longest[1] - longest[0]:
            longest = (edge_s, span.start_s)
        edge_s = max(edge_s, span.end_s)
    if right_s - edge_s > longest[1] - longest[0]:
        longest = (edge_s, right_s)
    return longest


def _middle_s(word: HeardWord) -> float:
    return (word.start_s + word.end_s) / 2


def _voiced_s(spans: Sequence[Activity], start_s: float, end_s: float) -> float:
    """How long the spans fill a stretch."""
    return sum(max(0.0, min(s.end_s, end_s) - max(s.start_s, start_s)) for s in spans)


def _turn(group: Sequence[HeardWord], spans: Sequence[Activity], speaker: Speaker) -> Turn | None:
    """The turn of a group of words; None when nothing but punctuation is in it."""
    text, pieces = join_words([word.text for word in group])
    if not any(char.isalnum() for char in text):
        return None
    start_s, end_s = _edges(group, spans)
    words = tuple(
        Word(
            start_s=min(max(word.start_s, start_s), end_s),
            end_s=max(min(word.end_s, end_s), min(max(word.start_s, start_s), end_s)),
            text=piece,
            probability=word.probability,
        )
        for word, piece in zip(group, pieces, strict=True)
        if piece
    )
    return Turn(
        start_s=start_s,
        end_s=end_s,
        speaker=speaker,
        text=text,
        confidence=round(fmean(word.probability for word in words), 4),
        words=words,
        channel=group[0].channel,
    )


def _edges(group: Sequence[HeardWord], spans: Sequence[Activity]) -> tuple[float, float]:
    """Where a turn starts and ends: at the voiced spans' edges where its words lie near them."""
    start_s, end_s = group[0].start_s, max(word.end_s for word in group)
    first = _span_at(spans, _middle_s(group[0]))
    last = _span_at(spans, _middle_s(group[-1]))
    if first is not None and start_s - first.start_s <= _SNAP_S:
        start_s = first.start_s
    if last is not None and last.end_s - end_s <= _SNAP_S:
        end_s = last.end_s
    return start_s, max(start_s, end_s)


def _span_at(spans: Sequence[Activity], at_s: float) -> Activity | None:
    """The span that holds a moment, else the nearest within reach of a drifting word time."""
    if not spans:
        return None
    right = bisect.bisect_right([span.start_s for span in spans], at_s)
    near = spans[max(0, right - 1) : right + 1]
    best = min(near, key=lambda s: max(s.start_s - at_s, at_s - s.end_s, 0.0))
    return best if max(best.start_s - at_s, at_s - best.end_s) <= _SNAP_S else None


def join_words(heard: Sequence[str]) -> tuple[str, list[str]]:
    """A turn's text and each word's part of it; parts stand in the text in order.

    Words carry their leading spaces; between Han characters no space is kept.
    """
    text = ""
    places: list[tuple[int, int]] = []
    for raw in heard:
        spaced = raw[:1].isspace()
        word = _without_inner_spaces(written(raw).strip())
        if spaced and word and text and not (is_cjk(text[-1]) and is_cjk(word[0])):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    text = chinese_punctuation(simplified(text))
    return text, [text[start:end] for start, end in places]


def _without_inner_spaces(word: str) -> str:
    """The word without spaces between Han characters, single ones elsewhere."""
    parts = word.split()
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        joined += part if is_cjk(joined[-1]) and is_cjk(part[0]) else f" {part}"
    return joined
