"""The real model on real calls, where both are at hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.transcribe.sounds import write_wav
from transcribe.errors import CodedError
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Transcript
from transcribe.whisper import Recogniser

pytestmark = pytest.mark.model

DATA = Path(__file__).parents[3] / "shared" / "data"
SETTINGS = TranscribeSettings()
needs_calls = pytest.mark.skipif(
    not (DATA / "calls_synth").is_dir(), reason="the shared recordings are not here"
)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    try:
        return Recogniser.open(SETTINGS, allow_hub=False)
    except CodedError as error:
        pytest.skip(f"no model on this machine: {error.code}")


@pytest.fixture(scope="module")
def heard(recogniser: Recogniser) -> dict[str, Transcript]:
    return {
        name: transcribe(
            DATA / "calls_synth" / f"{name}.flac", SETTINGS, recogniser=recogniser,
            channels=("csr", "customer"),
        )
        for name in ("s03", "s06")
    }  # fmt: skip


@needs_calls
@pytest.mark.parametrize(
    ("name", "language", "key_words"),
    [
        ("s03", "zh", ["请问有什么可以帮您", "昨天晚上", "身份证", "还有其他可以帮您", "再见"]),
        ("s06", "en", ["can you hear me", "King Street", "rain", "mobile app", "Goodbye"]),
    ],
)
def test_key_words_come_out(
    heard: dict[str, Transcript], name: str, language: str, key_words: list[str]
) -> None:
    made = heard[name]
    assert made.language == language
    text = " ".join(turn.text for turn in made.turns)
    assert [word for word in key_words if word not in text] == []


@needs_calls
@pytest.mark.parametrize("name", ["s03", "s06"])
def test_turns_are_in_the_order_of_the_truth(heard: dict[str, Transcript], name: str) -> None:
    truth = json.loads((DATA / "calls_synth" / f"{name}.truth.json").read_text("utf-8"))
    made = heard[name]
    assert [turn.speaker for turn in made.turns] == [turn["role"] for turn in truth["turns"]]
    for turn, wanted in zip(made.turns, truth["turns"], strict=True):
        assert turn.start_s == pytest.approx(wanted["start_s"], abs=0.3)
        assert turn.end_s == pytest.approx(wanted["end_s"], abs=0.3)


@needs_calls
@pytest.mark.parametrize(("name", "kind"), [("s03", "pii_id_card"), ("s06", "pii_bank_card")])
def test_numbers_that_were_read_out_are_masked(
    heard: dict[str, Transcript], name: str, kind: str
) -> None:
    assert kind in [found.kind for found in heard[name].masks]


@needs_calls
def test_hearing_twice_gives_the_same(heard: dict[str, Transcript], recogniser: Recogniser) -> None:
    again = transcribe(
        DATA / "calls_synth" / "s06.flac", SETTINGS, recogniser=recogniser,
        channels=("csr", "customer"),
    )  # fmt: skip
    assert again == heard["s06"]


def test_noise_without_speech(recogniser: Recogniser, tmp_path: Path) -> None:
    noise = np.random.default_rng(3).normal(0, 0.05, 8 * 8000).astype(np.float32)
    with pytest.raises(CodedError) as caught:
        transcribe(write_wav(tmp_path / "noise.wav", noise), SETTINGS, recogniser=recogniser)
    assert caught.value.code == "QA714"


def test_what_made_a_transcript(recogniser: Recogniser) -> None:
    made_by = recogniser.made_by
    assert made_by["model_sha256"] == recogniser.model.sha256
    assert made_by["settings"] == SETTINGS.digest()
    assert made_by["confidence"] == "fit 1"
    assert set(made_by) == {
        "model", "model_sha256", "compute_type", "instruction_set", "ctranslate2",
        "faster_whisper", "confidence", "settings",
    }  # fmt: skip
