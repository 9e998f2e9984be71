"""Voiced stretches of one channel packed into windows that Whisper hears at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from transcribe.decoding import RATE_HZ
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Activity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CUT_REACH_S = 3.0  # a stretch too long for a window is cut at its quietest moment so far back


class Piece(NamedTuple):
    """A stretch of a channel, in samples."""

    start: int
    end: int


class Window(NamedTuple):
    """Pieces of one channel, heard together with `gap` samples of silence between them."""

    pieces: tuple[Piece, ...]
    gap: int

    @property
    def size(self) -> int:
        """Samples of the packed window."""
        return sum(p.end - p.start for p in self.pieces) + self.gap * (len(self.pieces) - 1)

    def packed(self, channel: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """The window's sound, 16 000 Hz."""
        import numpy as np

        sound = np.zeros(self.size, dtype=np.float32)
        at = 0
        for piece in self.pieces:
            sound[at : at + piece.end - piece.start] = channel[piece.start : piece.end]
            at += piece.end - piece.start + self.gap
        return sound

    def real_times(self, start_s: float, end_s: float) -> tuple[float, float]:
        """Seconds in the recording of a word at `start_s`..`end_s` of the packed window.

        The piece is the one nearest the word's middle; the word is kept within it.
        """
        middle = (start_s + end_s) / 2 * RATE_HZ
        at, best, best_at, distance = 0, self.pieces[0], 0, float("inf")
        for piece in self.pieces:
            size = piece.end - piece.start
            away = max(at - middle, middle - (at + size), 0.0)
            if away < distance:
                best, best_at, distance = piece, at, away
            at += size + self.gap
        low_s, high_s = best.start / RATE_HZ, best.end / RATE_HZ
        shift_s = (best.start - best_at) / RATE_HZ
        begin_s = min(max(start_s + shift_s, low_s), high_s)
        return begin_s, max(begin_s, min(end_s + shift_s, high_s))

    def halves(self) -> "tuple[Window, Window]":
        """The window as two, parted where both hold about as much."""
        half, so_far, cut = self.size / 2, 0, 1
        for count, piece in enumerate(self.pieces[:-1], start=1):
            so_far += piece.end - piece.start
            cut = count
            if so_far >= half:
                break
        return Window(self.pieces[:cut], self.gap), Window(self.pieces[cut:], self.gap)


def make_windows(
    channel: "NDArray[np.float32]", speech: Sequence[Activity], settings: TranscribeSettings
) -> tuple[Window, ...]:
    """Windows of at most `window_s`, about equally full, holding all voiced spans of a channel.

    speech: the channel's voiced spans, sorted; each is padded by `vad_pad_ms`.
    """
    most = int(settings.window_s * RATE_HZ)
    gap = int(settings.window_gap_s * RATE_HZ)
    pieces = [
        part
        for piece in _padded(channel.size, speech, settings)
        for part in _cut(channel, piece, most)
    ]
    total = sum(p.end - p.start for p in pieces) + gap * len(pieces)
    if not pieces:
        return ()
    target = total / -(-total // most)
    windows: list[Window] = []
    current: list[Piece] = []
    size = 0
    for piece in pieces:
        length = piece.end - piece.start + (gap if current else 0)
        if current and (size + length > most or size + length / 2 > target):
            windows.append(Window(tuple(current), gap))
            current, size, length = [], 0, piece.end - piece.start
        current.append(piece)
        size += length
    windows.append(Window(tuple(current), gap))
    return tuple(windows)


def _padded(samples: int, speech: Sequence[Activity], settings: TranscribeSettings) -> list[Piece]:
    """The spans with a little of what surrounds them; those that then touch are one."""
    pad = settings.vad_pad_ms * RATE_HZ // 1000
    pieces: list[Piece] = []
    for span in speech:
        start = max(0, int(span.start_s * RATE_HZ) - pad)
        end = min(samples, int(span.end_s * RATE_HZ) + pad)
        if pieces and start <= pieces[-1].end:
            pieces[-1] = Piece(pieces[-1].start, max(end, pieces[-1].end))
        elif end > start:
            pieces.append(Piece(start, end))
    return pieces


def _cut(channel: "NDArray[np.float32]", piece: Piece, most: int) -> list[Piece]:
    """The piece in parts that fit a window, parted at their quietest moments."""
    import numpy as np

    parts: list[Piece] = []
    start = piece.start
    while piece.end - start > most:
        hop = RATE_HZ // 50
        first = start + most - int(_CUT_REACH_S * RATE_HZ)
        reach = channel[first : first + int(_CUT_REACH_S * RATE_HZ) // hop * hop].reshape(-1, hop)
        cut = first + int(np.argmin(np.einsum("ij,ij->i", reach, reach))) * hop + hop // 2
        parts.append(Piece(start, cut))
        start = cut
    return [*parts, Piece(start, piece.end)]
