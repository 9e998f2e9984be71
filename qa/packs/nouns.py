"""A noun from a plain value, or every error with its place, the options and the cure."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from qa.domain.problems import flags_for_numbers, problem_texts
from qa.packs.yaml_reader import Path_, Places
from transcribe.errors import CodedError
from transcribe.noun import Noun

N = TypeVar("N", bound=Noun)


class Source:
    """One file's name and places, and the errors found in it so far."""

    def __init__(self, name: str, places: Places) -> None:
        self.name = name
        self.places = places
        self.errors: list[CodedError] = []

    def place(self, path: Iterable[str | int]) -> str:
        """The nearest known place of a path, as file:line:column."""
        steps: Path_ = tuple(path)
        while steps and steps not in self.places:
            steps = steps[:-1]
        line, column = self.places.get(steps, (1, 1))
        return f"{self.name}:{line}:{column}"

    def add(self, code: str, path: Iterable[str | int], **values: object) -> None:
        self.errors.append(CodedError(code, place=self.place(path), **values))


def build(
    model: type[N],
    value: object,
    source: Source,
    path: Path_,
    *,
    moved: Mapping[Path_, Path_] | None = None,
) -> N | None:
    """The noun, or None with its errors added to `source`.

    moved: where a part of `value` stood in the file when it was written elsewhere.
    Errors: QA210 unknown field, QA211 missing field, QA212 wrong value.
    """
    try:
        made = model.model_validate(value)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            _add(model, problem, source, path, moved or {})
        return None
    flags = list(flags_for_numbers(value, made))
    for loc in flags:
        _add(model, {"type": "flag", "loc": loc, "input": True}, source, path, moved or {})
    return None if flags else made


def _add(
    model: type[Noun],
    problem: Any,
    source: Source,
    path: Path_,
    moved: Mapping[Path_, Path_],
) -> None:
    loc = tuple(step for step in problem["loc"] if isinstance(step, str | int))
    here = (*path, *loc)
    for start, stood in moved.items():
        if loc[: len(start)] == start:
            here = (*stood, *loc[len(start) :])
    field = ".".join(str(step) for step in loc) or model.__name__
    if problem["type"] == "extra_forbidden":
        known = fields_at(model, loc[:-1])
        source.add("QA210", here, field=field, options=menu(str(loc[-1]), known))
    elif problem["type"] == "missing":
        source.add("QA211", here, field=field)
    else:
        seen = repr(problem.get("input"))
        shown = seen if len(seen) <= 80 else seen[:77] + "..."
        zh, en = problem_texts(problem)
        source.add("QA212", here, field=field, seen=shown, problem_zh=zh, problem_en=en)


def fields_at(model: type[Noun], loc: Iterable[str | int]) -> tuple[str, ...]:
    """Names of the fields of the noun at `loc` inside `model`; empty when none is known."""
    at: type[Noun] | None = model
    for step in loc:
        if isinstance(step, int) or at is None:
            continue
        info = at.model_fields.get(step)
        at = _noun_in(info.annotation) if info is not None else None
    if at is None:
        return ()
    return tuple(info.alias or name for name, info in at.model_fields.items())


def _noun_in(annotation: Any) -> type[Noun] | None:
    if isinstance(annotation, type) and issubclass(annotation, Noun):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _noun_in(part)
        if found is not None:
            return found
    return None


def menu(seen: str, known: Iterable[str]) -> str:
    """The options as text, the likeliest first."""
    options = sorted(known)
    close = difflib.get_close_matches(seen, options, n=1, cutoff=0.5)
    ordered = close + [option for option in options if option not in close]
    return ", ".join(ordered) if ordered else "-"
