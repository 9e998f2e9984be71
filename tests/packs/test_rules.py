"""Rules and their logic from YAML: sugar, shapes, digests, and what is refused where."""

from pathlib import Path
from typing import Any

import pytest

from qa.domain.logic import All, Any_, Exists, Logic, Not, Relate, Verdict
from qa.domain.rules import Rule, Window
from qa.packs.logic import read_logic
from qa.packs.nouns import Source
from qa.packs.rules import SUGAR, read_rules
from tests.packs.folders import RULE
from transcribe.errors import CodedError

HEAD = RULE.rpartition("    says:")[0]
CONDITIONS = """\
    conditions:
      a: {says: {words: greeting}}
      b: {hold: {min_s: 3, window: {first_turns: 2}}}
"""


def read(tmp_path: Path, text: str) -> tuple[tuple[Rule, ...], list[CodedError]]:
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    return read_rules(path, "en", name="x.yaml")


def one(tmp_path: Path, text: str) -> Rule:
    (rule,), errors = read(tmp_path, text)
    assert errors == []
    return rule


def test_a_rule(tmp_path: Path) -> None:
    rule = one(tmp_path, HEAD + CONDITIONS + "    met_when: {before: [a, b]}\n")
    assert (rule.id, rule.language, rule.place) == ("OPEN-001", "en", "x.yaml:2:5")
    first, second = rule.conditions
    assert (first.name, first.operator, first.params) == ("a", "says", {"words": "greeting"})
    assert (second.params, second.window) == ({"min_s": 3}, Window(first_turns=2))
    assert [condition.place for condition in rule.conditions] == ["x.yaml:9:11", "x.yaml:10:11"]
    assert rule.met_when == Relate(find="a", anchor="b", where="before")


def test_sugar_is_one_condition_that_must_be_met(tmp_path: Path) -> None:
    sugar = one(tmp_path, RULE)
    body = f"    conditions: {{{SUGAR}: {{says: {{speaker: csr, words: greeting}}}}}}\n"
    spelled = one(tmp_path, HEAD + body + f"    met_when: {SUGAR}\n")
    assert sugar.met_when == Exists(find=SUGAR)
    assert sugar.digest == spelled.digest
    turned = one(tmp_path, RULE + f"    not_met_when: {SUGAR}\n")
    assert turned.met_when == Not(part=Exists(find=SUGAR))


def test_cases_know_their_place(tmp_path: Path) -> None:
    cases = '    cases:\n      - {expect: met, call: "00:01.0 csr: hello"}\n      - {expect: met}\n'
    _, (error,) = read(tmp_path, RULE + cases)
    assert (error.code, error.place) == ("QA211", "x.yaml:11:9")
    rule = one(tmp_path, RULE + cases.rpartition("      - ")[0])
    assert rule.cases[0].place == "x.yaml:10:9"


# What changes meaning changes the digest -----------------------------------------------------

BASE = HEAD + CONDITIONS + "    only_if: b\n    met_when: {before: [a, b]}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: {zh: 问候, en: Greets}", "title: {zh: 您好, en: Says hello}"),
        ("why: {zh: 礼貌, en: Courtesy}", "why: {zh: 习惯, en: Habit}"),
        ("wrong_when: {zh: 转接, en: Transfers}", "wrong_when: {zh: 无, en: Never}"),
        ("name: greets", "name: says_hello"),
        ("status: live", "status: trial"),
        ("    only_if", "    say: [hello there]\n    only_if"),
        ("    only_if", "    references: [a book]\n    only_if"),
        ("    only_if", "    cases:\n      - {expect: met, call: x}\n    only_if"),
        ("    only_if", "    record: {set: s, calls: 3}\n    only_if"),
        ("rules:", "# a line more\n\nrules:"),
    ],
)
def test_a_digest_keeps_what_changes_no_meaning(tmp_path: Path, old: str, new: str) -> None:
    assert old in BASE
    assert one(tmp_path, BASE.replace(old, new)).digest == one(tmp_path, BASE).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first_turns: 2", "first_turns: 3"),
        ("first_turns: 2", "last_turns: 2"),
        (", window: {first_turns: 2}", ""),
        ("min_s: 3", "min_s: 4"),
        ("words: greeting", "words: closing"),
        ("{before: [a, b]}", "{after: [a, b]}"),
        ("{before: [a, b]}", "{before: {find: a, anchor: b, hit: every}}"),
        ("{before: [a, b]}", "{before: {find: a, anchor: b, within_s: 9}}"),
        ("only_if: b", "unless: b"),
        ("    met_when", "    not_met_when"),
        ("status: live", "status: live\n    applies_to: {direction: [outbound]}"),
        ("id: OPEN-001", "id: OPEN-002"),
    ],
)
def test_a_digest_changes_with_meaning(tmp_path: Path, old: str, new: str) -> None:
    assert old in BASE
    assert one(tmp_path, BASE.replace(old, new)).digest != one(tmp_path, BASE).digest


# What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (HEAD + "    met_when: a\n", "QA223", "2:5"),
        (HEAD + "    says: {}\n    hold: {}\n", "QA223", "2:5"),
        (HEAD + "    conditions: {}\n    met_when: a\n", "QA223", "8:5"),
        (HEAD + "    conditions: [a]\n    met_when: a\n", "QA223", "8:5"),
        (HEAD + CONDITIONS, "QA224", "2:5"),
        (HEAD + CONDITIONS + "    met_when: a\n    not_met_when: b\n", "QA224", "2:5"),
        (HEAD + "    conditions: {a: says}\n    met_when: a\n", "QA225", "8:18"),
        (
            HEAD + "    conditions: {a: {says: {}, hold: {}}}\n    met_when: a\n",
            "QA225",
            "8:18",
        ),
        (HEAD + "    conditions: {a: {says: [x]}}\n    met_when: a\n", "QA225", "8:22"),
        (HEAD + CONDITIONS + "    met_when: {before: [a, c]}\n", "QA220", "11:16"),
        (HEAD + CONDITIONS + "    met_when: c\n", "QA220", "11:5"),
        (HEAD + CONDITIONS + "    met_when: {beside: [a, b]}\n", "QA221", "11:16"),
        (HEAD + CONDITIONS + "    met_when: [a, b]\n", "QA222", "11:5"),
        (HEAD + CONDITIONS + "    met_when: {any: []}\n", "QA222", "11:16"),
        (HEAD + CONDITIONS + "    met_when: {any: [a, {not: c}]}\n", "QA220", "11:26"),
        (HEAD + CONDITIONS + "    met_when: a\n    says: {}\n", "QA210", "12:5"),
        (HEAD + "    conditions: {A: {says: {}}}\n    met_when: A\n", "QA212", "8:18"),
        (
            HEAD + "    conditions: {a: {says: {window: {first: 2}}}}\n    met_when: a\n",
            "QA210",
            "8:38",
        ),
        (
            HEAD + "    conditions: {a: {says: {window: {first_turns: 0}}}}\n    met_when: a\n",
            "QA212",
            "8:38",
        ),
        (
            HEAD + "    conditions: {a: {says: {window: {first_share: 2}}}}\n    met_when: a\n",
            "QA212",
            "8:38",
        ),
        (RULE.replace("OPEN-001", "open-1"), "QA212", "2:5"),
        (RULE.replace("    name: greets\n", ""), "QA211", "2:5"),
        (RULE.replace("en: Greets", "fr: Salue"), "QA210", "4:21"),
        (RULE.replace("status: live", "status: alive"), "QA212", "7:5"),
        ("rules:\n  - a string\n", "QA213", "2:5"),
    ],
)
def test_each_error_at_its_place(tmp_path: Path, text: str, code: str, place: str) -> None:
    rules, errors = read(tmp_path, text)
    assert rules == ()
    assert (code, f"x.yaml:{place}") in [(error.code, error.place) for error in errors]


@pytest.mark.parametrize("text", ["", "rule: []", "rules: {}", "- a", "rules: []\nother: 1"])
def test_qa213_a_wrong_top_level(tmp_path: Path, text: str) -> None:
    with pytest.raises(CodedError) as caught:
        read(tmp_path, text)
    assert (caught.value.code, caught.value.place) == ("QA213", "x.yaml:1:1")


def test_a_broken_rule_does_not_hide_its_other_faults_or_the_next_rule(tmp_path: Path) -> None:
    broken = RULE.replace("status: live", "status: alive").replace("says:", "conditions:")
    sound = RULE.removeprefix("rules:\n").replace("OPEN-001", "OPEN-002")
    rules, errors = read(tmp_path, broken + sound)
    assert [rule.id for rule in rules] == ["OPEN-002"]
    assert {error.code for error in errors} >= {"QA212", "QA224", "QA225"}


# Logic ---------------------------------------------------------------------------------------


def logic(value: Any) -> tuple[Logic | None, list[str]]:
    source = Source("x", {})
    tree = read_logic(value, source, (), frozenset({"a", "b"}))
    return tree, [error.code for error in source.errors]


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        ("a", Exists(find="a")),
        ({"not": "a"}, Not(part=Exists(find="a"))),
        ({"all": ["a", "b"]}, All(parts=(Exists(find="a"), Exists(find="b")))),
        ({"any": ["a", {"not": "b"}]}, Any_(parts=(Exists(find="a"), Not(part=Exists(find="b"))))),
        ({"at_least": {"n": 3, "find": "a"}}, Exists(find="a", at_least=3)),
        ({"after": ["a", "b"]}, Relate(find="a", anchor="b", where="after")),
        (
            {"around": {"find": "a", "anchor": "b", "hit": 2, "within_s": 4, "within_turns": 1}},
            Relate(find="a", anchor="b", where="around", hit=2, within_s=4, within_turns=1),
        ),
        (
            {"same_turn": {"find": "a", "anchor": "a", "hit": "every"}},
            Relate(find="a", anchor="a", where="same_turn", hit="every"),
        ),
        ({"rule": "OPEN-001"}, Verdict(rule="OPEN-001")),
        (
            {"rule": {"rule": "OPEN-001", "verdict": "not_met"}},
            Verdict(rule="OPEN-001", verdict="not_met"),
        ),
    ],
)
def test_shapes_of_logic(value: Any, tree: Logic) -> None:
    assert logic(value) == (tree, [])


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (None, ["QA222"]),
        (3, ["QA222"]),
        ({}, ["QA222"]),
        ({"all": ["a"], "any": ["b"]}, ["QA222"]),
        ({"all": "a"}, ["QA222"]),
        ({"all": [3, "c"]}, ["QA222", "QA220"]),
        ({"not": {"no": "a"}}, ["QA221"]),
        ({"at_least": "a"}, ["QA222"]),
        ({"at_least": {"n": 2}}, ["QA222"]),
        ({"at_least": {"n": 0, "find": "a"}}, ["QA212"]),
        ({"at_least": {"n": 2, "find": "c"}}, ["QA220"]),
        ({"before": "a"}, ["QA222"]),
        ({"before": ["a"]}, ["QA222"]),
        ({"before": ["c", "d"]}, ["QA220", "QA220"]),
        ({"before": {"find": "a"}}, ["QA211"]),
        ({"before": {"find": "a", "anchor": "b", "within": 3}}, ["QA210"]),
        ({"before": {"find": "a", "anchor": "b", "within_s": -1}}, ["QA212"]),
        ({"rule": {"verdict": "met"}}, ["QA211"]),
        ({"rule": {"rule": "OPEN-001", "verdict": "undecided"}}, ["QA212"]),
    ],
)
def test_wrong_logic(value: Any, codes: list[str]) -> None:
    assert logic(value) == (None, codes)


@pytest.mark.parametrize("hit", ["some", 0, 101, True])
def test_an_unknown_hit_is_told_once(hit: object) -> None:
    tree, codes = logic({"before": {"find": "a", "anchor": "b", "hit": hit}})
    assert tree is None
    assert set(codes) == {"QA212"}
