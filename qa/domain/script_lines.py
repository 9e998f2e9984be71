"""Single lines of a `.call` script: times, roles, events, expectations."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, get_args

from qa.domain.rules import Verdict
from transcribe.errors import CodedError
from transcribe.transcript import Speaker

ROLES: dict[str, Speaker] = {
    "csr": "csr", "座席": "csr", "坐席": "csr", "客服": "csr", "agent": "csr",
    "customer": "customer", "客户": "customer", "顾客": "customer",
    "unknown": "unknown", "未知": "unknown",
}  # fmt: skip
VERDICTS: dict[str, Verdict] = {verdict: verdict for verdict in get_args(Verdict)} | {
    "达标": "met", "未达标": "not_met", "不适用": "not_applicable", "待人工": "undecided",
}  # fmt: skip
EVENTS = {
    "hold": "hold", "保持": "hold", "transfer": "transfer", "转接": "transfer",
    "hangup": "hangup", "挂机": "hangup", "挂断": "hangup",
    "acw": "acw", "话后处理": "acw",
}  # fmt: skip
_CLOCK = r"\d{1,3}(?:[:：]\d{1,2}){1,2}(?:\.\d+)?"
_TIMED = re.compile(rf"^(?P<start>{_CLOCK})(?:\s*[-–—~]\s*(?P<end>{_CLOCK}))?(?=\s|$)\s*")
_CLOCK_PARTS = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:\.(\d{1,3}))?$")
# A role may carry its turn's level, "csr@-32: ...".
_ROLE = re.compile(
    r"^(?P<role>[^\s:：@]{1,20})(?:@(?P<level>-\d{1,2}(?:\.\d{1,2})?)\s?(?:dBFS)?)?"
    r"\s*[:：]\s*(?P<text>.*)$"
)
_EXPECTED = re.compile(r"(?:^|\s)#\s*(?P<list>[A-Z]{2,5}-\d+\b.*)$")
_ONE_EXPECTED = re.compile(r"^(?P<rule>[A-Z]{2,5}-\d{3})\s+(?P<verdict>\S+)$")
_SECONDS = re.compile(r"^(\d{1,6}(?:\.\d{1,3})?)\s*(?:s|sec|seconds|秒)?$", re.IGNORECASE)


class Line(NamedTuple):
    """One line that is a turn (`role`) or an event; `end_known` when its end was written.

    level_dbfs: how loud the turn is; None where the script does not say.
    """

    number: int
    start_s: float | None
    end_s: float | None
    role: Speaker | None
    text: str
    event: str = ""
    length_s: float | None = None
    column: int = 1
    end_known: bool = False
    level_dbfs: float | None = None


class Place(NamedTuple):
    """Where a line stands, for error messages."""

    name: str
    line: int

    def at(self, column: int) -> str:
        return f"{self.name or 'script'}:{self.line}:{column}"


def seconds_of(clock: str) -> float | None:
    """Seconds of "MM:SS.s" or "HH:MM:SS.s" to the millisecond; None when it is no time."""
    found = _CLOCK_PARTS.match(clock.replace("：", ":"))
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return (whole * 1000 + int((fraction or "0").ljust(3, "0"))) / 1000


def clock_of(time_s: float) -> str:
    """ "MM:SS.s", with milliseconds only where the time has them; minutes run past 60."""
    ms = round(time_s * 1000)
    minutes, ms = divmod(ms, 60_000)
    hours = ""
    if minutes > 999:
        hours, minutes = f"{minutes // 60:02d}:", minutes % 60
    seconds, ms = divmod(ms, 1000)
    fraction = f"{ms:03d}".rstrip("0") or "0"
    return f"{hours}{minutes:02d}:{seconds:02d}.{fraction}"


def length_of(text: str) -> float | None:
    """Seconds of "75s", "75.5", "75秒" or "1:15"; None when it is no length."""
    found = _SECONDS.match(text.strip())
    return float(found.group(1)) if found else seconds_of(text.strip())


def split_expectations(
    body: str, place: Place, offset: int, errors: list[CodedError]
) -> tuple[str, list[tuple[str, Verdict]]]:
    """The line without its expectations, and the expectations as (rule id, verdict).

    Only what looks like “# RULE-1…” counts; any other # belongs to the text.
    """
    found = _EXPECTED.search(body)
    if not found:
        return body, []
    expected: list[tuple[str, Verdict]] = []
    for part in re.split(r"\s*[,，;；]\s*", found.group("list").strip()):
        one = _ONE_EXPECTED.match(part)
        if one and one.group("verdict") in VERDICTS:
            expected.append((one.group("rule"), VERDICTS[one.group("verdict")]))
        else:
            errors.append(
                CodedError(
                    "QA363",
                    place=place.at(offset + found.start("list") + 1),
                    expectation=part,
                    verdicts=", ".join(get_args(Verdict)),
                )
            )
    return body[: found.start()].rstrip(), expected


def read_line(body: str, place: Place, offset: int, errors: list[CodedError]) -> Line | None:
    """The turn or event of one line without its expectations; None after an error.

    offset: how many characters of the line stand before `body`.
    """
    timed = _TIMED.match(body)
    start_s = end_s = None
    rest = body
    if timed:
        rest = body[timed.end() :]
        times = []
        for group in ("start", "end"):
            clock = timed.group(group)
            time_s = seconds_of(clock) if clock else None
            if clock and time_s is None:
                at = place.at(offset + timed.start(group) + 1)
                errors.append(CodedError("QA355", place=at, time=clock))
                return None
            times.append(time_s)
        start_s, end_s = times
        if start_s is not None and end_s is not None and end_s < start_s:
            at = place.at(offset + timed.start("end") + 1)
            errors.append(CodedError("QA359", place=at, start_s=start_s, end_s=end_s))
            return None
    column = offset + len(body) - len(rest) + 1
    if rest.startswith("--"):
        line = _event(rest[2:].strip(), place.at(column), errors)
        if line and line.length_s is not None and end_s is not None:
            at = place.at(column)
            wanted = f"{clock_of(start_s or 0.0)}-{clock_of(end_s)} -- {line.event}"
            errors.append(
                CodedError("QA361", place=at, event=line.event, value=rest, wanted=wanted)
            )
        return line and line._replace(
            number=place.line, start_s=start_s, end_s=end_s, column=column
        )
    return _turn(rest, start_s, end_s, (place, column), errors)


def _turn(
    rest: str,
    start_s: float | None,
    end_s: float | None,
    where: tuple[Place, int],
    errors: list[CodedError],
) -> Line | None:
    place, column = where
    said = _ROLE.match(rest)
    if start_s is None or not said:
        errors.append(CodedError("QA354", place=place.at(column), line=rest[:60]))
        return None
    role = ROLES.get(said.group("role").lower())
    if role is None:
        errors.append(
            CodedError(
                "QA356", place=place.at(column), role=said.group("role"), known=", ".join(ROLES)
            )
        )
        return None
    text = said.group("text").strip()
    if not text:
        errors.append(CodedError("QA357", place=place.at(column), role=said.group("role")))
        return None
    known = end_s is not None
    level = said.group("level")
    return Line(
        place.line,
        start_s,
        end_s,
        role,
        text,
        column=column,
        end_known=known,
        level_dbfs=None if level is None else float(level),
    )


def _event(said: str, at: str, errors: list[CodedError]) -> Line | None:
    name, _, value = said.partition(" ")
    value = value.strip()
    event = EVENTS.get(name.lower())
    if event is None:
        errors.append(CodedError("QA360", place=at, event=name, known=", ".join(EVENTS)))
        return None
    line = Line(0, None, None, None, "", event=event)
    if event == "hangup":
        role = ROLES.get(value.lower())
        if role in ("csr", "customer"):
            return line._replace(text=role)
        wanted = "-- hangup csr | customer"
    elif event == "transfer":
        return line._replace(text=re.sub(r"^(?:to|至|到)\s+", "", value))
    else:
        if value in ("", "?"):
            return line._replace(text=value)
        length_s = length_of(value)
        if length_s is not None:
            return line._replace(length_s=length_s)
        wanted = f"-- {event} 75s | -- {event} 1:15 | -- {event} ?"
    errors.append(CodedError("QA361", place=at, event=name, value=value, wanted=wanted))
    return None


def control_characters(
    lines: Iterable[str], name: str, report: Callable[[CodedError], None]
) -> None:
    """Reports the first control character of each line; tabs are allowed."""
    for number, line in enumerate(lines, start=1):
        for column, char in enumerate(line, start=1):
            if (char < " " and char != "\t") or "\x7f" <= char <= "\x9f" or char in "\u2028\u2029":
                at = Place(name, number).at(column)
                report(CodedError("QA369", place=at, character=f"U+{ord(char):04X}"))
                break
