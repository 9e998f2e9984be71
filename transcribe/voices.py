"""谁的声音: the stretches of a mono recording in which each of two voices speaks."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from transcribe import voiceprint
from transcribe.decoding import RATE_HZ
from transcribe.transcript import Activity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

_WINDOW_S = 1.6  # Resemblyzer's own
_HOP_S = 0.8
_SHORTEST_S = 0.4  # a shorter sound tells no voice (guess)
_SURE_S = 1.0  # stretches from here on found the two voices; shorter ones join them
_FEWEST = 8  # fewer such stretches tell nothing (guess)
_TOUCH_S = 0.01  # the measure of activity
_ROUNDS = 20
# Two voices lie so many standard deviations apart along the line through their middles; the fewer
# stretches, the further apart one voice alone falls. Read off half the calls of bench/voices.py,
# each also cut to 15 and 30 s, beside their single channels.
_LEAST_APART_SD = 2.6
_LEAST_APART_SD_OF_ONE = 40.0  # added once, divided by the number of stretches
# What a change of voice costs, as 1 - cosine: within a stretch, and at a pause before it. Chosen on
# half the calls of bench/voices.py; the wrong share is flat from 0.04 to 0.08, and to 0.02.
_CHANGE_COST = 0.05
_CHANGE_AT_PAUSE_COST = 0.01


class Voiced(NamedTuple):
    """A stretch in which one voice speaks: 0 is the one heard first. None: nobody can tell."""

    start_s: float
    end_s: float
    voice: int | None


def tell_voices(channel: "Matrix", speech: Sequence[Activity]) -> tuple[Voiced, ...]:
    """Stretches of two voices in time order; () where the weights are missing or one voice speaks.

    channel: float32 at 16 000 Hz; speech: its voiced spans, sorted.
    """
    import numpy as np

    if voiceprint.weights_file() is None:
        return ()
    places = [place for span in speech for place in _windows(span.start_s, span.end_s)]
    long = [end_s - start_s >= _SURE_S for start_s, end_s, _, _ in places]
    if sum(long) < _FEWEST:
        return ()
    vectors = voiceprint.embed(
        [channel[round(a * RATE_HZ) : round(b * RATE_HZ)] for a, b, _, _ in places]
    )
    middles = _two_middles(vectors[np.array(long)])
    if middles is None:
        return ()
    closeness = vectors @ middles.T
    touch = [False, *(b[2] - a[3] < _TOUCH_S for a, b in pairwise(places))]
    labels = _smooth(closeness, touch)
    if not _are_two(vectors @ (middles[1] - middles[0]), labels, long):
        return ()
    first = labels[long.index(True)]
    return _joined(
        [
            Voiced(start_s, end_s, int(label != first))
            for (_, _, start_s, end_s), label in zip(places, labels, strict=True)
        ]
    )


def voice_at(voices: Sequence[Voiced], start_s: float, end_s: float) -> int | None:
    """Whose voice fills most of a stretch; the nearest within half a second, else None."""
    best: tuple[float, int | None] = (0.0, None)
    nearest: tuple[float, int | None] = (0.5, None)
    for one in voices:
        shared_s = min(end_s, one.end_s) - max(start_s, one.start_s)
        if shared_s > best[0]:
            best = (shared_s, one.voice)
        elif -shared_s < nearest[0]:
            nearest = (-shared_s, one.voice)
    return best[1] if best[0] > 0 else nearest[1]


def _windows(start_s: float, end_s: float) -> list[tuple[float, float, float, float]]:
    """What is listened to (start, end) and what it speaks for (start, end), in order."""
    length_s = end_s - start_s
    if length_s < _SHORTEST_S:
        return []
    if length_s <= _WINDOW_S + _HOP_S / 2:
        return [(start_s, end_s, start_s, end_s)]
    count = round((length_s - _WINDOW_S) / _HOP_S) + 1
    step_s = (length_s - _WINDOW_S) / (count - 1) if count > 1 else 0.0
    starts_s = [start_s + at * step_s for at in range(count)]
    edges_s = [s + _WINDOW_S / 2 + step_s / 2 for s in starts_s]
    return [
        (s, s + _WINDOW_S, start_s if at == 0 else edges_s[at - 1],
         end_s if at == count - 1 else edges_s[at])
        for at, s in enumerate(starts_s)
    ]  # fmt: skip


def _two_middles(vectors: "Matrix") -> "Matrix | None":
    """The middles of two groups of unit vectors, [2, 256]; None when there is but one."""
    import numpy as np

    centred = vectors - vectors.mean(axis=0)
    direction = np.linalg.svd(centred, full_matrices=False)[2][0]
    labels = centred @ direction > 0
    for _ in range(_ROUNDS):
        if labels.all() or not labels.any():
            return None
        middles = np.stack([vectors[~labels].mean(axis=0), vectors[labels].mean(axis=0)])
        middles /= np.linalg.norm(middles, axis=1, keepdims=True)
        again = (vectors @ middles.T).argmax(axis=1) == 1
        if (again == labels).all():
            break
        labels = again
    return middles


def _are_two(places: "Matrix", labels: Sequence[int], long: Sequence[bool]) -> bool:
    """Whether two voices speak, by where long stretches lie on the line from middle to middle."""
    import numpy as np

    groups = [
        np.array([p for p, own, counts in zip(places, labels, long, strict=True)
                  if counts and own == voice])
        for voice in (0, 1)
    ]  # fmt: skip
    if min(group.size for group in groups) < 2:
        return False
    count = groups[0].size + groups[1].size
    spread = np.sqrt(sum(group.size * group.var() for group in groups) / count)
    apart = float(groups[1].mean() - groups[0].mean())
    return apart >= (_LEAST_APART_SD + _LEAST_APART_SD_OF_ONE / count) * float(spread)


def _smooth(closeness: "Matrix", touch: Sequence[bool]) -> list[int]:
    """The cheapest run of voices (Viterbi): far from a voice costs, and so does every change.

    touch: whether each window goes on where the one before ends.
    """
    costs = (1 - closeness).tolist()
    total = costs[0]
    came: list[tuple[int, int]] = []
    for own, goes_on in zip(costs[1:], touch[1:], strict=True):
        change = _CHANGE_COST if goes_on else _CHANGE_AT_PAUSE_COST
        before = (
            0 if total[0] <= total[1] + change else 1,
            1 if total[1] <= total[0] + change else 0,
        )
        total = [
            own[voice] + total[kept] + (change if kept != voice else 0.0)
            for voice, kept in enumerate(before)
        ]
        came.append(before)
    labels = [0 if total[0] <= total[1] else 1]
    for pair in reversed(came):
        labels.append(pair[labels[-1]])
    return labels[::-1]


def _joined(stretches: Sequence[Voiced]) -> tuple[Voiced, ...]:
    """Neighbours of one voice that touch, as one."""
    made: list[Voiced] = []
    for one in stretches:
        if made and made[-1].voice == one.voice and one.start_s - made[-1].end_s < _TOUCH_S:
            made[-1] = made[-1]._replace(end_s=one.end_s)
        else:
            made.append(one)
    return tuple(made)
