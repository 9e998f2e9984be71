"""The coded error, and the texts of the errors that transcription can raise (QA7xx).

Every error a person may see has a code, a place, what was seen, the options and the cure,
in Chinese and English. Codes by room: QA1xx settings and packaging, QA2xx packs,
QA3xx facts and findings, QA4xx scoring, QA5xx coaching and reports, QA6xx store,
QA7xx transcribe, QA8xx flow, QA9xx web.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class ErrorText(NamedTuple):
    """The two texts of one code; both name the same placeholders (tested)."""

    zh: str
    en: str


class CodedError(Exception):
    """One thing that is wrong, with its code and place.

    code: "QA701"; its text stands in a catalogue, see `qa.errors.CATALOGUE`.
    place: "file:line:column", a path, a call id; empty where none applies.
    values: what the text's placeholders name; plain strings and numbers only. A value that
        is itself words is given twice, as `name_zh` and `name_en`, for the placeholder `name`.
    """

    def __init__(self, code: str, *, place: str = "", **values: object) -> None:
        self.code = code
        self.place = place
        self.values: dict[str, object] = dict(values)
        super().__init__(code, place, values)

    def __str__(self) -> str:
        shown = " ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"[{self.code}] {self.place}  {shown}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        return (_restore, (self.code, self.place, self.values))

    def text(self, language: str, catalogue: Mapping[str, ErrorText]) -> str:
        """The sentence for people in `language` ("zh" or "en")."""
        texts = catalogue[self.code]
        template = texts.zh if language == "zh" else texts.en
        suffix = "_" + language
        own = {
            name.removesuffix(suffix): value
            for name, value in self.values.items()
            if name.endswith(suffix)
        }
        return template.format_map({**self.values, **own})


def _restore(code: str, place: str, values: dict[str, object]) -> CodedError:
    """The same error on the other side of a process border."""
    return CodedError(code, place=place, **values)


class CodedErrors(Exception):
    """Several things that are wrong, all of one run, sorted by place and code."""

    def __init__(self, errors: Iterable[CodedError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda e: (place_key(e.place), e.code)))
        super().__init__(self.errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


def place_key(place: str) -> tuple[tuple[int, int | str], ...]:
    """A sort key that puts line 9 before line 10."""
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in place.split(":"))
