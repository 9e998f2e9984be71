"""Outcomes, targets and the manager's report, from stored calls."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from qa.domain.centre_report import CentreReport
from qa.domain.outcomes import Target
from qa.flow.centre_report import days_of, report_of
from qa.flow.gathered import Gathered, gathered
from qa.flow.item_moves import item_moves
from qa.flow.outcomes import beside, import_benchmarks, import_outcomes, metric_of
from qa.flow.site import init_site
from qa.flow.targets import acknowledge, attainment, save_target, target_of
from qa.reports.centre_report import report_tables
from qa.reports.centre_report_pdf import report_pdf
from qa.reports.export import write_tables
from qa.store.centre_views import CallMarks
from tests.flow.talks import ANGRY, PROMISE, START, keep, talk
from transcribe.errors import CodedError, CodedErrors

DAY = date(2025, 3, 3)
SCORE = Target(
    id="T0001", scope="csr", whom="1023", metric="score", value=50, from_day=DAY,
    to_day=DAY + timedelta(days=30), set_by="Wang",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gathered]:
    folder = tmp_path_factory.mktemp("centre") / "site"
    init_site(folder)
    found = gathered(str(folder))
    keep(
        found,
        talk("c1", 0, csr=PROMISE),
        talk("c2", 1, customer=ANGRY, key="=HYPERLINK(1)"),
        talk("c3", 2, key="k3"),
        talk("c0", -100, key="k3"),
    )
    yield found
    found.store.close()


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_outcomes_are_imported_by_their_chinese_names(site: Gathered, tmp_path: Path) -> None:
    rows = "通话ID,满意度,是否解决,成交金额\nc1,非常满意,是,12.5\nc2,2,未解决,\nc3,4,是,0\n"
    path = table(tmp_path, rows, "gb18030")
    first = import_outcomes(path, site, now=START, by="Li")
    assert (first.new, first.corrected, first.errors) == (8, 0, ())
    again = import_outcomes(path, site, now=START, by="Li")
    assert (again.new, again.corrected, again.unchanged) == (0, 0, 8)
    better = table(tmp_path, "call_id,csat\nc2,3\n")
    assert import_outcomes(better, site, now=START, by="Li").corrected == 1
    found = beside(site, first=DAY, last=DAY)
    assert {one.metric: one.value for one in found.levels} == {
        "csat": 4.0, "resolved": 0.6667, "sale_amount": 6.25,
    }  # fmt: skip
    assert {one.verdict for one in found.relations} == {"too_few"}  # three calls tell nothing
    assert beside(site, first=DAY + timedelta(days=9), last=DAY + timedelta(days=9)).levels == ()


def test_bad_rows_cost_themselves(site: Gathered, tmp_path: Path) -> None:
    path = table(tmp_path, "call_id,csat,resolved\nnone,5,yes\nc1,11,maybe\n,5,yes\n")
    found = import_outcomes(path, site, now=START, by="Li")
    assert [f"{one.code} {one.place}" for one in found.errors] == [
        "QA884 table.csv:2:1", "QA811 table.csv:3:2", "QA811 table.csv:3:3",
        "QA810 table.csv:4:1",
    ]  # fmt: skip
    with pytest.raises(CodedErrors) as caught:
        import_outcomes(table(tmp_path, "call_id,colour\nc1,red\n"), site, now=START, by="Li")
    assert caught.value.errors[0].code == "QA885"


def test_benchmarks_stand_beside(site: Gathered, tmp_path: Path) -> None:
    path = table(tmp_path, "指标,数值,来源\n满意度,4.2,行业报告\n解决率,82%,行业报告\n心情,1,x\n")
    found = import_benchmarks(path, site, now=START, by="Li")
    assert (found.new, [one.code for one in found.errors]) == (2, ["QA883"])
    figures = {one.metric: one.value for one in site.store.centre.benchmarks()}
    assert figures == {"csat": 4.2, "resolved": pytest.approx(0.82)}
    assert metric_of("item:OPEN-1") == "item:OPEN-1"


def test_a_target_is_agreed_by_both_and_says_how_sure(site: Gathered) -> None:
    save_target(site, SCORE, by="Wang", why="set", now=START)
    acknowledge(site, "T0001", "csr", by="1023", now=START)
    assert target_of(site, "T0001").status == "proposed"
    with pytest.raises(CodedError) as caught:
        acknowledge(site, "T0001", "csr", by="1023", now=START)
    assert caught.value.code == "QA886"
    assert acknowledge(site, "T0001", "manager", by="Wang", now=START).status == "agreed"
    stand = attainment(site, SCORE, today=DAY)
    assert (stand.level.calls, stand.reach) == (3, "unknown")
    assert stand.standing in ("reached", "cannot_tell")
    impossible = SCORE.model_copy(update={"value": 101})
    assert attainment(site, impossible, today=DAY).standing == "not_reached"
    assert attainment(site, SCORE, today=DAY - timedelta(days=1)).standing == "not_started"
    with pytest.raises(CodedError) as caught:
        target_of(site, "T9")
    assert caught.value.code == "QA882"


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("day", date(2025, 3, 5), date(2025, 3, 5)),
        ("week", date(2025, 3, 3), date(2025, 3, 9)),
        ("month", date(2025, 3, 1), date(2025, 3, 31)),
    ],
)
def test_a_period_s_days(period: str, first: date, last: date) -> None:
    assert days_of(period, date(2025, 3, 5)) == (first, last)  # type: ignore[arg-type]
    assert days_of("month", date(2024, 2, 29))[1] == date(2024, 2, 29)
    assert days_of("month", date(2025, 12, 1))[1] == date(2025, 12, 31)


def report(site: Gathered) -> CentreReport:
    return report_of(site, "week", DAY, titles=dict)


def test_the_report_counts_and_says_what_is_next(site: Gathered) -> None:
    found = report(site)
    assert (found.calls, found.calls_before, found.radar.complaints) == (3, 1, 1)
    assert (found.open_promises, found.overdue_promises) == (1, 1)
    assert [one.call_id for one in found.promises] == ["c1"]
    follow = [one for one in found.next_actions if "1 overdue promise" in one.what.en]
    assert [one.owner.en for one in follow] == ["lead of T1"]
    assert found.fell == found.rose == ()  # a handful of calls moves nothing


def test_items_that_surely_fell_are_told_and_chance_is_not() -> None:
    def calls(met_of: dict[str, float], period: int) -> list[CallMarks]:
        made = []
        for n in range(400):
            marks = " ".join(
                f"{item}{'+' if (n * 7919 + period) % 100 < 100 * share else '-'}"
                for item, share in met_of.items()
            )
            csr = str(n % 20)
            made.append(
                CallMarks(f"{n}", csr, "T", "q", "zh", 1, False, 90.0, 1.0, None, False, marks)
            )
        return made

    before = calls({"A-1": 0.9, "B-1": 0.8, "C-1": 0.7}, 0)
    now = calls({"A-1": 0.6, "B-1": 0.8, "C-1": 0.72}, 1)
    moves = item_moves(now, before)
    assert [one.item for one in moves] == ["A-1"]
    assert moves[0].high < 0
    assert item_moves(now, []) == []


def test_exports_hold_no_formula(site: Gathered, tmp_path: Path) -> None:
    found = report(site)
    for language in ("zh", "en"):
        tables = report_tables(found, language=language)
        (path,) = write_tables(tmp_path / f"{language}.xlsx", tables, language=language)
        book = openpyxl.load_workbook(path)
        assert len(book.sheetnames) == len(tables)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)


def test_the_report_prints_in_both_languages(site: Gathered) -> None:
    found = report(site)
    for language in ("zh", "en"):
        assert report_pdf(found, language=language).startswith(b"%PDF")
