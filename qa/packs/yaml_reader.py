"""Plain values and their places from one YAML file, read safely.

YAML is walked event by event: nothing is built before its size, depth and kind are checked.
Aliases, anchors, tags and duplicate keys are refused; `no`, `010` and dates stay text.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from qa.packs.yaml_problems import problem_of
from transcribe.errors import CodedError, CodedErrors

# Guesses with room: the largest shipped file is some 15 kB, the deepest rule 12 levels. Reading
# 50,000 values takes two seconds (measured).
MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_NODES = 50_000

Path_ = tuple[str | int, ...]
Places = dict[Path_, tuple[int, int]]

_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
# An escape may write what no UTF-8 file can hold: a lone surrogate, or a control character.
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_plain(path: Path, *, name: str | None = None) -> tuple[Any, Places]:
    """The file's value (dicts, lists, str, int, float, bool, None) and where each part stands.

    places: path of keys and indexes -> (line, column), both from 1; a mapping entry's place is
    its key's. Errors: QA201 unreadable, QA202 too large, QA203 syntax, QA204 alias, anchor or
    tag, QA205 duplicate key, QA206 too deep, QA207 not UTF-8, QA208 a character that is none.
    `name` stands in places.
    """
    shown = name or str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CodedError("QA201", place=shown, why=error.strerror or str(error)) from error
    return parse_plain(raw, name=shown)


def parse_plain(raw: bytes, *, name: str) -> tuple[Any, Places]:
    """As `read_plain`, of bytes already read."""
    if len(raw) > MAX_BYTES:
        raise CodedError("QA202", place=name, unit_zh="字节", unit_en="bytes", limit=MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CodedError("QA207", place=f"{name}:{line}:1") from error
    builder = _Builder(name)
    try:
        for event in _events(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise _syntax(place, str(error.problem or error.context)) from error
    except ReaderError as error:
        line, column = _line_column(text, error.position)
        shown = f"U+{ord(text[error.position]):04X}"
        place = f"{name}:{line}:{column}"
        raise CodedError("QA208", place=place, character=shown) from error
    except YAMLError as error:
        raise _syntax(name, str(error).split("\n")[0]) from error
    if builder.errors:
        raise CodedErrors(builder.errors)
    return builder.value, builder.places


def _events(text: str) -> Iterator[Any]:
    yield from YAML(typ="safe", pure=False).parse(text)


class _Frame:
    """One open mapping or sequence."""

    def __init__(self, value: dict[str, Any] | list[Any], path: Path_) -> None:
        self.value = value
        self.path = path
        self.key: str | None = None
        self.skip = False


class _Builder:
    """Builds the value from events, keeping places and collecting what is refused."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Any = None
        self.places: Places = {}
        self.errors: list[CodedError] = []
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._syntax(event, "a second document")
        elif isinstance(event, AliasEvent):
            raise self._error("QA204", event, what="alias *" + str(event.anchor))
        elif isinstance(event, ScalarEvent):
            self._refuse_decoration(event)
            self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            self._open({}, event)
        elif isinstance(event, SequenceStartEvent):
            self._open([], event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._stack.pop()

    def _scalar(self, event: Any) -> None:
        odd = _NO_CHARACTER.search(str(event.value))
        if odd is not None:
            raise self._error("QA208", event, character=f"U+{ord(odd.group()):04X}")
        frame = self._stack[-1] if self._stack else None
        if frame and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, event)
        else:
            self._place(_typed(event), event)

    def _key(self, frame: _Frame, event: Any) -> None:
        key = str(event.value)
        frame.key = key
        frame.skip = key in frame.value
        if frame.skip:
            self.errors.append(self._error("QA205", event, key=key))
        else:
            self.places[(*frame.path, key)] = _mark(event)

    def _open(self, value: dict[str, Any] | list[Any], event: Any) -> None:
        self._refuse_decoration(event)
        if self._stack and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None:
            raise self._syntax(event, "a mapping or list as a key")
        if len(self._stack) >= MAX_DEPTH:
            raise self._error("QA206", event, limit=MAX_DEPTH)
        path = self._place(value, event)
        self._stack.append(_Frame(value, path))

    def _place(self, value: Any, event: Any) -> Path_:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._error("QA202", event, unit_zh="个值", unit_en="values", limit=MAX_NODES)
        if not self._stack:
            self.value = value
            self.places[()] = _mark(event)
            return ()
        frame = self._stack[-1]
        path: Path_
        if isinstance(frame.value, list):
            path = (*frame.path, len(frame.value))
            frame.value.append(value)
            self.places[path] = _mark(event)
            return path
        key = frame.key or ""
        path = (*frame.path, key)
        if not frame.skip:
            frame.value[key] = value
        frame.key = None
        return path

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._error("QA204", event, what=f"anchor &{event.anchor}")
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in ("!", "None"):
            raise self._error("QA204", event, what=f"tag {tag}")

    def _syntax(self, event: Any, told: str) -> CodedError:
        line, column = _mark(event)
        return _syntax(f"{self.name}:{line}:{column}", told)

    def _error(self, code: str, event: Any, **values: object) -> CodedError:
        line, column = _mark(event)
        return CodedError(code, place=f"{self.name}:{line}:{column}", **values)


def _syntax(place: str, told: str) -> CodedError:
    """QA203 with the parser's complaint in both languages."""
    problem = problem_of(told)
    return CodedError("QA203", place=place, problem_zh=problem.zh, problem_en=problem.en)


def _typed(event: Any) -> Any:
    """A plain scalar's value: only true, false, null and decimal numbers are not text."""
    text = str(event.value)
    if event.style is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _line_column(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - before.rfind("\n")
