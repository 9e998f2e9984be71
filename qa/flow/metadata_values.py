"""Single values of a calls table: roles, times, events, paths, customers."""

import hashlib
import hmac
import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath
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
_TIMES = (
    "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
    "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p", "%Y%m%d%H%M%S", "%Y%m%d%H%M",
    "%Y%m%d %H%M%S", "%Y%m%d %H:%M:%S",
)  # fmt: skip
_ZONE = re.compile(r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})$", re.IGNORECASE)
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


def chosen[V](value: str, menu: dict[str, V]) -> V: ...


def identifier(value: str) -> str:
    """The value, unless a spreadsheet turned it into 1.38E+10 and lost its digits."""
    if _EXPONENT.match(value):
        raise Wrong("QA819", value=value)
    return value


def channel_roles(value: str) -> tuple[Speaker, ...]:
    """Who speaks on channel 0 and 1, from “csr,customer” or “座席/客户”; () for mono."""
    if value.casefold() in ("mono", "单声道", "1"):
        return ()
    parts = [part for part in re.split(r"[\s,，、/|;；]+", value) if part]
    roles = tuple(ROLES.get(part.casefold(), "") for part in parts)
    known = [role for role in roles if role != "unknown"]
    if not 1 <= len(roles) <= 2 or "" in roles or len(set(known)) != len(known):
        raise Wrong("QA811", value=value, wanted="csr,customer; 座席,客户; mono")
    return tuple(role for role in roles if role)


def moment(value: str, zone: ZoneInfo) -> datetime:
    """The time in UTC; without a zone it is read as the site's.

    Day-first and month-first dates are refused, since nobody can tell which they are.
    """
    text = unicodedata.normalize("NFKC", value).strip()
    epoch = _EPOCH.match(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch.group(1)), UTC)
    found = _ZONE.search(text) if re.search(r"\d:\d|T\d", text) else None
    offset = found.group(1).upper().replace(":", "") if found else ""
    text = text[: found.start()] if found else text
    parsed = _local(_tidy(text))
    if parsed is None or not 1990 <= parsed.year <= 2100:
        raise Wrong("QA811", value=value, wanted=STARTED_WANTED)
    if offset in ("Z", "UTC", "GMT"):
        return parsed.replace(tzinfo=UTC)
    if offset:
        aware = datetime.strptime(f"{parsed.isoformat()} {offset:0<5}", "%Y-%m-%dT%H:%M:%S %z")
        return aware.astimezone(UTC)
    return _in_zone(parsed, zone, value)


def _tidy(text: str) -> str:
    """“2026年3月2日 下午3时5分” as “2026-03-02 03:05 PM”."""
    half = "PM" if re.search(r"下午|晚上|PM$", text, re.IGNORECASE) else ""
    half = half or ("AM" if re.search(r"上午|凌晨|早上|AM$", text, re.IGNORECASE) else "")
    text = re.sub(r"上午|下午|凌晨|早上|晚上|[AP]M$", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"[年月/.](?=\d{1,2}(?:\D|$))(?=.*\d[ T时:日])", "-", text, count=2)
    text = re.sub(r"[日T]", " ", text)
    text = re.sub(r"[时点分](?=\d)", ":", text.replace(" 时", "时"))
    text = re.sub(r"[时点]$", ":00", text.strip("分秒 "))
    parts = text.split()
    if parts and parts[0].count("-") == 2:
        parts[0] = "-".join(part.zfill(2) for part in parts[0].split("-"))
    if half and len(parts) > 1:
        hour = int(parts[1].split(":")[0]) if parts[1].split(":")[0].isdecimal() else 0
        parts += [half] if hour <= 12 else []
    return " ".join(parts)


def _local(text: str) -> datetime | None:
    for form in _TIMES:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (the zone comes after)
        except ValueError:
            continue
    return None


def _in_zone(parsed: datetime, zone: ZoneInfo, value: str) -> datetime:
    """The site's time in UTC; an hour that the clock skips or repeats is refused."""
    first = parsed.replace(tzinfo=zone, fold=0)
    second = parsed.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        there = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == parsed
        problem = "happens twice / 出现两次" if there else "does not exist / 不存在"
        raise Wrong("QA821", value=value, zone=zone.key, problem=problem)
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
    if "://" in value:
        raise Wrong("QA812", file=value[:200], reason="an address / 网址")
    windows = PureWindowsPath(value)
    if windows.drive:
        raise Wrong("QA812", file=value[:200], reason="a drive / 盘符")
    parts = value.replace("\\", "/")
    if ".." in parts.split("/"):
        raise Wrong("QA812", file=value[:200], reason="..")
    root = folder.resolve()
    try:
        whole = (root / parts).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise Wrong("QA812", file=value[:200], reason=str(error)[:80]) from error
    if whole == root or not whole.is_relative_to(root):
        raise Wrong("QA812", file=value[:200], reason="outside / 在外面")
    given = Path(parts)
    inside = given.relative_to(root) if given.is_absolute() and given.is_relative_to(root) else given
    if inside.is_absolute():
        inside = whole.relative_to(root)
    return inside.as_posix()


def customer_key(value: str, salt: bytes) -> str:
    """HMAC-SHA256 of the number with the site's salt; the number itself is never kept.

    Spaces, dashes and China's country code do not make another customer.
    """
    number = re.sub(r"[\s\-()]+", "", unicodedata.normalize("NFKC", value)).casefold()
    mobile = re.match(r"^(?:\+?86|0086)(1\d{10})$", number)
    number = mobile.group(1) if mobile else number
    return hmac.new(salt, number.encode(), hashlib.sha256).hexdigest()
