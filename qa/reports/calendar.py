"""Planned sessions as a calendar file that every mail program reads."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from qa.domain.coaching import Course
from qa.domain.curriculum import Curriculum
from transcribe.transcript import Language


def curriculum_ics(
    plan: Curriculum,
    courses: Mapping[str, Course],
    *,
    zone: ZoneInfo,
    made_at: datetime,
    language: Language,
) -> bytes:
    """The sessions as iCalendar (RFC 5545); the same session keeps its UID when it moves.

    zone: of the sessions' times. made_at: when the file is made, which the format demands.
    """
    from icalendar import Calendar, Event  # only for this export

    calendar = Calendar()
    calendar.add("prodid", "-//callgrade//curriculum//EN")
    calendar.add("version", "2.0")
    for one in plan.sessions:
        course = courses.get(one.course)
        title = course.title.of(language) if course else ""
        event = Event()
        event.add("uid", f"{plan.quarter}-{one.id}@callgrade")
        event.add("dtstamp", made_at)
        event.add("dtstart", one.at.replace(tzinfo=zone))
        event.add("dtend", one.until.replace(tzinfo=zone))
        event.add("summary", f"{one.course} {title}".strip())
        label = "学员" if language == "zh" else "CSRs"
        event.add("description", f"{label}: {', '.join(one.csrs)}\n{one.why}")
        if one.trainer:
            event.add("location", one.trainer)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
