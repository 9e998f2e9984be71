"""Header lines of a `.call` script: a title and named fields."""

import difflib
import re

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from qa.domain.script_lines import Place, length_of
from transcribe.errors import CodedError

FIELDS = {
    "language": "language", "语言": "language", "channels": "channels", "声道": "channels",
    "direction": "direction", "呼叫方向": "direction", "queue": "queue", "队列": "queue",
    "csr_id": "csr_id", "工号": "csr_id", "csr_name": "csr_name", "姓名": "csr_name",
    "team": "team", "班组": "team", "started_at": "started_at", "开始时间": "started_at",
    "duration": "duration", "时长": "duration", "id": "id", "通话编号": "id",
    "customer_key": "customer_key", "recording": "recording",
}  # fmt: skip

_CHUNK = re.compile(r"\S+(?: \S+)*")
_FIELD = re.compile(r"^(?P<key>attribute\.[^\s:：]+|[^\s:：]+)\s*[:：]\s*(?P<value>.*)$")
_AWARE = TypeAdapter(AwareDatetime)


def read_header(
    body: str, place: Place, offset: int, errors: list[CodedError], *, may_name: bool
) -> tuple[str, dict[str, str]]:
    """Title and fields of one `#` line; the fields are checked by `check_field`.

    may_name: text before the first field is the title; else such a line is a comment.
    """
    title: list[str] = []
    fields: dict[str, str] = {}
    for chunk in _CHUNK.finditer(body):
        text, at = chunk.group(), place.at(offset + chunk.start() + 1)
        pair = _FIELD.match(text)
        key = FIELDS.get(pair.group("key"), pair.group("key")) if pair else ""
        if pair and (key in FIELDS.values() or key.startswith("attribute.")):
            if key in fields:
                errors.append(CodedError("QA367", place=at, field=key))
            value = pair.group("value").strip()
            glued = _glued(value)
            if glued:
                errors.append(CodedError("QA353", place=at, field=glued))
            else:
                value = check_field(key, value, at, errors)
            fields[key] = value
        elif not fields and not (pair and difflib.get_close_matches(key, FIELDS, n=1, cutoff=0.8)):
            if may_name and (glued := _glued(text)):
                errors.append(CodedError("QA353", place=at, field=glued))
            title.append(text)
        else:
            known = ", ".join(FIELDS)
            errors.append(CodedError("QA351", place=at, field=key or text, known=known))
    return " ".join(title), fields


def _glued(text: str) -> str:
    """A field's name that stands in the text after a single space; empty when none does."""
    names = "|".join(sorted(FIELDS, key=len, reverse=True))
    found = re.search(rf"\s({names}|attribute\.[^\s:：]+)[:：]\s", text)
    return found.group(1) if found else ""


def check_field(key: str, value: str, at: str, errors: list[CodedError]) -> str:
    """The value in its one spelling; an error when the field cannot have it."""
    choices: dict[str, dict[str, str]] = {
        "language": {"zh": "zh", "en": "en", "中文": "zh", "英文": "en"},
        "channels": {"1": "1", "2": "2"},
        "direction": {
            "inbound": "inbound", "outbound": "outbound", "呼入": "inbound", "呼出": "outbound",
        },
    }  # fmt: skip
    wanted = ""
    if key in choices:
        if value.lower() in choices[key]:
            return choices[key][value.lower()]
        wanted = ", ".join(choices[key])
    elif key == "duration" and length_of(value) is None:
        wanted = "90s, 01:30.0"
    elif key == "started_at" and not _is_aware_time(value):
        wanted = "2026-03-02T09:15:00+08:00"
    elif not value:
        wanted = "…"
    if wanted:
        errors.append(CodedError("QA352", place=at, field=key, value=value, wanted=wanted))
    return value


def _is_aware_time(value: str) -> bool:
    try:
        _AWARE.validate_python(value)
    except ValidationError:
        return False
    return True
