"""A site from an empty folder to coaching, with the real model on demo recordings."""

import csv
import json
import shutil
import struct
import wave
from pathlib import Path

import openpyxl
import pytest

from tests.cli.commands import ROOT, qa

pytestmark = pytest.mark.model

BROKEN = {  # file -> code
    "missing.wav": "QA840",
    "empty.wav": "QA703",
    "text.wav": "QA704",
    "cut.wav": "QA706",
    "silent.wav": "QA713",
    "mono.wav": "QA716",
}


def write_wav(path: Path, *, seconds: int, channels: int = 2) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(8000)
        second = b"".join(
            struct.pack("<h", 8000 if (i // 20) % 2 else -8000) * channels for i in range(8000)
        )
        file.writeframes(second * seconds)


def write_broken(folder: Path) -> None:
    (folder / "empty.wav").touch()
    (folder / "text.wav").write_text("this is no sound\n" * 200, "utf-8")
    write_wav(folder / "cut.wav", seconds=20)
    whole = (folder / "cut.wav").read_bytes()
    (folder / "cut.wav").write_bytes(whole[: len(whole) // 2])
    with wave.open(str(folder / "silent.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(4 * 8000 * 30))
    write_wav(folder / "mono.wav", seconds=12, channels=1)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with one good Mandarin, one good English and six broken recordings, run once."""
    folder = tmp_path_factory.mktemp("center") / "site"
    assert qa("init", folder, cwd=folder.parent).status == 0
    recordings = folder / "recordings"
    for name in ("zh-04.opus", "en-03.opus"):
        shutil.copyfile(ROOT / "demo/recordings" / name, recordings / name)
    write_broken(recordings)
    with (ROOT / "demo/calls.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["call_id"] in ("zh-04", "en-03")]
    for name in BROKEN:
        rows.append({**rows[0], "call_id": name, "file": name})
    with (folder / "calls.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_the_whole_job(site: Path) -> None:
    imported = qa("import", "calls.csv", "--json", cwd=site).lines[0]
    assert (len(imported["new"]), imported["errors"]) == (8, [])
    ran = qa("run", "--json", "--workers", "2", cwd=site)
    assert ran.status == 1
    failed = {line["call"]["id"]: line["error"]["code"] for line in ran.lines[:-1]}
    assert failed == BROKEN
    counts = {"calls": 8, "transcribed": 2, "graded": 2, "ungradable": 0, "failed": 6}
    assert ran.lines[-1] == {**counts, "unchanged": 0}


def test_a_second_run_does_nothing(site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.yaml")}
    ran = qa("run", "--json", cwd=site)
    assert (ran.lines[-1]["transcribed"], ran.lines[-1]["graded"]) == (0, 0)
    assert ran.lines[-1]["unchanged"] == 2
    again = qa("import", "calls.csv", "--json", cwd=site).lines[0]
    assert (again["new"], again["corrected"], len(again["unchanged"])) == ([], [], 8)
    assert before == {path: path.stat().st_mtime_ns for path in site.rglob("*.yaml")}


def test_the_verdicts_are_those_of_the_dialogues(site: Path) -> None:
    """Verdicts that do not hang on a homophone."""
    expected = {
        "zh-04": {"EMP-001": "not_met", "CLO-001": "not_met", "CLO-003": "not_met",
                  "HOLD-001": "not_applicable", "VOI-001": "met", "LIS-001": "met"},
        "en-03": {"OPEN-001": "met", "OPEN-002": "met", "EMP-001": "not_met",
                  "COU-001": "not_met", "CLO-001": "not_met", "CLO-002": "not_met",
                  "VOI-001": "not_met", "CLO-003": "met", "HOLD-001": "not_applicable"},
    }  # fmt: skip
    for call, wanted in expected.items():
        shown = qa("show", call, "--json", cwd=site).lines[0]
        verdicts = {f["rule_id"]: f["verdict"] for f in shown["findings"]}
        assert {rule: verdicts[rule] for rule in wanted} == wanted
        text = json.dumps(shown["transcript"], ensure_ascii=False)
        quotes = [e["quote"] for f in shown["findings"] for e in f["evidence"] if e["quote"]]
        assert quotes
        assert all(quote in text for quote in quotes)


def test_a_person_answers_and_the_evaluation_is_replaced(site: Path) -> None:
    answered = ("answer", "en-03", "ACC-1", "met", "--by", "Mei", "--reason", "all correct")
    assert qa(*answered, cwd=site).status == 0
    shown = qa("show", "en-03", "--json", cwd=site).lines[0]
    first, second = shown["revisions"]
    assert (first["why"], second["why"], second["by"]) == ("machine", "answer", "Mei")
    assert second["replaces"] == first["id"]
    item = next(i for i in shown["evaluation"]["items"] if i["ref_id"] == "ACC-1")
    assert (item["verdict"], item["source"]) == ("met", "human")
    assert second["evaluation"]["coverage"] > first["evaluation"]["coverage"]
    again = qa("run", "--json", cwd=site).lines[-1]
    assert again["graded"] == 0
    wrong = qa("answer", "en-03", "ZZ-9", "met", "--by", "M", "--reason", "r", cwd=site)
    assert (wrong.status, "QA401" in wrong.err) == (2, True)


def test_coaching_names_the_courses_with_proof(site: Path) -> None:
    (sheet,) = qa("coach", "3105", "--json", cwd=site).lines
    first = sheet["recommendations"][0]
    assert first["rank"] == 1
    assert first["courses"]
    instance = first["weak_point"]["instances"][0]
    assert instance["call_id"] == "en-03"
    assert instance["say"]
    skills = {r["weak_point"]["skill"] for r in sheet["recommendations"]}
    assert {"empathy", "closing", "courtesy", "voice"} <= skills
    assert "EMP-1" in qa("coach", "3105", cwd=site).out
    assert "失" in qa("coach", "2115", cwd=site, lang="zh").out
    nobody = qa("coach", "9999", cwd=site)
    assert (nobody.status, "QA850" in nobody.err, "3105" in nobody.err) == (2, True, True)


def test_exports_open_in_a_spreadsheet(site: Path) -> None:
    assert qa("export", "out.xlsx", cwd=site).status == 0
    book = openpyxl.load_workbook(site / "out.xlsx")
    sheet = book["evaluations"]
    assert [cell.value for cell in sheet[1]][:2] == ["call_id", "csr_id"]
    assert sheet.max_row == 3
    assert qa("export", "out.csv", cwd=site).status == 0
    with (site / "out-items.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["call_id"] for row in rows} == {"zh-04", "en-03"}
    assert qa("export", "out.doc", cwd=site).status == 2


def test_lists_and_unknown_calls(site: Path) -> None:
    lines = qa("show", "--json", cwd=site).lines
    assert {line["call"]["id"]: line["state"] for line in lines}["empty.wav"] == "QA703"
    unknown = qa("show", "nobody", cwd=site)
    assert (unknown.status, "QA849" in unknown.err) == (2, True)


def test_a_changed_rule_judges_again_without_a_new_transcript(site: Path) -> None:
    rules = site / "rules/en/closing.yaml"
    text = rules.read_text("utf-8")
    rules.write_text(text.replace("last_share: 0.6", "last_share: 0.9"), "utf-8")
    ran = qa("run", "--json", cwd=site)
    assert (ran.lines[-1]["transcribed"], ran.lines[-1]["graded"]) == (0, 1)
    rules.write_text(text, "utf-8")


def test_commands_that_need_a_site_say_so(tmp_path: Path) -> None:
    for command in (("run",), ("show",), ("coach",), ("export", "a.csv"), ("import", "c.csv")):
        ran = qa(*command, cwd=tmp_path)
        assert (ran.status, "QA852" in ran.err) == (2, True), command
