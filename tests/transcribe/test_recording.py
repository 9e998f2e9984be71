"""A whole recording becomes a transcript: the steps with scripted words, then the real model."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.transcribe.sounds import silence, tone, write_wav
from transcribe.errors import CodedError
from transcribe.recording import recording_sha256, transcribe
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Language, Transcript
from transcribe.turns import Heard, HeardWord
from transcribe.weights import Model
from transcribe.windows import Window

SETTINGS = TranscribeSettings()
Samples = NDArray[np.float32]


class Scripted:
    """Hears speech wherever there is sound, and in each window the words it was given."""

    made_by: Mapping[str, str] = {"model": "scripted"}

    def __init__(self, said: str, *, shares: dict[str, float], sound: bool = True) -> None:
        self.said, self.shares, self.sound = said, shares, sound

    def speech_probabilities(self, channel: Samples) -> Samples:
        frames = channel[: channel.size // 512 * 512].reshape(-1, 512)
        return (np.abs(frames).max(axis=1) > 0.01).astype(np.float32)

    def language_shares(self, sounds: Sequence[Samples]) -> dict[str, float]:
        return self.shares

    def check_language(self, language: Language) -> None:
        return None

    def hear(
        self, samples: Samples, channel: int, windows: Sequence[Window], language: Language
    ) -> Heard:
        words = [
            HeardWord(channel, *window.real_times(0.3, 1.0), self.said, 0.9) for window in windows
        ]
        return Heard(tuple(words), self.sound)


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """The left side speaks at 1-2 s, the right at 3-4 s."""
    left = np.concatenate([silence(1), tone(1), silence(3)])
    right = np.concatenate([silence(3), tone(1), silence(1)])
    return write_wav(tmp_path / "call.wav", left, right)


def test_sides_come_from_the_channel_map(call: Path) -> None:
    made = transcribe(
        call, SETTINGS, recogniser=Scripted("您好", shares={"zh": 0.9}),
        channels=("customer", "csr"),
    )  # fmt: skip
    assert [(t.speaker, t.text, round(t.start_s)) for t in made.turns] == [
        ("customer", "您好", 1),
        ("csr", "您好", 3),
    ]
    assert (made.language, made.speakers_by) == ("zh", "channel_map")
    assert made.channel_speakers == ("customer", "csr")
    assert made.made_by["recording_sha256"] == recording_sha256(call)
    assert made.faults == ()
    assert Transcript.model_validate_json(made.model_dump_json()) == made


def test_nobody_is_known_without_a_map(call: Path) -> None:
    made = transcribe(call, SETTINGS, recogniser=Scripted(" Hi", shares={"en": 0.9}))
    assert {turn.speaker for turn in made.turns} == {"unknown"}
    assert (made.speakers_by, made.channel_speakers) == ("none", ())


def test_numbers_are_masked_before_the_transcript_comes_out(call: Path) -> None:
    made = transcribe(
        call, SETTINGS, recogniser=Scripted(" 4111 1111 1111 1111", shares={"en": 0.9})
    )
    assert "1" not in "".join(turn.text for turn in made.turns)
    assert "1" not in "".join(word.text for turn in made.turns for word in turn.words)
    assert {found.kind for found in made.masks} == {"pii_bank_card"}


def test_a_doubtful_window_is_a_fault(call: Path) -> None:
    made = transcribe(call, SETTINGS, recogniser=Scripted(" Hi", shares={"en": 0.9}, sound=False))
    assert made.faults == ("QA757",)


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [({"zh": 0.6, "en": 0.3}, "zh"), ({"en": 0.4, "cy": 0.5}, "en"), ({"yue": 0.8}, "zh")],
)
def test_language_is_detected(call: Path, shares: dict[str, float], wanted: str) -> None:
    made = transcribe(call, SETTINGS, recogniser=Scripted("x", shares=shares))
    assert made.language == wanted


def test_a_third_language(call: Path) -> None:
    with pytest.raises(CodedError) as caught:
        transcribe(call, SETTINGS, recogniser=Scripted("x", shares={"ja": 0.9, "zh": 0.05}))
    assert (caught.value.code, caught.value.values["seen"]) == ("QA715", "ja")


def test_a_language_that_was_told_is_believed(call: Path) -> None:
    made = transcribe(call, SETTINGS, recogniser=Scripted("x", shares={"ja": 0.9}), language="zh")
    assert made.language == "zh"


def test_no_words_at_all(call: Path) -> None:
    with pytest.raises(CodedError) as caught:
        transcribe(call, SETTINGS, recogniser=Scripted(" ...", shares={"en": 0.9}))
    assert caught.value.code == "QA714"


def test_a_map_that_does_not_fit(call: Path) -> None:
    with pytest.raises(CodedError) as caught:
        transcribe(call, SETTINGS, recogniser=Scripted("x", shares={}), channels=("csr",))
    assert caught.value.code == "QA716"


def test_weights_that_are_none(tmp_path: Path) -> None:
    from transcribe.whisper import Recogniser

    (tmp_path / "model.bin").write_bytes(b"no model")
    with pytest.raises(CodedError) as caught:
        Recogniser(SETTINGS, Model(path=str(tmp_path), sha256="", found="path"))
    assert caught.value.code == "QA725"


def test_an_english_model_and_a_mandarin_call() -> None:
    from transcribe.whisper import check_language

    check_language("en", multilingual=False, place="base.en")
    check_language("zh", multilingual=True, place="base")
    with pytest.raises(CodedError) as caught:
        check_language("zh", multilingual=False, place="base.en")
    assert caught.value.code == "QA726"


def test_two_mono_files_become_one_transcript(tmp_path: Path) -> None:
    left = write_wav(tmp_path / "l.wav", np.concatenate([silence(1), tone(1), silence(3)]))
    right = write_wav(tmp_path / "r.wav", np.concatenate([silence(3), tone(1), silence(1)]))
    made = transcribe(
        left, SETTINGS, recogniser=Scripted("您好", shares={"zh": 0.9}), other_side=right,
        channels=("csr", "customer"),
    )  # fmt: skip
    assert [(t.speaker, round(t.start_s)) for t in made.turns] == [("csr", 1), ("customer", 3)]
    assert made.made_by["recording_sha256"] == recording_sha256(left, right)
    assert recording_sha256(left, right) != recording_sha256(right, left)
