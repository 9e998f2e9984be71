"""谁的声音: the stretches of a mono recording in which each of two voices speaks."""

from collections.abc import Sequence
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
_ROUNDS = 20
_LEAST_APART = 0.08  # 1 - cosine of the two middles; less is one voice (guess)
_SWITCH_COST = 0.08  # in the same measure: a voice changes rarely within a stretch (guess)


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
    if sum(long) < 4:
        return ()
    vectors = voiceprint.embed(
        [channel[round(a * RATE_HZ) : round(b * RATE_HZ)] for a, b, _, _ in places]
    )
    middles = _two_middles(vectors[np.array(long)])
    if middles is None:
        return ()
    closeness = vectors @ middles.T
    labels = _smooth(closeness, [start_s for _, _, start_s, _ in places])
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
    """The middles of two groups of unit vectors, [2, 256]; None when they are hardly apart."""
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
    return middles if 1 - float(middles[0] @ middles[1]) >= _LEAST_APART else None


def _smooth(closeness: "Matrix", starts_s: Sequence[float]) -> list[int]:
    """The cheapest run of voices (Viterbi): far from a voice costs, and so does every change."""
    import numpy as np

    costs = 1 - closeness
    total = costs[0].copy()
    came: list[tuple[int, int]] = []
    for at in range(1, len(costs)):
        apart_s = starts_s[at] - starts_s[at - 1]
        switch = _SWITCH_COST * max(0.0, 1 - (apart_s - _HOP_S) / 2)
        stay_or_change = [(total[voice], total[1 - voice] + switch) for voice in (0, 1)]
        came.append(tuple(v if a <= b else 1 - v for v, (a, b) in enumerate(stay_or_change)))  # type: ignore[arg-type]
        total = np.array([min(pair) for pair in stay_or_change]) + costs[at]
    labels = [int(total.argmin())]
    for pair in reversed(came):
        labels.append(pair[labels[-1]])
    return labels[::-1]


def _joined(stretches: Sequence[Voiced]) -> tuple[Voiced, ...]:
    """Neighbours of one voice that touch, as one."""
    made: list[Voiced] = []
    for one in stretches:
        if made and made[-1].voice == one.voice and one.start_s - made[-1].end_s < 0.01:
            made[-1] = made[-1]._replace(end_s=one.end_s)
        else:
            made.append(one)
    return tuple(made)
