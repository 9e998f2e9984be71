"""Two voices of a mono recording: their stretches, the turns they part, and real recordings."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from transcribe import voiceprint
from transcribe.activity import find_activity
from transcribe.audio import load
from transcribe.decoding import RATE_HZ
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Activity
from transcribe.turns import HeardWord, make_turns
from transcribe.voices import Voiced, tell_voices, voice_at

SETTINGS = TranscribeSettings()
CALLS = Path(__file__).parents[2] / "demo" / "recordings"
needs_weights = pytest.mark.skipif(
    voiceprint.weights_file() is None, reason="pip install --no-deps resemblyzer"
)


@pytest.mark.parametrize(
    ("start_s", "end_s", "wanted"),
    [(0, 1, 0), (1.5, 2.2, 0), (1.9, 3, 1), (4.1, 4.3, 1), (5, 6, None), (9, 9.1, None)],
)
def test_whose_voice_fills_a_stretch(start_s: float, end_s: float, wanted: int | None) -> None:
    voices = (Voiced(0, 2, 0), Voiced(2, 4, 1), Voiced(5, 6, None))
    assert voice_at(voices, start_s, end_s) == wanted


def test_a_turn_is_parted_where_the_voice_changes() -> None:
    said = [" one", " two", " three", " four"]
    words = [HeardWord(0, at * 0.5, at * 0.5 + 0.4, text, 0.9) for at, text in enumerate(said)]
    speech = [Activity(channel=0, start_s=0, end_s=2)]
    voices = (Voiced(0, 1, 1), Voiced(1, 2, 0))
    parted = make_turns(words, speech, ("unknown",), SETTINGS, voices)
    assert [(turn.text, turn.voice, turn.speaker) for turn in parted] == [
        ("one two", 1, "unknown"),
        ("three four", 0, "unknown"),
    ]
    (whole,) = make_turns(words, speech, ("unknown",), SETTINGS)
    assert (whole.text, whole.voice) == ("one two three four", None)


def test_weights_run_no_code() -> None:
    class Bad:
        def __reduce__(self) -> tuple[object, ...]:
            return (print, ("never",))

    content = b"".join(pickle.dumps(one) for one in (1, 2, 3, Bad()))
    with pytest.raises(pickle.UnpicklingError, match="no place"):
        voiceprint.read_weights(content)


def test_little_speech_tells_no_voices() -> None:
    speech = [Activity(channel=0, start_s=0, end_s=1.5)]
    assert tell_voices(np.zeros(2 * RATE_HZ, dtype=np.float32), speech) == ()


def speech_of(samples: "np.ndarray[tuple[int, int], np.dtype[np.float32]]") -> list[Activity]:
    from faster_whisper.vad import get_vad_model

    chances = [
        np.asarray(get_vad_model()(np.pad(c, (0, 512 - c.size % 512))), dtype=np.float32).ravel()
        for c in samples
    ]
    return [a for a in find_activity(samples, chances, SETTINGS) if a.kind == "speech"]


@needs_weights
@pytest.mark.parametrize("name", ["en-01", "zh-05"])
def test_voices_of_a_mono_mix(name: str) -> None:
    """95 % of what one person says alone is given to them."""
    (path,) = CALLS.glob(f"{name}.*")
    samples = load(path, SETTINGS).samples
    mono = samples.sum(axis=0, keepdims=True).clip(-1, 1)
    voices = tell_voices(mono[0], speech_of(mono))
    assert {one.voice for one in voices} == {0, 1}
    assert voices[0].voice == 0
    right_s = [0.0, 0.0]
    truth = speech_of(samples)
    for turn in truth:
        for one in voices:
            shared_s = min(turn.end_s, one.end_s) - max(turn.start_s, one.start_s)
            right_s[int(turn.channel == one.voice)] += max(0.0, shared_s)
    assert max(right_s) >= 0.95 * sum(turn.duration_s for turn in truth) * 0.98


@needs_weights
def test_one_person_alone_is_one_voice() -> None:
    (path,) = CALLS.glob("en-01.*")
    samples = load(path, SETTINGS).samples[:1]
    assert tell_voices(samples[0], speech_of(samples)) == ()


@needs_weights
def test_a_voice_is_nearer_to_itself() -> None:
    (path,) = CALLS.glob("en-01.*")
    samples = load(path, SETTINGS).samples
    spans = {at: [a for a in speech_of(samples) if a.channel == at and a.duration_s > 1.5]
             for at in (0, 1)}  # fmt: skip
    cut = [
        samples[at, round(a.start_s * RATE_HZ) : round(a.end_s * RATE_HZ)]
        for at in (0, 1)
        for a in spans[at][:3]
    ]
    vectors = voiceprint.embed(cut)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alike = vectors @ vectors.T
    same = (alike[:3, :3].sum() - 3 + alike[3:, 3:].sum() - 3) / 12
    assert same > alike[:3, 3:].mean() + 0.1
