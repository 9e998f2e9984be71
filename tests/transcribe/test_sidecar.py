"""Transcripts that lie beside recordings become ours, with the sound's own voiced spans."""

from pathlib import Path

import numpy as np
import pytest

from tests.transcribe.sounds import silence, tone, write_wav
from tests.transcribe.test_plugins import Loud
from transcribe.errors import CodedError
from transcribe.plugins import find_recogniser
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings
from transcribe.sidecar import SidecarRecogniser
from transcribe.subtitles import read_cues
from transcribe.transcript import Transcript, Turn, Word

SETTINGS = TranscribeSettings(recogniser="sidecar")
SRT = """1
00:00:01,000 --> 00:00:02,000
0: Hello, this is
Ann speaking.

2
00:00:03,000 --> 00:00:04,000
1: My card is 4111 1111 1111 1111.
"""


class Hearing(SidecarRecogniser):
    """The sidecar's words where tones count as speech (Silero knows better)."""

    speech_probabilities = Loud.speech_probabilities

    def for_recording(self, path: Path) -> "Hearing":
        inner = super().for_recording(path)
        return Hearing(self.settings, inner._path)


@pytest.fixture
def call(tmp_path: Path) -> Path:
    left = np.concatenate([silence(1), tone(1), silence(3)])
    return write_wav(tmp_path / "call.wav", left, np.concatenate([silence(3), tone(1), silence(1)]))


def heard(call: Path) -> Transcript:
    return transcribe(call, SETTINGS, recogniser=Hearing(SETTINGS), channels=("csr", "customer"))


def test_subtitles_that_name_the_channel(call: Path) -> None:
    call.with_suffix(".srt").write_text(SRT, "utf-8")
    made = heard(call)
    assert [(t.speaker, t.text) for t in made.turns] == [
        ("csr", "Hello, this is Ann speaking."),
        ("customer", "My card is **** **** **** ****."),
    ]
    assert made.language == "en"
    assert made.made_by["model"] == "sidecar"
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in zip(made.turns[0].words,
               made.turns[0].words[1:], strict=False))  # fmt: skip


def test_our_own_json_keeps_channels_times_and_confidences(call: Path) -> None:
    said = Transcript(
        language="zh", duration_s=5, channels=2,
        turns=(
            Turn(start_s=1, end_s=2, speaker="csr", text="您好", channel=0, words=(
                Word(start_s=1.1, end_s=1.5, text="您", probability=0.4),
                Word(start_s=1.5, end_s=1.9, text="好", probability=0.6))),
            Turn(start_s=3, end_s=4, speaker="customer", text="你好啊", channel=1),
        ),
    )  # fmt: skip
    call.with_suffix(".json").write_text(said.model_dump_json(), "utf-8")
    made = heard(call)
    assert [(t.channel, t.text, t.confidence) for t in made.turns] == [
        (0, "您好", 0.5), (1, "你好啊", 1.0),
    ]  # fmt: skip
    assert made.language == "zh"


def test_another_file_beside_it_is_another_identity(call: Path) -> None:
    plugin = find_recogniser("sidecar")
    call.with_suffix(".srt").write_text(SRT, "utf-8")
    before = plugin.identity(SETTINGS, call)
    call.with_suffix(".srt").write_text(SRT.replace("Ann", "Anna"), "utf-8")
    assert plugin.identity(SETTINGS, call) != before


def code(call: Path) -> str:
    with pytest.raises(CodedError) as caught:
        heard(call)
    return caught.value.code


def test_no_transcript_beside_it(call: Path) -> None:
    assert code(call) == "QA730"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("call.json", "[]"), ("call.json", '{"turns": 1}'), ("call.json", "{"),
        ("call.srt", "1\n00:00:03,000 --> 00:00:01,000\n0: no\n"),
    ],
)  # fmt: skip
def test_a_transcript_nobody_can_read(call: Path, name: str, content: str) -> None:
    (call.parent / name).write_text(content, "utf-8")
    assert code(call) == "QA731"


def test_two_channels_and_nobody_says_who(call: Path) -> None:
    call.with_suffix(".srt").write_text(SRT.replace("0: ", "").replace("1: ", ""), "utf-8")
    assert code(call) == "QA732"


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:02.500\n<v 1>Hi <i>there</i>\n",
         [(1.0, 2.5, 1, "Hi there")]),
        ("\ufeff1\n00:00:01,5 --> 00:00:02,25\nA\n2\n00:00:00,000 --> 00:00:00,900\nchannel 0: B",
         [(0.0, 0.9, 0, "B"), (1.5, 2.25, None, "A")]),
        ("01:00:00,000 --> 01:00:01,000\n\n", []),
        ("no cues at all", []),
    ],
)  # fmt: skip
def test_cues(text: str, cues: list[tuple[float, float, int | None, str]]) -> None:
    assert [tuple(cue) for cue in read_cues(text)] == cues
