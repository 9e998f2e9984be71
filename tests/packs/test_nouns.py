"""Nouns from plain values: each error at its line and column, with the options."""

import re
from decimal import Decimal
from typing import Literal

import pytest
from pydantic import Field

from qa.domain.problems import PROBLEMS, flags_for_numbers
from qa.errors import CATALOGUE
from qa.packs.nouns import Source, build, fields_at, menu
from qa.packs.yaml_reader import parse_plain
from transcribe.errors import CodedError
from transcribe.noun import Noun


class Inner(Noun):
    from_s: float = Field(gt=0)
    of: Literal["call", "turn"] = "call"


class Outer(Noun):
    name: str = Field(pattern="^[a-z]+$")
    count: int = 0
    points: Decimal = Decimal(0)
    loud: bool = False
    kind: str = Field(default="x", alias="class")
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()


def built(text: str) -> tuple[Outer | None, list[CodedError]]:
    value, places = parse_plain(text.encode(), name="f.yaml")
    source = Source("f.yaml", places)
    return build(Outer, value["top"], source, ("top",)), source.errors


@pytest.mark.parametrize(
    ("text", "code", "place", "zh", "en"),
    [
        ("top:\n  name: a\n  cuont: 1", "QA210", "3:3", "count", "Known: count, "),
        ("top:\n  name: a\n  klass: b", "QA210", "3:3", "class", "Known: class, "),
        ("top: {name: a, inner: {from_s: 1, form_s: 2}}", "QA210", "1:35", "from_s", "from_s, of"),
        ("top: {name: a, zzz: 1}", "QA210", "1:16", "zzz", "class, count"),
        ("top: {count: 1}", "QA211", "1:1", "name", '"name" is missing'),
        ("top:\n  name: a\n  inners:\n    - {of: call}", "QA211", "4:7", "inners.0.from_s", "miss"),
        ("top: {name: A1}", "QA212", "1:7", "应符合", "should match"),
        ("top: {name: a, count: many}", "QA212", "1:16", "应为整数", "whole number"),
        ("top: {name: a, count: 1.5}", "QA212", "1:16", "应为整数", "whole number"),
        ("top: {name: a, count: true}", "QA212", "1:16", "应为数字", "a number"),
        ("top: {name: a, points: true}", "QA212", "1:16", "应为数字", "a number"),
        ("top: {name: a, points: ten}", "QA212", "1:16", "应为数字", "a number"),
        ("top: {name: a, loud: maybe}", "QA212", "1:16", "true 或 false", "true or false"),
        ("top: {name: a, inner: {from_s: 0}}", "QA212", "1:24", "应大于 0", "more than 0"),
        ("top: {name: a, inner: {from_s: 1, of: day}}", "QA212", "1:35", "之一", "one of 'call'"),
        ("top: {name: a, inner: [1]}", "QA212", "1:16", "字段和值", "fields with values"),
        ("top: {name: a, inners: [{from_s: 1}, 7]}", "QA212", "1:38", "字段和值", "fields with"),
        ("top: {name: a, inners: [{from_s: true}]}", "QA212", "1:26", "应为数字", "a number"),
    ],
)
def test_an_error_its_place_and_its_options(
    text: str, code: str, place: str, zh: str, en: str
) -> None:
    made, (error,) = built(text)
    assert made is None
    assert (error.code, error.place) == (code, f"f.yaml:{place}")
    assert zh in error.text("zh", CATALOGUE)
    assert en in error.text("en", CATALOGUE)


def test_all_errors_of_a_noun_at_once() -> None:
    _, errors = built("top: {nam: a, count: x}")
    assert sorted(error.code for error in errors) == ["QA210", "QA211", "QA212"]


def test_what_is_sound_is_made() -> None:
    made, errors = built("top: {name: a, class: k, loud: true, inners: [{from_s: 2}]}")
    assert errors == []
    assert made == Outer(name="a", kind="k", loud=True, inners=(Inner(from_s=2),))


def test_a_long_value_is_shown_in_part() -> None:
    _, (error,) = built(f"top: {{name: a, count: {'x' * 500}}}")
    assert len(str(error.values["seen"])) == 80


def test_the_place_of_something_unknown_is_its_parents() -> None:
    source = Source("f", {(): (1, 1), ("a",): (2, 3)})
    assert source.place(("a", "b", 3)) == "f:2:3"
    assert source.place(("z",)) == "f:1:1"


def test_the_likeliest_option_comes_first() -> None:
    assert menu("befor", ["after", "before", "any"]) == "before, after, any"
    assert menu("qqq", ["b", "a"]) == "a, b"
    assert menu("x", []) == "-"


def test_fields_of_a_nested_noun() -> None:
    assert fields_at(Outer, ()) == ("name", "count", "points", "loud", "class", "inner", "inners")
    assert fields_at(Outer, ("inners", 0)) == ("from_s", "of")
    assert fields_at(Outer, ("count", "x")) == ()


def test_flags_inside_lists_and_mappings() -> None:
    class Loose(Noun):
        by: dict[str, tuple[float, ...]]

    value = {"by": {"a": [1, True]}}
    assert list(flags_for_numbers(value, Loose.model_validate(value))) == [("by", "a", 1)]


@pytest.mark.parametrize("kind", PROBLEMS)
def test_problems_are_told_in_both_languages(kind: str) -> None:
    zh, en = PROBLEMS[kind]
    assert re.findall(r"\{(\w+)\}", zh.replace("{zh}", "{en}")) == re.findall(r"\{(\w+)\}", en)
