"""What leaks over from the other channel is not said twice; who speaks at once is heard."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.nonspeech import line
from transcribe.activity import find_activity
from transcribe.audio import load
from transcribe.decoding import RATE_HZ
from transcribe.echoes import likeness
from transcribe.settings import TranscribeSettings
from transcribe.whisper import speech_probabilities

SETTINGS = TranscribeSettings()
DEMO = Path(__file__).parents[2] / "demo" / "recordings"
DELAY = round(0.025 * RATE_HZ)
Samples = NDArray[np.float32]


@pytest.fixture(scope="module")
def call() -> Samples:
    return load(DEMO / "en-04.opus", SETTINGS).samples[:, : 60 * RATE_HZ]


def leaked(call: Samples, down_db: float) -> Samples:
    """The call with each side on the other's channel too, through a telephone line, a little
    later."""
    made = call.copy()
    for own, other in ((0, 1), (1, 0)):
        echo = line(call[other].astype(np.float64)).astype(np.float32) * 10 ** (-down_db / 20)
        made[own, DELAY:] += echo[:-DELAY]
    return made.clip(-1, 1)


def spoken_s(samples: Samples) -> list[float]:
    """Seconds of speech on each channel."""
    found = find_activity(samples, [speech_probabilities(one) for one in samples], SETTINGS)
    return [
        sum(a.duration_s for a in found if a.kind == "speech" and a.channel == at)
        for at in range(len(samples))
    ]


@pytest.mark.parametrize("down_db", [25.0, 18.0, 12.0, 8.0])
def test_a_leak_is_not_said_twice(call: Samples, down_db: float) -> None:
    true_s, heard_s = spoken_s(call), spoken_s(leaked(call, down_db))
    assert min(true_s) > 5
    for true, heard in zip(true_s, heard_s, strict=True):
        assert heard == pytest.approx(true, abs=0.05 * sum(true_s))


@pytest.mark.parametrize("softer_db", [0.0, 6.0, 12.0])
def test_two_who_speak_at_once_are_both_heard(call: Samples, softer_db: float) -> None:
    true_s = spoken_s(call)
    at_once = np.stack([call[0], np.roll(call[0], 5 * RATE_HZ) * 10 ** (-softer_db / 20)])
    heard_s = spoken_s(at_once)
    assert heard_s[0] == pytest.approx(true_s[0], rel=0.05)
    assert heard_s[1] == pytest.approx(true_s[0], rel=0.15)


def test_a_leak_is_alike_and_another_voice_is_not(call: Samples) -> None:
    loud = call[0, 2 * RATE_HZ : 4 * RATE_HZ]
    echo = np.roll(line(loud.astype(np.float64)).astype(np.float32), DELAY)
    later = call[0, 20 * RATE_HZ : 22 * RATE_HZ]
    assert likeness(loud, echo) > 0.8
    assert likeness(loud, later) < 0.4
    assert likeness(loud, np.zeros_like(loud)) == 0
    assert likeness(loud, loud[1:]) == 0
