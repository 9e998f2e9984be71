"""Inputs of commands, by what they are."""

import json
from pathlib import Path

import pytest

from qa.flow.inputs import read_input
from qa.flow.lines import TranscriptLine, as_json, ref_of
from transcribe.errors import CodedError, CodedErrors

SCRIPT = "00:01.0-00:03.0 csr: Good morning\n00:04.0-00:06.0 customer: Hi\n"


def test_a_recording_is_not_opened(tmp_path: Path) -> None:
    path = str(tmp_path / "missing.wav")
    read = read_input(path, channels=("csr", "customer"), language="zh")
    assert (read.call.id, read.call.source, read.transcript) == ("missing", path, None)
    assert (read.call.channels, read.call.language) == (("csr", "customer"), "zh")


def test_a_script_and_what_transcribe_prints_are_the_same_input(tmp_path: Path) -> None:
    script = tmp_path / "a.call"
    script.write_text(SCRIPT, "utf-8")
    first = read_input(str(script))
    assert first.transcript is not None
    line = TranscriptLine(call=ref_of(first.call), transcript=first.transcript)
    stored = tmp_path / "a.json"
    stored.write_text(json.dumps(as_json(line)), "utf-8")
    second = read_input(str(stored))
    assert second.transcript == first.transcript
    assert second.call.id == first.call.id


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.call", None, "QA840"),
        ("latin.call", b"00:01.0 csr: caf\xe9", "QA842"),
        ("two.jsonl", b"{}\n{}\n", "QA843"),
    ],
)
def test_what_is_no_input_is_named(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises((CodedError, CodedErrors)) as caught:
        read_input(str(path))
    error = caught.value
    found = error.errors[0] if isinstance(error, CodedErrors) else error
    assert (found.code, found.place) == (code, str(path))


def test_a_folder_named_like_a_script(tmp_path: Path) -> None:
    folder = tmp_path / "x.call"
    folder.mkdir()
    with pytest.raises(CodedError) as caught:
        read_input(str(folder))
    assert caught.value.code == "QA840"
