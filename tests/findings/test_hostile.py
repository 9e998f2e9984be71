"""Hostile packs and calls at the compiler and the engine: refused with a code, or bounded."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from qa.domain.logic import Relate
from qa.domain.patterns import Patterns, Phrase
from qa.domain.rules import Rule
from qa.facts.matcher import compiled
from qa.findings.compile import compile_rules
from qa.findings.find import find, find_all
from qa.findings.operators import OPERATORS
from tests.findings.by_hand import call_with, derivation_of, one_condition, rule_of, said
from transcribe.errors import CodedError, CodedErrors

MOST_S = 15.0  # on a busy machine; each takes well under 3 s alone
A: dict[str, Any] = {"a": {"says": {"words": "a"}}}
NAMES = [f"n{number}" for number in range(60)]


@pytest.fixture(autouse=True)
def _bounded() -> Any:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < MOST_S


def wide(logic: Any) -> Callable[[], object]:
    rule = rule_of({name: {"says": {"words": name}} for name in NAMES}, met_when=logic)
    return lambda: compile_rules([rule], OPERATORS)


PAIRS = [{"any": NAMES[at : at + 2]} for at in range(0, 60, 2)]


@pytest.mark.parametrize(
    "logic",
    [
        {"all": PAIRS},  # a thousand million conjunctions
        {"any": [{"all": PAIRS}, NAMES[0]]},  # the same, hidden below an alternative
        {"not": {"any": [{"not": one} for one in PAIRS]}},
        {"at_least": {"n": 30, "of": NAMES}},
    ],
)
def test_logic_that_explodes_is_refused(logic: Any) -> None:
    with pytest.raises(CodedErrors) as caught:
        wide(logic)()
    assert {error.code for error in caught.value.errors} == {"QA332"}


def many_rules(count: int) -> list[Rule]:
    return [
        rule_of(
            {"a": {"says": {"words": f"k{number}"}}, "b": {"says": {"words": "z"}}},
            rule_id=f"{area}-{number:03d}",
            only_if="b",
            met_when={"before": ["a", "b"]},
        )
        for area in ("OPEN", "EMP", "CLO")
        for number in range(count)
    ]


def test_three_thousand_rules_are_judged() -> None:
    rules = many_rules(999)
    facts = call_with(said("z", 5), *(said(f"k{number}", number % 5) for number in range(50)))
    found = {one.rule_id: one.verdict for one in find(facts, rules)}
    assert len(found) == 2997
    assert [found["OPEN-001"], found["CLO-900"]] == ["met", "not_met"]


def test_a_chain_of_nine_hundred_rules_and_derivations() -> None:
    chain = [one_condition("says", words="a")]
    chain += [
        rule_of(A, rule_id=f"OPEN-{n:03d}", only_if={"rule": f"OPEN-{n - 1:03d}"}, met_when="a")
        for n in range(2, 900)
    ]
    found = find(call_with(said("a", 0)), chain)
    assert {one.verdict for one in found} == {"met"}
    given = [derivation_of(A, name="d0", kind="k0", when="a")]
    given += [
        derivation_of(
            {"x": {"derived": {"kind": f"k{n - 1}"}}}, name=f"d{n}", kind=f"k{n}", when="x"
        )
        for n in range(1, 900)
    ]
    assert len(find_all(call_with(said("a", 0)), chain[:1], given).derived) == 900
    given[0] = derivation_of({"x": {"derived": {"kind": "k899"}}}, name="d0", kind="k0", when="x")
    with pytest.raises(CodedErrors) as caught:
        compile_rules(chain[:1], OPERATORS, derivations=given)
    assert [error.code for error in caught.value.errors] == ["QA333"]


def test_two_thousand_facts_in_a_call() -> None:
    facts = call_with(
        *(said(kind, n % 6, at_s=(n % 90) / 10) for n in range(1000) for kind in ("a", "b"))
    )
    two = {"a": {"says": {"words": "a"}}, "b": {"says": {"words": "b"}}}
    every = rule_of(two, met_when={"before": {"find": "a", "anchor": "b", "hit": "every"}})
    (finding,) = find(facts, [every])
    assert (finding.verdict, finding.reason.values["why"]) == ("undecided", "too_many")
    each = derivation_of(two, each="a", when={"not": {"after": ["b", "a"]}})
    made = find_all(facts, [one_condition("derived", kind="risk")], [each])
    assert made.derived == ()
    assert made.findings[0].verdict == "undecided"


def test_a_hundred_hits_each_asked_alone() -> None:
    facts = call_with(*(said("a", n % 6, at_s=n / 20) for n in range(100)))
    each = derivation_of({**A, "b": {"says": {"words": "b"}}}, each="a",
                         when={"not": {"after": ["b", "a"]}})  # fmt: skip
    assert len(find_all(facts, [], [each]).derived) == 100


def test_numbers_that_would_be_wrong_in_the_engine_are_refused() -> None:
    base = {"find": "a", "anchor": "b", "where": "after"}
    for field, value in (
        ("within_s", 86_401.0),
        ("within_s", float("nan")),
        ("within_turns", 10**17),
    ):
        with pytest.raises(ValidationError):
            Relate.model_validate({**base, field: value})
    rule = rule_of(
        {"a": {"says": {"words": "a"}}, "b": {"says": {"words": "b"}}},
        met_when={
            "after": {"find": "b", "anchor": "a", "within_s": 86_400, "within_turns": 100_000}
        },
    )
    assert find(call_with(said("a", 0), said("b", 4)), [rule])[0].verdict == "met"


@pytest.mark.parametrize("regex", ["(a{1000}){1000}", "(?=a)b", "[", "\\1(a)"])
def test_hostile_regexes_are_refused_by_name(regex: str) -> None:
    phrase = Phrase(key="k", regex=regex, near=False)
    patterns = Patterns(language="en", lists=(), phrases=(phrase,), digest=f"hostile{hash(regex)}")
    with pytest.raises((CodedError, CodedErrors)):
        compiled(patterns)
