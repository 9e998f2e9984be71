"""Promises, complaints, outcomes, targets, reports and the day's list, as people type them."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.commands import qa

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("centre") / "site"
    assert qa("init", folder, cwd=folder.parent).status == 0
    words = "simulate --csrs 8 --calls 20 --seed 4 --until 2025-04-05"
    made = qa(*words.split(), cwd=folder)
    assert made.status == 0, made.err
    return folder


def test_promises_are_listed_closed_and_exported(site: Path) -> None:
    listed = qa("promises", "--json", cwd=site).lines
    assert listed
    first = listed[0]
    assert first["quote"]
    assert first["due_at"] is not None
    number = str(first["id"])
    told = qa("promises", cwd=site, lang="zh").out
    assert "逾期" in told
    assert "按班组" in told
    closed = qa("promises", "close", number, "--how", "kept", "--by", "Li", "--json", cwd=site)
    assert closed.lines[0]["status"] == "kept"
    assert "kept" in qa("promises", "show", number, cwd=site).out
    assert number not in [str(one["id"]) for one in qa("promises", "--json", cwd=site).lines]
    again = qa("promises", "reopen", number, "--by", "Li", "--note", "no", "--json", cwd=site)
    assert again.lines[0]["status"] == "open"
    book = site / "promises.xlsx"
    assert qa("promises", "--to", book, cwd=site).status == 0
    assert openpyxl.load_workbook(book).active.max_row == len(listed) + 1


def test_complaints_are_shown_acted_on_and_exported_by_department(site: Path) -> None:
    radar = qa("complaints", "--days", "28", "--json", cwd=site).lines[0]
    assert radar["complaints"] > 0
    assert radar["lines"][0]["examples"][0]["quote"]
    assert "投诉雷达" in qa("complaints", cwd=site, lang="zh").out
    act = ("complaints", "act", "billing", "--what", "=cmd()", "--owner", "Li", "--by", "Wang")
    made = qa(*act, "--from", "2025-02-20", "--json", cwd=site).lines[0]
    assert made["action"]["id"] == "A0001"
    assert made["verdict"] in ("cannot_tell", "no_clear_change", "fewer", "more")
    book = site / "complaints.xlsx"
    assert qa("complaints", "--days", "28", "--to", book, cwd=site, lang="zh").status == 0
    sheets = openpyxl.load_workbook(book)
    assert "账务部" in sheets.sheetnames
    assert all(c.data_type != "f" for s in sheets for row in s.iter_rows() for c in row)
    done = qa("complaints", "done", "A0001", "--by", "Wang", "--json", cwd=site).lines[0]
    assert done["action"]["status"] == "done"


def test_reports_in_every_form(site: Path) -> None:
    for period in ("--day", "--week", "--month"):
        found = qa("report", period, "2025-03-05", "--json", cwd=site).lines[0]
        assert found["period"] == period[2:]
    for lang in ("zh", "en"):
        target = site / f"report-{lang}.pdf"
        assert qa("report", "--month", "--to", target, cwd=site, lang=lang).status == 0
        assert target.read_bytes().startswith(b"%PDF")
    assert "下一步" in qa("report", "2025-03-05", cwd=site, lang="zh").out
    assert "Next actions" in qa("report", "2025-03-05", cwd=site).out


def test_today_puts_overdue_first(site: Path) -> None:
    lines = qa("today", "--on", "2025-03-05", "--json", cwd=site).lines
    late = [max(one["late_days"], 0) for one in lines]
    assert late == sorted(late, reverse=True)
    assert {"promise", "fatal"} & {one["kind"] for one in lines}
    assert "待办" in qa("today", "--on", "2025-03-05", cwd=site, lang="zh").out


def test_outcomes_and_targets(site: Path) -> None:
    calls = [one["call_id"] for one in qa("promises", "--json", cwd=site).lines]
    rows = ["通话ID,满意度", *(f"{call},{n % 5 + 1}" for n, call in enumerate(calls))]
    (site / "o.csv").write_text("\n".join(rows), "utf-8")
    assert qa("outcomes", "import", "o.csv", cwd=site).status == 0
    assert any(one.get("metric") == "csat" for one in qa("outcomes", "--json", cwd=site).lines)
    assert "因果" in qa("outcomes", cwd=site, lang="zh").out
    made = qa("target", "set", "1003", "csat", "4.5", "--by", "Wang", "--json", cwd=site).lines[0]
    assert made["target"]["metric"] == "csat"
    acked = qa("target", "ack", "T0001", "--by", "1003", "--json", cwd=site).lines[0]
    assert acked["target"]["acknowledged"][0]["by"] == "1003"
    assert "1003" in qa("target", cwd=site, lang="zh").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("promises", "--csr", "9999"), "QA850"),
        (("promises", "--team", "T9"), "QA880"),
        (("promises", "close", "1"), "QA861"),
        (("promises", "show", "99999"), "QA616"),
        (("promises", "--to", "p.doc"), "QA520"),
        (("complaints", "act", "no", "--what", "w", "--owner", "o", "--by", "b"), "QA881"),
        (("complaints", "done", "A9", "--by", "b"), "QA882"),
        (("complaints", "act"), "QA861"),
        (("outcomes", "import"), "QA861"),
        (("outcomes", "import", "no.csv"), "QA801"),
        (("target", "set", "1003", "joy", "1", "--by", "b"), "QA883"),
        (("target", "set", "9999", "score", "90", "--by", "b"), "QA850"),
        (("report", "--day", "--week"), "QA888"),
        (("report", "--to", "no/such.pdf"), "QA521"),
        (("today", "--team", "T9"), "QA880"),
    ],
)
def test_wrong_use_is_told(site: Path, words: tuple[str, ...], code: str) -> None:
    ran = qa(*words, cwd=site)
    assert ran.status == 2
    assert code in ran.err
    assert "Traceback" not in ran.err


def test_an_empty_site_answers(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    assert qa("init", folder, cwd=tmp_path).status == 0
    assert "No such promises" in qa("promises", cwd=folder).out
    for command in ("complaints", "report"):
        ran = qa(command, cwd=folder)
        assert (ran.status, "QA887" in ran.err) == (2, True)
    assert qa("today", cwd=folder).status == 0
    assert json.dumps(qa("outcomes", "--json", cwd=folder).lines) == "[]"
