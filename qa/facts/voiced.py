"""Who makes sound when: merged stretches of seconds, from the measured activity."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transcribe.transcript import Speaker, Transcript

# Pauses up to it do not end a stretch of talking (guess: a breath or a hesitation; voice
# detectors cut at 0.1-0.3 s, and a new turn begins after 0.9 s, see transcribe.settings).
BREATH_S = 0.5


class Stretch(NamedTuple):
    """A half-open stretch of seconds."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


class Voiced(NamedTuple):
    """Sound of one call: speech of each known speaker, of anybody, and lasting other sound."""

    by: dict[Speaker, tuple[Stretch, ...]]
    anybody: tuple[Stretch, ...]
    other: tuple[Stretch, ...]


def voiced(transcript: Transcript) -> Voiced:
    """Stretches by speaker. Empty where no activity was measured.

    A channel belongs to `channel_speakers[channel]`; on one channel with several or unknown
    speakers only `anybody` is known.
    """
    by: dict[Speaker, list[Stretch]] = {}
    anybody: list[Stretch] = []
    other: list[Stretch] = []
    for one in transcript.activity:
        stretch = Stretch(one.start_s, min(one.end_s, max(transcript.duration_s, one.start_s)))
        if one.kind == "sound":
            other.append(stretch)
            continue
        anybody.append(stretch)
        if transcript.channels == 2 and one.channel < len(transcript.channel_speakers):
            by.setdefault(transcript.channel_speakers[one.channel], []).append(stretch)
    by.pop("unknown", None)
    return Voiced(
        {speaker: merged(by[speaker]) for speaker in sorted(by)}, merged(anybody), merged(other)
    )


def merged(stretches: Iterable[Stretch], *, gap_s: float = 0.0) -> tuple[Stretch, ...]:
    """The stretches sorted and joined where they touch or leave at most gap_s between them."""
    joined: list[Stretch] = []
    for stretch in sorted(stretches):
        if joined and stretch.start_s <= joined[-1].end_s + gap_s:
            last = joined[-1]
            joined[-1] = Stretch(last.start_s, max(last.end_s, stretch.end_s))
        else:
            joined.append(stretch)
    return tuple(joined)


def gaps(stretches: Sequence[Stretch], duration_s: float) -> tuple[Stretch, ...]:
    """What lies between sorted, disjoint stretches, from 0 to duration_s."""
    found = []
    at_s = 0.0
    for stretch in stretches:
        if stretch.start_s > at_s:
            found.append(Stretch(at_s, stretch.start_s))
        at_s = max(at_s, stretch.end_s)
    if duration_s > at_s:
        found.append(Stretch(at_s, duration_s))
    return tuple(found)


def without(stretches: Sequence[Stretch], cut: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The sorted stretches less whatever lies in `cut` (sorted, disjoint)."""
    left: list[Stretch] = []
    for stretch in stretches:
        at_s = stretch.start_s
        for hole in cut:
            if hole.end_s <= at_s:
                continue
            if hole.start_s >= stretch.end_s:
                break
            if hole.start_s > at_s:
                left.append(Stretch(at_s, hole.start_s))
            at_s = hole.end_s
        if at_s < stretch.end_s:
            left.append(Stretch(at_s, stretch.end_s))
    return tuple(left)


def within_s(stretches: Sequence[Stretch], start_s: float, end_s: float) -> float:
    """Seconds of the sorted, disjoint stretches inside [start_s, end_s)."""
    first = bisect_left(stretches, start_s, key=lambda stretch: stretch.end_s)
    total = 0.0
    for stretch in stretches[first:]:
        if stretch.start_s >= end_s:
            break
        total += max(0.0, min(stretch.end_s, end_s) - max(stretch.start_s, start_s))
    return total
