"""Deadlines in English: within 24 hours, in two business days, by Friday, tomorrow before five."""

import re
from datetime import date, time, timedelta

from qa.centre.spans import (
    Amount,
    Moment,
    add_months,
    month_end,
    next_day_of_month,
    next_weekday,
)

_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_WORDS = _COUNTED.split()
_NUMBERS = {word: float(n) for n, word in enumerate(_WORDS)} | {
    "a": 1.0, "an": 1.0, "the": 1.0, "one": 1.0, "a couple of": 2.0, "couple of": 2.0,
    "half an": 0.5, "half a": 0.5, "thirty": 30.0, "forty": 40.0, "forty five": 45.0,
    "forty eight": 48.0, "seventy two": 72.0, "sixty": 60.0, "ninety": 90.0, "fifty": 50.0,
    "twenty four": 24.0, "twenty five": 25.0, "twenty one": 21.0,
}  # fmt: skip
_N = r"(?:\d+(?:\.\d+)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_HOUR = r"(?:\d{1,2}|" + "|".join(_WORDS[1:13]) + ")"
_UNITS = {
    "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour", "day": "day",
    "week": "week", "month": "month", "fortnight": "week",
}  # fmt: skip
_AMOUNT = re.compile(
    rf"\b(?P<first>{_N}) ?(?:(?:to|or|-|–) ?(?P<last>{_N}) ?)?(?:and a (?P<half>half) )?"
    r"(?P<kind>(?:more |full |next )*(?:business |working |work |calendar )?)"
    r"(?P<unit>minute|min|hour|hr|day|week|month|fortnight)s?\b"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AHEAD = {"tomorrow": 1, "overnight": 1, "next day": 1, "next morning": 1,
          "the day after tomorrow": 2}  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAY = re.compile(
    r"\b(?:(?P<ahead>the day after tomorrow|tomorrow|later today|today|tonight|overnight|same day"
    r"|next day|next morning|midnight|next (?:business|working) day)"
    r"|(?P<which>next |this )?(?P<weekday>" + "|".join(_WEEKDAYS) + r")"
    r"|(?P<span>(?:the )?end of (?:the |this |next )?(?:week|month|day|business|year)"
    r"|this week|next week|this month|next month|this weekend|the weekend|this morning"
    r"|this afternoon|this evening|close of business|cob|eod)"
    r"|(?P<month>" + "|".join(_MONTHS) + r") (?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<number>\d{1,2})(?:st|nd|rd|th)(?: of (?P<of>" + "|".join(_MONTHS) + r"))?)\b"
)
_PART = re.compile(
    r"\b(?P<part>morning|lunch(?:time)?|noon|midday|afternoon|evening|night|tonight"
    r"|end of (?:the )?(?:business )?day|close of business|end of business|first thing)\b"
)
_PARTS = {"lunch": "noon", "lunchtime": "noon", "midday": "noon", "night": "evening",
          "tonight": "evening", "first thing": "morning"}  # fmt: skip
_CLOCK = re.compile(
    rf"\b(?:by|before|at|until|around|about|between \S+ (?:and|to)) (?P<hour>{_HOUR})"
    r"(?!st|nd|rd|th)(?:[:.](?P<minute>\d\d))?(?: ?(?P<half>am|pm)\b| o ?'?clock| oclock)?"
    r"(?! (?:business|working|minutes?|hours?|days?|weeks?|months?))"
)


def number_of(text: str) -> float:
    """The number that digits or words name."""
    return _NUMBERS[text] if text in _NUMBERS else float(text)


def read_en(text: str, said: date) -> Amount | Moment | None:
    """What the words name. text: normalised; said: the day they were said."""
    named = _DAY.search(text)
    if named:
        found = _named(named, text, said)
        if found is not None:
            return found
    amount = _AMOUNT.search(text)
    if amount:
        return _amount(amount)
    clock, part = _clock(text), _part(text)
    if clock is not None or part != "day":
        return Moment(None, part, clock)
    return None


def _amount(match: re.Match[str]) -> Amount:
    count = number_of(match["last"] or match["first"]) + (0.5 if match["half"] else 0.0)
    unit = _UNITS[match["unit"]]
    if unit == "day" and re.search(r"business|work", match["kind"]):
        unit = "workday"
    if match["unit"] == "fortnight":
        count *= 2
    return Amount(count, unit)  # type: ignore[arg-type]


def _named(match: re.Match[str], text: str, said: date) -> Amount | Moment | None:
    day: date | None
    if match["ahead"] in ("next business day", "next working day"):
        return Amount(1, "workday")
    if match["ahead"]:
        day = said + timedelta(days=_AHEAD.get(match["ahead"], 0))
    elif match["weekday"]:
        day = _weekday((match["which"] or "").strip(), _WEEKDAYS.index(match["weekday"]), said)
    elif match["span"]:
        return _span(match["span"], text, said)
    elif match["month"]:
        day = _date(_MONTHS.index(match["month"]) + 1, int(match["day"]), said)
    elif match["of"]:
        day = _date(_MONTHS.index(match["of"]) + 1, int(match["number"]), said)
    else:
        day = next_day_of_month(said, int(match["number"]))
    return None if day is None else Moment(day, _part(text), _clock(text))


def _span(words: str, text: str, said: date) -> Moment:
    sunday = said + timedelta(days=6 - said.weekday())
    friday = sunday - timedelta(days=2)
    if words in ("this morning", "this afternoon", "this evening"):
        return Moment(said, words.split()[1], _clock(text))
    if words.endswith(("day", "business", "eod", "cob")):
        return Moment(said, "office" if "business" in words or words == "cob" else "day")
    if words.endswith("year"):
        return Moment(date(said.year, 12, 31))
    later = "next" in words
    if words.endswith("month"):
        return Moment(month_end(add_months(said.replace(day=1), 1 if later else 0)))
    if words.endswith("weekend") or friday < said:
        return Moment(sunday + timedelta(days=7 * later))
    return Moment((friday if "end of" in words else sunday) + timedelta(days=7 * later))


def _weekday(which: str, weekday: int, said: date) -> date:
    """Said of a Friday on a Friday, the next one is meant. "Next" is the week after this."""
    if which == "next":
        monday = said - timedelta(days=said.weekday())
        return monday + timedelta(days=7 + weekday)
    return next_weekday(said, weekday)


def _date(month: int, number: int, said: date) -> date | None:
    first = date(said.year + (month < said.month), month, 1)
    return first.replace(day=number) if 1 <= number <= month_end(first).day else None


def _part(text: str) -> str:
    match = _PART.search(text)
    if not match:
        return "day"
    words = match["part"]
    if "business" in words:
        return "office"
    return "day" if words.startswith("end of") else _PARTS.get(words, words)


def _clock(text: str) -> time | None:
    match = _CLOCK.search(text)
    if not match:
        return None
    hour = number_of(match["hour"])
    if not 1 <= hour <= 24 or hour != int(hour):
        return None
    whole = int(hour)
    if match["half"] == "pm" and whole < 12:
        whole += 12
    elif match["half"] == "am":
        whole %= 12
    elif not match["half"] and 1 <= whole <= 7:
        whole += 12  # "by five": an office is open then in the afternoon (guess)
    return time(23, 59) if whole > 23 else time(whole, int(match["minute"] or 0) % 60)
