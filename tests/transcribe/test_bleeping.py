"""Private words are gone from the copy of a recording, and nothing else is."""

from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from tests.transcribe.sounds import tone, write_wav
from transcribe.audio import load, loudest_dbfs
from transcribe.bleeping import private_spans, write_bleeped
from transcribe.decoding import RATE_HZ
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Mask, Transcript, Turn

SETTINGS = TranscribeSettings()


def transcript(*masks: tuple[float, float]) -> Transcript:
    text = "ab **** cd"
    return Transcript(
        language="en",
        duration_s=10,
        channels=2,
        turns=(Turn(start_s=0.5, end_s=9.5, speaker="customer", text=text, channel=1),),
        masks=tuple(
            Mask(turn=0, kind="pii_bank_card", start=3, end=7, start_s=start_s, end_s=end_s)
            for start_s, end_s in masks
        ),
    )


def test_spans_are_padded_and_joined() -> None:
    spans = private_spans(transcript((2, 3), (3.5, 4), (8, 9)))
    assert [(s.start_s, s.end_s) for s in spans] == [
        (pytest.approx(1.7), pytest.approx(4.3)),
        (pytest.approx(7.7), pytest.approx(9.3)),
    ]


def test_a_mask_at_a_turns_edge_reaches_to_it() -> None:
    made = transcript((2, 3))
    turn = made.turns[0].model_copy(update={"text": "   ****"})
    (span,) = private_spans(made.model_copy(update={"turns": (turn,)}))
    assert (span.start_s, span.end_s) == (pytest.approx(0.2), pytest.approx(9.8))


@pytest.mark.parametrize("how", ["beep", "mute"])
def test_the_copy(tmp_path: Path, how: Literal["beep", "mute"]) -> None:
    path = write_wav(tmp_path / "a.wav", tone(10, hz=300), tone(10, hz=500, peak=0.2))
    target = tmp_path / "copies" / "a.flac"
    write_bleeped(path, transcript((4, 5)), target, how=how, settings=SETTINGS)
    before, after = load(path, SETTINGS).samples, load(target, SETTINGS).samples
    assert after.shape == before.shape
    hidden = slice(round(3.7 * RATE_HZ), round(5.3 * RATE_HZ))
    shown = [slice(0, hidden.start), slice(hidden.stop, None)]
    assert all(np.allclose(before[:, at], after[:, at], atol=1e-4) for at in shown)
    spectrum = np.abs(np.fft.rfft(after[1, hidden]))
    if how == "mute":
        assert not spectrum.any()
    else:
        assert np.argmax(spectrum) == pytest.approx(1000 * 1.6, abs=1)
        assert spectrum[round(500 * 1.6)] < 1e-3 * spectrum.max()
        assert loudest_dbfs(after[1, hidden]) == pytest.approx(-29, abs=0.5)
    assert [p.name for p in target.parent.iterdir()] == ["a.flac"]


def test_two_files_become_one_copy(tmp_path: Path) -> None:
    left, right = (write_wav(tmp_path / f"{n}.wav", tone(10, hz=n)) for n in (300, 400))
    target = tmp_path / "a.flac"
    write_bleeped(left, transcript((4, 5)), target, how="mute", settings=SETTINGS, other_side=right)
    assert not load(target, SETTINGS).samples[:, 4 * RATE_HZ : 5 * RATE_HZ].any()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(10))
    (tmp_path / "blocked").write_text("a file where the folder should be")
    with pytest.raises(CodedError) as caught:
        write_bleeped(
            path, transcript((4, 5)), tmp_path / "blocked" / "a.flac", how="mute",
            settings=SETTINGS,
        )  # fmt: skip
    assert caught.value.code == "QA719"
