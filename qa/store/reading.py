"""Rows turned back into nouns, and the checks every write begins with."""

import json
from collections.abc import Mapping
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from qa.domain.keys import canonical_json
from transcribe.errors import CodedError

T = TypeVar("T")
Value = str | float | int | bool | None


def read_noun(kind: type[T], body: str, table: str, key: str) -> T:
    """The noun a row's body holds. Raises QA613 when it is none."""
    try:
        return TypeAdapter(kind).validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        problem = f"{where} {first['msg']}".strip()
        raise CodedError("QA613", place=key, table=table, key=key, problem=problem) from error


def read_values(body: str) -> dict[str, Value]:
    """The values of a stored JSON object."""
    return dict(json.loads(body))


def values_json(values: Mapping[str, object]) -> str:
    """The values of an error, canonical; whatever is no plain value becomes its text."""
    plain = (str, int, float, bool, type(None))
    return canonical_json({k: v if isinstance(v, plain) else str(v) for k, v in values.items()})


def require_text(place: str, **fields: str) -> None:
    """Raises QA612 for a field that is blank: who and why are never left out."""
    for name, value in fields.items():
        if not value.strip():
            raise CodedError("QA612", place=place, field=name)
