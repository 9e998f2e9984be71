"""What is wrong with a value, in both languages, from what the validator reports."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from transcribe.noun import Noun

# pydantic's problem type -> (zh, en); placeholders are the problem's own context. Of other types
# the validator's English stands in both.
PROBLEMS: Mapping[str, tuple[str, str]] = {
    "missing": ("缺少", "it is missing"),
    "extra_forbidden": ("不认识这个字段", "this field is not known"),
    "literal_error": ("应为 {expected} 之一", "it should be one of {expected}"),
    "string_type": ("应为文字", "it should be text"),
    "string_too_short": ("至少 {min_length} 个字", "at least {min_length} characters are needed"),
    "string_pattern_mismatch": ("应符合 {pattern}", "it should match {pattern}"),
    "too_short": ("至少 {min_length} 项", "at least {min_length} entries are needed"),
    "int_type": ("应为整数", "it should be a whole number"),
    "int_parsing": ("应为整数", "it should be a whole number"),
    "int_from_float": ("应为整数", "it should be a whole number"),
    "float_type": ("应为数字", "it should be a number"),
    "float_parsing": ("应为数字", "it should be a number"),
    "finite_number": ("应为有限的数字", "it should be a finite number"),
    "decimal_type": ("应为数字", "it should be a number"),
    "decimal_parsing": ("应为数字", "it should be a number"),
    "bool_type": ("应为 true 或 false", "it should be true or false"),
    "bool_parsing": ("应为 true 或 false", "it should be true or false"),
    "greater_than": ("应大于 {gt}", "it should be more than {gt}"),
    "greater_than_equal": ("应不小于 {ge}", "it should be at least {ge}"),
    "less_than": ("应小于 {lt}", "it should be less than {lt}"),
    "less_than_equal": ("应不大于 {le}", "it should be at most {le}"),
    "tuple_type": ("应为列表", "it should be a list"),
    "list_type": ("应为列表", "it should be a list"),
    "dict_type": ("应为字段和值", "it should be fields with values"),
    "model_type": ("应为字段和值", "it should be fields with values"),
    "flag": ("应为数字", "it should be a number"),
    "told": ("{zh}", "{en}"),
}


def problem_texts(problem: Mapping[str, Any]) -> tuple[str, str]:
    """(zh, en) of one entry of a pydantic ValidationError's `errors()`."""
    texts = PROBLEMS.get(problem["type"])
    if texts is None:
        message = str(problem["msg"])
        return message, message
    zh, en = (text.format_map(problem.get("ctx", {})) for text in texts)
    return zh, en


def flags_for_numbers(value: object, made: object) -> Iterator[tuple[str | int, ...]]:
    """Paths where `value` says true or false and `made`, built of it, took that for a number."""
    if isinstance(value, bool):
        if isinstance(made, int | float | Decimal) and not isinstance(made, bool):
            yield ()
    elif isinstance(value, Mapping):
        for key, part in value.items():
            for rest in flags_for_numbers(part, _part_of(made, str(key))):
                yield (str(key), *rest)
    elif isinstance(value, list | tuple) and isinstance(made, tuple):
        for index, (part, own) in enumerate(zip(value, made, strict=False)):
            for rest in flags_for_numbers(part, own):
                yield (index, *rest)


def _part_of(made: object, key: str) -> object:
    if isinstance(made, Noun):
        fields = type(made).model_fields
        named = [name for name, field in fields.items() if key in (name, field.alias)]
        return getattr(made, named[0]) if named else None
    return made.get(key) if isinstance(made, Mapping) else None
