"""`qa transcribe`, `qa facts`, `qa judge` on scripts and transcripts; exit status and JSON."""

import json
from pathlib import Path

import jsonschema
import pytest

from qa import __version__
from tests.cli.commands import ROOT, qa

GOOD = """# greets and closes   language: en
00:01.0-00:05.0 csr: Good morning, Harbour Bank, my name is Anna, how may I help you?
00:05.5-00:08.0 customer: When do you close today?
00:08.5-00:12.0 csr: We close at nine. Is there anything else I can help you with?
00:12.5-00:13.5 customer: No, thank you.
00:14.0-00:17.0 csr: Thank you for calling, goodbye.
00:17.5 -- hangup customer
"""


def schema(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((ROOT / f"docs/schema/{name}.json").read_text("utf-8"))
    return found


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "good.call"
    path.write_text(GOOD, "utf-8")
    return path


def test_a_script_is_judged_without_a_database(script: Path, tmp_path: Path) -> None:
    ran = qa("judge", script, "--json", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    (line,) = ran.lines
    jsonschema.validate(line, schema("judgement"))
    assert line["call"] == {"id": "good", "source": str(script)}
    verdicts = {finding["rule_id"]: finding["verdict"] for finding in line["findings"]}
    assert verdicts["OPEN-001"] == verdicts["CLO-001"] == verdicts["CLO-003"] == "met"
    assert line["evaluation"]["scorecard"] == "en-inbound"
    low, high = line["evaluation"]["range"]
    assert low <= line["evaluation"]["score"] <= high
    assert list(tmp_path.iterdir()) == [script]


def test_judging_twice_gives_the_same_bytes(script: Path, tmp_path: Path) -> None:
    first, second = (qa("judge", script, "--json", cwd=tmp_path) for _ in range(2))
    assert first.out == second.out != ""


def test_facts_and_transcript_lines_fit_their_schemas(script: Path, tmp_path: Path) -> None:
    (facts,) = qa("facts", script, "--json", cwd=tmp_path).lines
    jsonschema.validate(facts, schema("facts"))
    assert {"greeting", "further_help", "closing"} <= {fact["kind"] for fact in facts["facts"]}
    said = GOOD.replace("\n", " ")
    assert all(fact["quote"] in said for fact in facts["facts"] if fact["quote"])
    ran = qa("transcribe", script, "--json", cwd=tmp_path)
    (transcript,) = ran.lines
    jsonschema.validate(transcript, schema("transcript"))
    stored = tmp_path / "stored.json"
    stored.write_text(ran.out, "utf-8")
    judged = [qa("judge", path, "--json", cwd=tmp_path).lines[0] for path in (script, stored)]
    # A transcript carries what was said, not what the switch knows.
    said_alone = [
        [f for f in line["findings"] if not f["rule_id"].startswith(("CLO-003", "HOLD"))]
        for line in judged
    ]
    assert said_alone[0] == said_alone[1]


def test_several_inputs_give_a_line_each_in_order(script: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.call"
    broken.write_text("00:01.0 boss: hi\n", "utf-8")
    missing = tmp_path / "missing.call"
    fake = tmp_path / "fake.wav"
    fake.write_text("no sound in here", "utf-8")
    ran = qa("judge", broken, script, missing, fake, script, "--json", cwd=tmp_path)
    assert ran.status == 1
    assert [line["call"]["id"] for line in ran.lines] == [
        "broken", "good", "missing", "fake", "good",
    ]  # fmt: skip
    for index in (0, 2, 3):
        line = ran.lines[index]
        jsonschema.validate(line, schema("failure"))
        assert line["error"]["code"].startswith("QA")
        assert line["error"]["text"]["zh"] != line["error"]["text"]["en"]
    assert ran.lines[1] == ran.lines[4]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--scorecard", "nobody"], "QA847"),
        (["--scorecard", "none.yaml"], "QA201"),
        (["--channels", "csr,boss"], "QA717"),
        (["--site", "nowhere"], "QA832"),
    ],
)
def test_wrong_use_ends_with_status_2(
    script: Path, tmp_path: Path, arguments: list[str], code: str
) -> None:
    ran = qa("judge", script, *arguments, cwd=tmp_path)
    assert ran.status == 2
    assert f"[{code}]" in ran.err


def test_a_scorecard_of_the_other_language_costs_the_call(script: Path, tmp_path: Path) -> None:
    ran = qa("judge", script, "--scorecard", "zh-inbound", "--json", cwd=tmp_path)
    assert (ran.status, ran.lines[0]["error"]["code"]) == (1, "QA848")


@pytest.mark.parametrize(("lang", "word"), [("zh", "达标"), ("en", "met")])
def test_people_read_their_language(script: Path, tmp_path: Path, lang: str, word: str) -> None:
    ran = qa("judge", script, cwd=tmp_path, lang=lang)
    assert ran.status == 0
    assert word in ran.out


def test_the_version_is_told(tmp_path: Path) -> None:
    ran = qa("--version", cwd=tmp_path)
    assert (ran.status, ran.out) == (0, f"qa {__version__}\n")


@pytest.mark.parametrize(("lang", "word"), [("zh", "给通话评分"), ("en", "Grade calls")])
def test_help_speaks_both_languages(tmp_path: Path, lang: str, word: str) -> None:
    assert word in qa("--help", cwd=tmp_path, lang=lang).out
    assert word in qa("judge", "--help", "--lang", lang, cwd=tmp_path, lang="en").out
