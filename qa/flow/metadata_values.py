"""Single values of a calls table: roles, times, events, paths, customers."""

import hashlib
import hmac
import json
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path, PureWindowsPath
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from qa.domain.call import CallEvent, Direction
from transcribe.errors import CodedError
from transcribe.transcript import Language, Speaker

DIRECTIONS: dict[str, Direction] = {
    "inbound": "inbound", "in": "inbound", "呼入": "inbound", "来电": "inbound",
    "outbound": "outbound", "out": "outbound", "呼出": "outbound", "外呼": "outbound",
    "去电": "outbound",
}  # fmt: skip
LANGUAGES: dict[str, Language | None] = {
    "zh": "zh", "zh-cn": "zh", "chinese": "zh", "mandarin": "zh", "中文": "zh", "普通话": "zh",
    "汉语": "zh", "en": "en", "en-us": "en", "en-gb": "en", "english": "en", "英文": "en",
    "英语": "en", "auto": None, "自动": None,
}  # fmt: skip
ROLES: dict[str, Speaker] = {
    "csr": "csr", "agent": "csr", "座席": "csr", "坐席": "csr", "客服": "csr",
    "customer": "customer", "caller": "customer", "client": "customer", "客户": "customer",
    "顾客": "customer", "unknown": "unknown", "未知": "unknown",
}  # fmt: skip
V = TypeVar("V")
MAX_PATH_CHARACTERS = 1000  # guess: longer ones cannot be opened on common systems
NONE_WORDS = ("none", "无", "没有", "[]")
_KINDS = {
    "hold": "hold", "保持": "hold", "transfer": "transfer", "转接": "transfer",
    "acw": "after_call_work", "after_call_work": "after_call_work",
    "话后处理": "after_call_work", "话后": "after_call_work",
}  # fmt: skip
_CLOCK = r"(?:\d{1,3}:)?(?:\d{1,3}:\d{2}(?:\.\d+)?|\d{1,6}(?:\.\d+)?)s?"
_EVENT = re.compile(
    rf"^(?P<kind>[^\W\d]+)?\s*(?P<start>{_CLOCK})\s*(?:-\s*(?P<end>{_CLOCK})?)?"
    r"\s*(?:(?:to|至|到)\s*(?P<to>.+))?$"
)
_EVENTS = TypeAdapter(tuple[CallEvent, ...])
_MOMENT = re.compile(
    r"^(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"[T\s,]*(?P<half>上午|凌晨|早上|中午|下午|晚上)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})\s*"
    r"(?:[:分]\s*(?:(?P<second>\d{1,2})(?:\.(?P<fraction>\d{1,6}))?\s*秒?)?)?)?"
    r"\s*(?P<ampm>[AP]M)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})[T\s]?(\d{2})(\d{2})(\d{2})?$")
_EPOCH = re.compile(r"^(\d{10})(?:\.\d+|\d{3})?$")
_EXPONENT = re.compile(r"^\d(?:\.\d+)?E\+\d+$", re.IGNORECASE)
STARTED_WANTED = (
    "2026-03-02 09:15:30, 2026/3/2 9:15, 2026年3月2日 9时15分, 2026-03-02T09:15:30+08:00"
)


class Wrong(Exception):
    """A value that is not understood; `error` lacks only its place and column."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def at(self, place: str, column: str) -> CodedError:
        return CodedError(self.code, place=place, **{"column": column} | self.values)


def chosen(value: str, menu: dict[str, V]) -> V:
    """What the menu says for the value, whatever its case and width."""
    key = unicodedata.normalize("NFKC", value).strip().casefold()
    if key not in menu:
        raise Wrong("QA811", value=value, wanted=", ".join(menu))
    return menu[key]


def identifier(value: str) -> str:
    """The value, unless a spreadsheet turned it into 1.38E+10 and lost its digits."""
    if _EXPONENT.match(value):
        raise Wrong("QA819", value=value)
    return value


def channel_roles(value: str) -> tuple[Speaker, ...]:
    """Who speaks on channel 0 and 1, from “csr,customer” or “座席/客户”; () for mono."""
    if value.casefold() in ("mono", "单声道", "1"):
        return ()
    parts = [part for part in re.split(r"[\s,，、/|;；]+", value.casefold()) if part]
    roles = tuple(ROLES[part] for part in parts if part in ROLES)
    known = [role for role in roles if role != "unknown"]
    if len(roles) != len(parts) or len(roles) not in (1, 2) or len(set(known)) != len(known):
        raise Wrong("QA811", value=value, wanted="csr,customer; 座席,客户; mono")
    return roles


def moment(value: str, zone: ZoneInfo) -> datetime:
    """The time in UTC; without a zone it is read as the site's.

    Day-first and month-first dates are refused, since nobody can tell which they are.
    """
    text = unicodedata.normalize("NFKC", value).strip()
    epoch = _EPOCH.match(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch.group(1)), UTC)
    digits = _DIGITS.match(text)
    if digits:
        text = "{}-{}-{} {}:{}:{}".format(*digits.groups(default="00"))
    found = _MOMENT.match(text)
    try:
        parsed = _local(found.groupdict("")) if found else None
        offset = _offset((found.group("zone") or "").upper()) if found else None
    except ValueError:
        parsed = None
    if parsed is None or not 1990 <= parsed.year <= 2100:
        raise Wrong("QA811", value=value, wanted=STARTED_WANTED)
    if offset is None:
        return _in_zone(parsed, zone, value)
    return parsed.replace(tzinfo=offset).astimezone(UTC)


def _local(part: dict[str, str]) -> datetime:
    """The parts of `_MOMENT` as a time without zone; ValueError when there is no such time."""
    hour = int(part["hour"])
    half = part["half"] + part["ampm"].upper()
    if half and not 1 <= hour <= 12 and half.endswith("M"):
        raise ValueError("a 24-hour time with AM or PM")
    if half in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    elif half in ("AM", "上午", "凌晨") and hour == 12:
        hour = 0
    return datetime(  # noqa: DTZ001 (the zone comes after)
        int(part["year"]),
        int(part["month"]),
        int(part["day"]),
        hour,
        int(part["minute"] or 0),
        int(part["second"] or 0),
        int(part["fraction"].ljust(6, "0") or 0),
    )


def _offset(text: str) -> timezone | None:
    """The offset of “+08:00” or “Z”; None when none is given; ValueError beyond a day."""
    if not text:
        return None
    if text in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-delta if text[0] == "-" else delta)


def _in_zone(parsed: datetime, zone: ZoneInfo, value: str) -> datetime:
    """The site's time in UTC; an hour that the clock skips or repeats is refused."""
    first = parsed.replace(tzinfo=zone, fold=0)
    second = parsed.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == parsed
        raise Wrong("QA821" if exists else "QA824", value=value, zone=zone.key)
    return first.astimezone(UTC)


def events(value: str, *, kind: str = "") -> tuple[CallEvent, ...]:
    """The events of a cell: “hold 62.0-80.0; transfer 95 to 2001”, JSON, or “none”.

    kind: what the column holds, when its cells name times only.
    """
    text = unicodedata.normalize("NFKC", value).strip()
    if text.casefold() in NONE_WORDS:
        return ()
    if text.startswith("["):
        return _json_events(text)
    found = []
    for part in re.split(r"\s*[;\n]\s*", text.replace("–", "-").replace("—", "-").strip("; ")):
        said = _EVENT.match(part.replace("~", "-"))
        name = _KINDS.get((said.group("kind") or kind).casefold()) if said else None
        if not said or name is None or (said.group("to") and name != "transfer"):
            raise Wrong("QA817", event=part[:80])
        end_s = _seconds(said.group("end")) if said.group("end") else None
        try:
            event = CallEvent.model_validate(
                {
                    "kind": name,
                    "start_s": _seconds(said.group("start")),
                    "end_s": end_s,
                    "to": said.group("to"),
                }
            )
        except ValidationError as error:
            raise Wrong("QA817", event=part[:80]) from error
        if end_s is not None and end_s < event.start_s:
            raise Wrong("QA817", event=part[:80])
        found.append(event)
    return tuple(sorted(found, key=lambda event: event.start_s))


def _json_events(text: str) -> tuple[CallEvent, ...]:
    try:
        found = _EVENTS.validate_python(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise Wrong("QA817", event=text[:80]) from error
    if any(event.end_s is not None and event.end_s < event.start_s for event in found):
        raise Wrong("QA817", event=text[:80])
    return tuple(sorted(found, key=lambda event: event.start_s))


def _seconds(clock: str) -> float:
    total = 0.0
    for part in clock.rstrip("s").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def recording_path(value: str, folder: Path) -> str:
    """The recording's path from the recordings folder, with forward slashes.

    Raises Wrong QA812 for what lies outside, also through a link, and for addresses.
    """
    if len(value) > MAX_PATH_CHARACTERS:
        raise Wrong("QA816", length=len(value), limit=MAX_PATH_CHARACTERS)
    parts = value.replace("\\", "/")
    drive = PureWindowsPath(value).drive
    for reason, wrong in (
        (value.split("://")[0] + "://", "://" in value),
        (drive, bool(drive)),
        ("..", ".." in parts.split("/")),
    ):
        if wrong:
            raise Wrong("QA812", file=value[:200], reason=reason[:80])
    root = folder.resolve()
    try:
        whole = (root / parts).resolve()
        within = whole.is_relative_to(root) and whole != root
    except (OSError, ValueError, RuntimeError) as error:
        raise Wrong("QA812", file=value[:200], reason=str(error)[:80]) from error
    if not within:
        raise Wrong("QA812", file=value[:200], reason=str(whole))
    inside = Path(parts)
    if inside.is_absolute():
        inside = (
            inside.relative_to(root) if inside.is_relative_to(root) else whole.relative_to(root)
        )
    return inside.as_posix()


def customer_key(value: str, salt: bytes) -> str:
    """HMAC-SHA256 of the number with the site's salt; the number itself is never kept.

    Spaces, dashes and China's country code do not make another customer.
    """
    number = re.sub(r"[\s\-()]+", "", unicodedata.normalize("NFKC", value)).casefold()
    mobile = re.match(r"^(?:\+?86|0086)(1\d{10})$", number)
    number = mobile.group(1) if mobile else number
    return hmac.new(salt, number.encode(), hashlib.sha256).hexdigest()
