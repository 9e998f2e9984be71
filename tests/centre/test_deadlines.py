"""Deadlines as people say them, turned into the last moment they leave."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.centre.deadlines import due_at
from qa.centre.workdays import Workdays, known_countries, workdays_of
from transcribe.transcript import Language

ZONE = ZoneInfo("Asia/Shanghai")
SAID = datetime(2025, 1, 8, 15, 30, tzinfo=ZONE)  # a Wednesday
CHINA = Workdays("CN")


def due(text: str, language: Language, said: datetime = SAID) -> str | None:
    found = due_at(text, said, language=language, zone=ZONE, workdays=CHINA)
    return None if found is None else f"{found.astimezone(ZONE):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("24小时内", "01-09 15:30"),
        ("二十四小时", "01-09 15:30"),
        ("24到48小时", "01-10 15:30"),
        ("半小时内", "01-08 16:00"),
        ("一个半小时", "01-08 17:00"),
        ("两个工作日内", "01-10 23:59"),
        ("三到五个工作日内", "01-15 23:59"),
        ("1-3个工作日", "01-13 23:59"),
        ("两三天", "01-11 23:59"),
        ("一周内", "01-15 23:59"),
        ("一个月内", "02-08 23:59"),
        ("今天下午", "01-08 18:00"),
        ("今晚", "01-08 22:00"),
        ("下班前", "01-08 18:00"),
        ("晚上八点前", "01-08 20:00"),
        ("明天", "01-09 23:59"),
        ("明早", "01-09 12:00"),
        ("明天下午五点之前", "01-09 17:00"),
        ("明天两点半", "01-09 14:30"),
        ("大后天", "01-11 23:59"),
        ("周五", "01-10 23:59"),
        ("周三之前", "01-15 23:59"),
        ("下周一", "01-13 23:59"),
        ("本周内", "01-12 23:59"),
        ("下周", "01-19 23:59"),
        ("月底", "01-31 23:59"),
        ("三月底", "03-31 23:59"),
        ("3号之前", "02-03 23:59"),
        ("本月15号", "01-15 23:59"),
        ("下个月五号", "02-05 23:59"),
        ("几天", None),
        ("尽快", None),
        ("三十二号", None),
    ],
)
def test_chinese(text: str, wanted: str | None) -> None:
    assert due(text, "zh") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("within 24 hours", "01-09 15:30"),
        ("Within Twenty-Four hours", "01-09 15:30"),
        ("24 to 48 hours", "01-10 15:30"),
        ("in half an hour", "01-08 16:00"),
        ("in 2 business days", "01-10 23:59"),
        ("3-5 business days", "01-15 23:59"),
        ("next business day", "01-09 23:59"),
        ("in a couple of days", "01-10 23:59"),
        ("within a week", "01-15 23:59"),
        ("by friday", "01-10 23:59"),
        ("by wednesday", "01-15 23:59"),
        ("next monday", "01-13 23:59"),
        ("tomorrow", "01-09 23:59"),
        ("by tomorrow before five o'clock", "01-09 17:00"),
        ("by 10:30 am tomorrow", "01-09 10:30"),
        ("between 2 and 4 pm tomorrow", "01-09 16:00"),
        ("first thing tomorrow morning", "01-09 12:00"),
        ("this afternoon", "01-08 18:00"),
        ("tonight", "01-08 22:00"),
        ("by 5 pm", "01-08 17:00"),
        ("close of business", "01-08 18:00"),
        ("by the end of the week", "01-10 23:59"),
        ("by the end of the month", "01-31 23:59"),
        ("by the 15th", "01-15 23:59"),
        ("by march 3rd", "03-03 23:59"),
        ("as soon as possible", None),
        ("in a few days", None),
        ("within one billing cycle", None),
        ("in 99 months", None),
    ],
)
def test_english(text: str, wanted: str | None) -> None:
    assert due(text, "en") == wanted


def test_an_hour_that_is_over_leaves_the_day() -> None:
    assert due("中午之前", "zh") == "01-08 23:59"


def test_moved_working_days_count() -> None:
    """26 January 2025 is a Sunday that China works; 28 January to 4 February is the holiday."""
    friday = datetime(2025, 1, 24, 10, tzinfo=ZONE)
    assert due("一个工作日内", "zh", friday) == "01-26 23:59"
    assert due("三个工作日内", "zh", friday) == "02-05 23:59"


def test_a_site_adds_its_own_days() -> None:
    own = workdays_of("", (date(2025, 1, 9),), (date(2025, 1, 11),))
    assert own.after(date(2025, 1, 8), 2) == date(2025, 1, 11)
    assert Workdays("").after(date(2025, 1, 8), 3) == date(2025, 1, 13)
    assert {"CN", "GB", "US"} <= set(known_countries())


def test_the_day_is_the_site_s() -> None:
    """One in the morning in Shanghai is still the day before in UTC."""
    said = datetime(2025, 1, 8, 17, 0, tzinfo=UTC)
    found = due_at("明天", said, language="zh", zone=ZONE, workdays=CHINA)
    assert found == datetime(2025, 1, 10, 15, 59, tzinfo=UTC)


@given(
    text=st.text(
        "零一二两三五十百半0129个小时天工作日周星期下本月底号点明后今晚上午下之内前到", max_size=12
    ),
    minutes=st.integers(0, 60 * 24 * 500),
)
def test_nothing_said_is_due_before_it_was_said(text: str, minutes: int) -> None:
    said = SAID + timedelta(minutes=minutes)
    found = due_at(text, said, language="zh", zone=ZONE, workdays=CHINA)
    assert found is None or said < found <= said + timedelta(days=731)


WORDS = (
    "within in by before 2 24 99 the a couple of business days hours weeks months friday "
    "next tomorrow end 31st february 30th at 25 12 pm am to"
)


@given(text=st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join))
def test_no_english_words_break_it(text: str) -> None:
    found = due_at(text, SAID, language="en", zone=ZONE, workdays=CHINA)
    assert found is None or SAID < found <= SAID + timedelta(days=731)
