"""Voiced stretches packed into windows, and words brought back to their real times."""

import numpy as np
import pytest

from transcribe.decoding import RATE_HZ
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Activity
from transcribe.windows import Piece, Window, make_windows

SETTINGS = TranscribeSettings(window_s=20.0, vad_pad_ms=0, window_gap_s=0.5)


def channel(seconds: float) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.arange(round(seconds * RATE_HZ), dtype=np.float32)


def speech(*spans: tuple[float, float]) -> list[Activity]:
    return [Activity(channel=0, start_s=start, end_s=end) for start, end in spans]


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ([], []),
        ([(1, 5)], [1]),
        ([(1, 5), (10, 15), (20, 25)], [3]),
        ([(0, 10), (20, 30), (40, 44)], [1, 2]),
        ([(0, 8), (10, 18), (20, 28), (30, 38)], [2, 2]),
    ],
)
def test_windows_are_full_and_even(spans: list[tuple[float, float]], wanted: list[int]) -> None:
    windows = make_windows(channel(60), speech(*spans), SETTINGS)
    assert [len(window.pieces) for window in windows] == wanted
    assert all(window.size <= 20 * RATE_HZ for window in windows)


def test_all_speech_is_in_some_window_once() -> None:
    spans = [(at * 4.0, at * 4.0 + 3.1) for at in range(40)]
    windows = make_windows(channel(200), speech(*spans), SETTINGS)
    pieces = [piece for window in windows for piece in window.pieces]
    assert [p.start / RATE_HZ for p in pieces] == pytest.approx([start for start, _ in spans])
    assert [p.end / RATE_HZ for p in pieces] == pytest.approx([end for _, end in spans])


def test_padded_spans_that_touch_are_one() -> None:
    padded = TranscribeSettings(vad_pad_ms=300)
    (window,) = make_windows(channel(10), speech((0.1, 2), (2.5, 4)), padded)
    assert window.pieces == (Piece(0, round(4.3 * RATE_HZ)),)


def test_a_long_stretch_is_cut_where_it_is_quietest() -> None:
    sound = np.ones(45 * RATE_HZ, dtype=np.float32)
    for quiet_s in (18.5, 36.0):
        sound[int(quiet_s * RATE_HZ) : int((quiet_s + 0.1) * RATE_HZ)] = 0
    windows = make_windows(sound, speech((0, 45)), SETTINGS)
    starts_s = [window.pieces[0].start / RATE_HZ for window in windows]
    assert starts_s == pytest.approx([0, 18.55, 36.05], abs=0.06)


def test_packed_sound_and_real_times() -> None:
    window = Window((Piece(RATE_HZ, 2 * RATE_HZ), Piece(9 * RATE_HZ, 11 * RATE_HZ)), RATE_HZ // 2)
    sound = window.packed(channel(12))
    assert sound.size == window.size == 3.5 * RATE_HZ
    assert sound[0] == RATE_HZ
    assert sound[RATE_HZ + 1] == 0
    assert sound[round(1.5 * RATE_HZ)] == 9 * RATE_HZ
    assert window.real_times(0.2, 0.4) == pytest.approx((1.2, 1.4))
    assert window.real_times(1.5, 2.0) == pytest.approx((9.0, 9.5))
    assert window.real_times(0.8, 1.1) == pytest.approx((1.8, 2.0))
    assert window.real_times(3.4, 4.2) == pytest.approx((10.9, 11.0))


def test_halves_hold_all_pieces() -> None:
    window = Window(tuple(Piece(at * 100, at * 100 + 50) for at in range(5)), 0)
    left, right = window.halves()
    assert left.pieces + right.pieces == window.pieces
    assert abs(len(left.pieces) - len(right.pieces)) == 1
