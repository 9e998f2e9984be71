"""A deadline as people say it, turned into the last moment it leaves; None where none is clear.

The reading is the CSR's most lenient one: of a range the longer end, "tomorrow" until that day's
end. A vague word ("soon", 尽快, 几天) has no due time.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from qa.centre.deadlines_en import read_en
from qa.centre.deadlines_zh import read_zh
from qa.centre.spans import end_of
from qa.centre.workdays import Workdays
from transcribe.text import normalise
from transcribe.transcript import Language


def due_at(
    deadline: str, said_at: datetime, *, language: Language, zone: ZoneInfo, workdays: Workdays
) -> datetime | None:
    """The moment after which the promise is overdue, in UTC; None where the words name none.

    deadline: as written. said_at: aware; the words' days and hours are the
    site's, of `zone`.
    """
    said = said_at.astimezone(UTC).astimezone(zone)
    read = read_zh if language == "zh" else read_en
    text = normalise(deadline)[0].replace("’", "'")
    if language == "en":  # twenty-four, not 3-5
        text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    found = read(text, said.date())
    return None if found is None else end_of(found, said, workdays)
