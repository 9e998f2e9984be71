"""Calendar, pair sheet and session tables as people open them."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from icalendar import Calendar

from qa.domain.curriculum import Curriculum, Gap, PlannedSession, SessionProgress
from qa.domain.one_to_one import Clip
from qa.domain.pair_sheet import PairSheet
from qa.domain.text import Text
from qa.reports.calendar import curriculum_ics
from qa.reports.curriculum import curriculum_tables, matrix_tables
from qa.reports.export import write_tables
from qa.reports.pair_sheet import pair_sheet_pdf
from transcribe.transcript import Language

SESSION = PlannedSession(id="S001", course="C4", start="2025-04-07 14:30", minutes=60,
                         trainer="王;老师,", csrs=("1001", "1002"), why="x\nBEGIN:")  # fmt: skip
PLAN = Curriculum(quarter="2025-Q2", sessions=(SESSION,))
EVIL = Text(zh='#panic("x") *[开场]* $', en='#panic("x") *[open]* $')


def test_the_calendar_is_read_back_by_another_reader() -> None:
    made = curriculum_ics(PLAN, {}, zone=ZoneInfo("Asia/Shanghai"),
                          made_at=datetime(2025, 4, 1, tzinfo=UTC), language="zh")  # fmt: skip
    events = Calendar.from_ical(made).walk("VEVENT")
    assert len(events) == 1  # what a person wrote cannot begin another
    event = events[0]
    assert event["UID"] == "2025-Q2-S001@callgrade"
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2025, 4, 7, 6, 30, tzinfo=UTC)
    assert (event.decoded("DTEND") - event.decoded("DTSTART")).total_seconds() == 3600
    assert "1001, 1002" in event["DESCRIPTION"]
    assert event["LOCATION"] == "王;老师,"


def test_sessions_as_a_table_keep_a_course_that_is_gone() -> None:
    progress = SessionProgress(session=SESSION, attended=("1001",), missing=("1002",), held=True)
    table = curriculum_tables([progress], {}, language="en")[0]
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["planned"], row["came"], row["missing"], row["title"]) == (2, 1, "1002", None)
    waits = progress.model_copy(update={"held": False})
    chinese = curriculum_tables([waits], {}, language="zh")[0]
    assert chinese.columns[:2] == ("场次", "开始")
    assert dict(zip(chinese.columns, chinese.rows[0], strict=True))["缺"] is None


def test_gaps_and_cohorts_speak_the_readers_language() -> None:
    gap = Gap(group="T1", skill="opening", met_share=0.5, low=0.4, high=0.6, chances=9, calls=9,
              csrs=3, lost_points_a_call=1.0, standing="below")  # fmt: skip
    for language, skill, wanted in (("zh", "开场", "确实低于全中心"), ("en", "Opening", "below")):
        spoken: Language = "zh" if language == "zh" else "en"
        teams, _, cohorts = matrix_tables([gap], [], [], titles={"opening": skill}, language=spoken)
        assert (teams.rows[0][1], teams.rows[0][-1]) == (skill, wanted)
        assert len(cohorts.columns) == 7


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pair_sheet_is_one_page_and_nothing_is_read_as_markup(language: Language) -> None:
    clip = Clip(call_id="a", start_s=65.2, item="OPEN-1", reason=EVIL, say=("您好",))
    sheet = PairSheet(csr_id="1001", peer_id="1002", skill=EVIL, why=EVIL, places=(clip,) * 3,
                      examples=(clip,) * 2)  # fmt: skip
    made = pair_sheet_pdf(sheet, language)
    assert made.startswith(b"%PDF")
    assert b"NotoSansCJK" in made
    assert b"/Count 1" in made
    assert pair_sheet_pdf(PairSheet(csr_id="1", peer_id="2", skill=EVIL, why=EVIL), language)


def made_of(plan: Curriculum, *, zone: str = "America/New_York") -> bytes:
    return curriculum_ics(plan, {}, zone=ZoneInfo(zone), made_at=datetime(2025, 4, 1, tzinfo=UTC),
                          language="zh")  # fmt: skip


def test_the_calendar_keeps_the_format_to_the_byte() -> None:
    long = SESSION.model_copy(update={"why": "每月多失分，安静时段开课。" * 20})
    made = made_of(PLAN.model_copy(update={"sessions": (long,)}))
    assert made.endswith(b"END:VCALENDAR\r\n")
    lines = made.split(b"\r\n")
    assert not [line for line in lines if b"\n" in line or b"\r" in line]
    assert max(len(line) for line in lines) <= 75  # octets, RFC 5545 3.1
    for line in lines:
        line.decode("utf-8")  # no character is cut in two
    (event,) = Calendar.from_ical(made).walk("VEVENT")
    assert event["DESCRIPTION"].endswith(long.why)


def test_the_calendar_tells_its_zone_through_a_change_of_the_clock() -> None:
    winter = SESSION.model_copy(update={"id": "S000", "start": "2025-01-07 14:30"})
    calendar = Calendar.from_ical(made_of(PLAN.model_copy(update={"sessions": (winter, SESSION)})))
    zones = {str(one["TZID"]) for one in calendar.walk("VTIMEZONE")}
    events = calendar.walk("VEVENT")
    assert {one["DTSTART"].params["TZID"] for one in events} <= zones
    hours = [one.decoded("DTSTART").astimezone(UTC).hour for one in events]
    assert hours == [19, 18]  # 14:30 in New York, in winter and in summer time


def test_a_session_that_moves_keeps_its_uid() -> None:
    moved = SESSION.model_copy(update={"start": "2025-04-09 10:00", "trainer": "赵"})
    uids = [
        [str(one["UID"]) for one in Calendar.from_ical(made_of(plan)).walk("VEVENT")]
        for plan in (PLAN, PLAN.model_copy(update={"sessions": (moved,)}))
    ]
    assert uids[0] == uids[1]


def test_sessions_in_a_workbook_hold_no_formula_and_keep_their_header(tmp_path: Path) -> None:
    evil = SESSION.model_copy(update={"trainer": "=1+1", "why": "@SUM(A1)", "csrs": ("+1", "-2")})
    progress = SessionProgress(session=evil, attended=("+1",), missing=("-2",), held=True)
    made = curriculum_tables([progress], {}, language="zh")
    write_tables(tmp_path / "q.xlsx", made, language="zh")
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    for sheet, table in zip(book, made, strict=True):
        assert [cell.value for cell in sheet[1]] == list(table.columns)
        assert sheet.freeze_panes is not None
        assert int(sheet.freeze_panes[1:]) == 2  # the first row stays
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        assert not [text for text in texts if text[:1] in "=+-@"]
        assert [text for text in texts if "1+1" in text]
