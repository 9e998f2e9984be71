"""Transcripts are read from JSON, alone or with their call."""

import json

import pytest

from qa.domain.script import read_script
from qa.domain.transcript_json import read_transcript_json
from transcribe.errors import CodedErrors

SCRIPT = read_script("# language: en\n00:01.0-00:02.0 csr: hello\n00:03.0-00:04.0 customer: hi")
BODY = SCRIPT.transcript.model_dump(mode="json")


def test_the_contract_line_and_a_bare_transcript() -> None:
    line = json.dumps({"call": {"id": "c1", "source": "c1.wav"}, "transcript": BODY})
    call, transcript = read_transcript_json(line, name="x/t.json")
    assert transcript == SCRIPT.transcript
    assert (call.id, call.source, call.language, call.duration_s) == ("c1", "c1.wav", "en", 4.0)
    assert call.channels == ("csr", "customer")
    assert call.events is None
    call, bare = read_transcript_json(json.dumps(BODY), name="x/t.json")
    assert (call.id, call.source) == ("t", "x/t.json")
    assert bare == transcript


def test_a_full_call_keeps_what_it_says() -> None:
    full = {"call": SCRIPT.call.model_dump(mode="json"), "transcript": BODY}
    assert read_transcript_json(json.dumps(full))[0] == SCRIPT.call


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("", ["$"]),
        ("{", ["$"]),
        ("[]", ["$"]),
        ("null", ["$"]),
        ('{"a": NaN}', ["$"]),
        ('{"a": 1, "a": 2}', ["$"]),
        ("[" * 100_000, ["$"]),
        ("1" * 5000, ["$"]),
        (json.dumps({"transcript": BODY, "calls": {}}), ["$.calls"]),
        (json.dumps({"transcript": BODY | {"channels": 3}}), ["$.transcript.channels"]),
        (json.dumps(BODY | {"language": "fr", "extra": 1}), ["$.extra", "$.language"]),
        (
            json.dumps(BODY | {"turns": [BODY["turns"][0] | {"end_s": "soon"}]}),
            ["$.turns[0].end_s"],
        ),
        (
            json.dumps({"call": {"id": "", "source": "x"}, "transcript": BODY}),
            ["$.call.id"],
        ),
        (
            json.dumps({"call": {"id": "1", "source": "x", "language": "zh"}, "transcript": BODY}),
            ["$.call.language"],
        ),
    ],
)
def test_every_wrong_place_is_named(text: str, paths: list[str]) -> None:
    with pytest.raises(CodedErrors) as caught:
        read_transcript_json(text, name="t.json")
    assert sorted(str(error.values["path"]) for error in caught.value.errors) == paths
    assert {error.code for error in caught.value.errors} == {"QA368"}


def test_a_syntax_error_has_line_and_column() -> None:
    with pytest.raises(CodedErrors) as caught:
        read_transcript_json('{\n  "language": zh\n}', name="t.json")
    assert caught.value.errors[0].place == "t.json:2:15"
