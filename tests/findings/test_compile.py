"""The compiler: what it refuses, by code and place, and what does not change its program."""

import json
import random
from typing import Any

import pytest

from qa.domain.rules import Condition, Rule
from qa.errors import CATALOGUE
from qa.findings.compile import compile_rules
from qa.findings.find import find
from qa.findings.operators import OPERATORS
from qa.findings.program import Program
from qa.findings.rulesets import MAX_LITERALS, MAX_RULES_PER_SHARD
from tests.findings.by_hand import call_with, judged, one_condition, rule_of, said
from transcribe.errors import CodedError, CodedErrors

SAYS_A: dict[str, Any] = {"says": {"words": "a"}}


def compiled(*rules: Rule) -> Program:
    return compile_rules(rules, OPERATORS)


def refused(*rules: Rule) -> tuple[CodedError, ...]:
    with pytest.raises(CodedErrors) as caught:
        compiled(*rules)
    for error in caught.value.errors:
        assert error.text("zh", CATALOGUE) != error.text("en", CATALOGUE)
    return caught.value.errors


def test_qa330_unknown_operator() -> None:
    (error,) = refused(one_condition("say", words="a"))
    assert (error.code, error.place) == ("QA330", "rules/en/x.yaml:1:5")
    assert str(error.values["options"]).startswith("says, ")


def test_an_error_stands_at_its_condition_where_that_is_known() -> None:
    rule = rule_of({"a": {"say": {"words": "a"}}}, met_when="a")
    condition = rule.conditions[0].model_copy(update={"place": "rules/en/x.yaml:9:12"})
    (error,) = refused(rule.model_copy(update={"conditions": (condition,)}))
    assert error.place == "rules/en/x.yaml:9:12"


@pytest.mark.parametrize(
    ("operator", "params", "field", "zh", "en"),
    [
        ("dead_air", {}, "min_s", "缺少", "missing"),
        ("dead_air", {"min_s": 0}, "min_s", "应大于 0", "more than 0"),
        ("dead_air", {"min_s": "long"}, "min_s", "应为数字", "number"),
        ("dead_air", {"min_s": 6, "max_s": 9}, "max_s", "不认识", "not known"),
        ("interruption", {"by": "agent"}, "by", "之一", "'csr' or 'customer'"),
        ("says", {}, "says", "只能写其一", "not both"),
        ("says", {"words": "a", "phrases": ["b"]}, "says", "只能写其一", "not both"),
        ("says", {"words": "a", "exclude": "b"}, "says", "词表里有", "a word list has its own"),
        ("says", {"words": "a", "near": False}, "says", "词表里有", "a word list has its own"),
        ("says", {"words": "a", "speaker": "boss"}, "speaker", "之一", "'csr' or 'customer'"),
        ("pace", {"speaker": "csr"}, "pace", "至少写一个", "or below_percentile"),
        ("attribute", {"name": "x"}, "attribute", "都要写 value", "takes a value"),
        ("attribute", {"name": "x", "is": "present", "value": "y"}, "attribute", "present", "pres"),
        ("attribute", {"name": "x", "is": "less", "value": "y"}, "attribute", "数字", "number"),
        ("attribute", {"name": "x", "is": "one_of", "value": "y"}, "attribute", "列表", "list"),
        ("attribute", {"name": "x", "value": ["y"]}, "attribute", "单个值", "single"),
        ("attribute", {"name": "x", "value": True}, "value", '"true"', '"true"'),
    ],
)
def test_qa331_wrong_parameter(
    operator: str, params: dict[str, Any], field: str, zh: str, en: str
) -> None:
    (error,) = refused(one_condition(operator, **params))
    assert (error.code, error.place) == ("QA331", "rules/en/x.yaml:1:5")
    assert error.values["field"] == field
    assert zh in error.text("zh", CATALOGUE)
    assert en in error.text("en", CATALOGUE)


def wide(count: int) -> Rule:
    names = [f"n{number}" for number in range(count)]
    return rule_of({name: {"says": {"words": name}} for name in names}, met_when={"any": names})


def test_a_rule_may_be_as_wide_as_the_engine() -> None:
    rule = wide(MAX_LITERALS)
    assert judged(call_with(), rule).verdict == "not_met"
    assert judged(call_with(said("n14", 0)), rule).verdict == "met"


def test_qa332_too_wide_a_line() -> None:
    (error,) = refused(wide(MAX_LITERALS + 1))
    assert (error.code, error.values["part"]) == ("QA332", "met_when")
    assert (error.values["widest"], error.values["limit"]) == (16, 15)


def test_qa332_too_many_lines() -> None:
    names = [f"n{number}" for number in range(14)]
    pairs = [{"any": names[at : at + 2]} for at in range(0, 14, 2)]
    rule = rule_of({name: {"says": {"words": name}} for name in names}, met_when={"all": pairs})
    (error,) = refused(rule)
    assert (error.code, error.values["lines"], error.values["most"]) == ("QA332", 128, 64)


def test_qa332_too_much_in_all_its_parts() -> None:
    names = [f"n{number}" for number in range(12)]
    tree = {"all": [{"any": names[at : at + 2]} for at in range(0, 12, 2)]}
    rule = rule_of(
        {name: {"says": {"words": name}} for name in names},
        only_if=tree,
        unless={"not": {"not": tree}},
        met_when=tree,
    )
    (error,) = refused(rule)
    assert error.code == "QA332"
    assert error.values["lines"] > error.values["most"]


def test_qa333_a_circle() -> None:
    rules = [
        rule_of({"a": SAYS_A}, rule_id=f"OPEN-00{n}", only_if={"rule": f"OPEN-00{m}"}, met_when="a")
        for n, m in ((1, 2), (2, 3), (3, 1))
    ]
    (error,) = refused(*rules)
    assert (error.code, error.place) == ("QA333", "rules/en/x.yaml:1:5")
    assert error.values["rules"] == (
        "OPEN-001 (rules/en/x.yaml:1:5) -> OPEN-002 (rules/en/x.yaml:2:5) -> "
        "OPEN-003 (rules/en/x.yaml:3:5) -> OPEN-001 (rules/en/x.yaml:1:5)"
    )
    own = rule_of({"a": SAYS_A}, only_if={"rule": "OPEN-001"}, met_when="a")
    assert [error.code for error in refused(own)] == ["QA333"]


@pytest.mark.parametrize("status", [None, "retired"])
def test_qa334_a_prerequisite_that_is_not_there(status: str | None) -> None:
    rules = [rule_of({"a": SAYS_A}, only_if={"rule": "OPEN-003"}, met_when="a")]
    rules.append(rule_of({"a": SAYS_A}, rule_id="OPEN-002", met_when="a"))
    if status is not None:
        rules.append(rule_of({"a": SAYS_A}, rule_id="OPEN-003", status=status, met_when="a"))
    (error,) = refused(*rules)
    assert (error.code, error.place) == ("QA334", "rules/en/x.yaml:1:5")
    assert (error.values["wanted"], error.values["options"]) == ("OPEN-003", "OPEN-002")


def test_qa335_a_condition_that_nothing_uses() -> None:
    rule = rule_of({"a": SAYS_A, "b": {"hold": {}}}, met_when="a")
    (error,) = refused(rule)
    assert (error.code, error.values["name"]) == ("QA335", "b")


@pytest.mark.parametrize(
    ("operator", "params"),
    [
        ("attribute", {"name": "x", "is": "present"}),
        ("filler", {"speaker": "csr", "above_per_min": 12}),
        ("hung_up_by", {"by": "csr"}),
        ("pace", {"speaker": "csr", "above_per_min": 12}),
    ],
)
def test_qa338_a_window_that_means_nothing(operator: str, params: dict[str, Any]) -> None:
    rule = one_condition(operator, **params, window={"first_s": 9})
    (error,) = refused(rule)
    assert (error.code, error.values["operator"]) == ("QA338", operator)
    assert compiled(one_condition(operator, **params)).uses


def test_all_errors_come_at_once_sorted_by_place() -> None:
    rules = [
        rule_of({"a": {"says": {}}, "b": {"hold": {}}}, rule_id="OPEN-010", met_when="a"),
        rule_of({"a": {"sings": {}}}, rule_id="OPEN-009", met_when="a"),
        rule_of({"a": SAYS_A}, rule_id="OPEN-008", only_if={"rule": "OPEN-077"}, met_when="a"),
    ]
    errors = refused(*rules)
    assert [error.code for error in errors] == ["QA334", "QA330", "QA331", "QA335"]


def test_rules_order_changes_nothing() -> None:
    rules = [
        rule_of(
            {"a": SAYS_A, "b": {"says": {"words": f"b{number % 3}"}}},
            rule_id=f"OPEN-{number:03d}",
            met_when={"before": ["a", "b"]},
        )
        for number in range(1, 30)
    ]
    first = compiled(*rules)
    random.Random(3).shuffle(rules)
    again = compiled(*rules)
    assert first.digest == again.digest
    assert [level.shards for level in first.levels] == [level.shards for level in again.levels]


def test_equal_conditions_and_leaves_are_looked_at_once() -> None:
    rules = [
        rule_of({"a": SAYS_A, "b": {"hold": {}}}, met_when={"before": ["a", "b"]}),
        rule_of(
            {"x": SAYS_A, "y": {"hold": {"min_s": 3.0}}},
            rule_id="OPEN-002",
            met_when={"before": ["x", "y"]},
        ),
    ]
    program = compiled(*rules)
    assert len(program.uses) == 2
    assert len(program.levels[0].shards[0].leaves) == 1


def test_a_digest_names_what_changes_meaning() -> None:
    rule = one_condition("says", words="a")
    other = one_condition("says", words="b")
    assert compiled(rule).digest == compiled(rule.model_copy(update={"name": "y"})).digest
    assert compiled(rule).digest != compiled(other).digest


def test_large_packs_are_split_and_still_judged() -> None:
    rules = [
        rule_of(
            {"a": {"says": {"words": f"k{number}"}}, "b": {"says": {"words": "z"}}},
            rule_id=f"OPEN-{number:03d}",
            only_if="b",
            met_when={"any": [{"before": ["a", "b"]}, "a"]},
        )
        for number in range(1, 120)
    ]
    program = compiled(*rules)
    shards = program.levels[0].shards
    assert len(shards) > 3
    for shard in shards:
        for ruleset in (shard.count_ruleset, shard.relation_ruleset, shard.part_ruleset):
            assert len(json.loads(ruleset)) <= MAX_RULES_PER_SHARD
    facts = call_with(
        said("z", 5), *(said(f"k{number}", number % 5) for number in range(1, 120, 2))
    )
    found = {one.rule_id: one.verdict for one in find(facts, rules)}
    assert found == {
        f"OPEN-{number:03d}": "met" if number % 2 else "not_met" for number in range(1, 120)
    }


def test_conditions_name_nothing_of_the_engine() -> None:
    """Whatever a condition is called, the engine sees short names of its own."""
    rule = rule_of({"end": SAYS_A, "begin": {"hold": {}}}, met_when={"any": ["end", "begin"]})
    assert isinstance(rule.conditions[0], Condition)
    assert judged(call_with(said("a", 0)), rule).verdict == "met"
