"""Calendar, pair sheet and session tables as people open them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from qa.domain.curriculum import Curriculum, PlannedSession, SessionProgress
from qa.domain.one_to_one import Clip
from qa.domain.pair_sheet import PairSheet
from qa.domain.text import Text
from qa.reports.calendar import curriculum_ics
from qa.reports.curriculum import curriculum_tables
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
    table = curriculum_tables([progress], {}, language="zh")[0]
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["planned"], row["came"], row["missing"], row["title"]) == (2, 1, "1002", None)


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
