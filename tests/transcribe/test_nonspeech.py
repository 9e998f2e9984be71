"""No text from what is no speech: a slice of bench/nonspeech.py, with a control that hears."""

import random
from pathlib import Path

import numpy as np
import pytest

from bench.nonspeech import KINDS, MUSIC, OF_MUSIC, clip, line, words_of
from transcribe.audio import load
from transcribe.decoding import RATE_HZ
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings
from transcribe.whisper import Recogniser

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[2]
SETTINGS = TranscribeSettings(mask_kinds=())


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    try:
        return Recogniser.open(SETTINGS, allow_hub=False)
    except CodedError as error:
        pytest.skip(f"no model on this machine: {error.code}")


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_from(kind: str, recogniser: Recogniser, tmp_path: Path) -> None:
    music = [load(path, SETTINGS).samples[0] for path in sorted(MUSIC.glob("*.wav"))]
    if kind in OF_MUSIC and not music:
        pytest.skip("no hold music here")
    chance = random.Random(2000 + KINDS.index(kind))
    said = [words_of(clip(kind, chance, music), tmp_path, recogniser, SETTINGS) for _ in range(3)]
    assert said == ["", "", ""]


def test_speech_down_the_same_line_is_heard(recogniser: Recogniser, tmp_path: Path) -> None:
    sound = load(ROOT / "demo/recordings/en-04.opus", SETTINGS).samples[0]
    spoken = line(sound[RATE_HZ : 9 * RATE_HZ].astype(np.float64))
    assert "help you" in words_of(spoken, tmp_path, recogniser, SETTINGS)
