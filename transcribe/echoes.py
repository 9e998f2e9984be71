"""Where a channel carries the other side's voice: told by its shape, not by how soft it is."""

from typing import TYPE_CHECKING

from transcribe.decoding import RATE_HZ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_HOP_SAMPLES = RATE_HZ // 100
_STEP_HOPS = 10  # looked at every 0.1 s
_FRAME_HOPS = 40  # 0.4 s at once: two syllables
_MOST_LAG = RATE_HZ // 10  # 0.1 s; the echo of a line comes later than its source by less (G.131)
_LOUDER_DB = 3.0  # the source is the louder one by at least so much (guess)
# Two voices at once are alike to 0.2-0.4 at their best lag, a voice and its leak through a
# telephone line to 0.7-1.0 (tests/transcribe/test_echoes.py).
_ALIKE = 0.6


def without_echoes(
    chances: "Samples", own: "Samples", other: "Samples", apart_db: "Samples"
) -> "Samples":
    """The chances of speech of each 10 ms, zero where the channel only repeats the other one.

    apart_db: for each 10 ms by how much the other channel is louder.
    """
    import numpy as np

    made = chances.copy()
    for at in range(0, chances.size, _STEP_HOPS):
        here = slice(at, at + _STEP_HOPS)
        if not chances[here].max() or np.median(apart_db[here]) < _LOUDER_DB:
            continue
        middle = (at + _STEP_HOPS // 2) * _HOP_SAMPLES
        half = _FRAME_HOPS * _HOP_SAMPLES // 2
        frame = slice(max(0, middle - half), middle + half)
        if likeness(own[frame], other[frame]) > _ALIKE:
            made[here] = 0
    return made


def likeness(one: "Samples", two: "Samples") -> float:
    """How much of one sound is a delayed copy of the other, 0-1, at the best lag."""
    import numpy as np

    if one.size != two.size or not one.size:
        return 0.0
    size = 1 << (2 * one.size - 1).bit_length()
    spectra = np.fft.rfft(one, size), np.fft.rfft(two, size)
    alike = np.fft.irfft(spectra[0] * np.conj(spectra[1]), size)
    near = np.concatenate((alike[: _MOST_LAG + 1], alike[-_MOST_LAG:]))
    power = float(np.dot(one, one)) * float(np.dot(two, two))
    return float(np.abs(near).max()) / power**0.5 if power > 0 else 0.0
