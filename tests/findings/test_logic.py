"""only_if, unless, prerequisite rules, and the reasons and proof of each verdict."""

from typing import Any

import pytest

from qa.domain.facts import Facts
from qa.findings.find import find
from tests.findings.by_hand import call_with, judged, near, rule_of, said, sound

SAYS = {name: {"says": {"words": name}} for name in ("a", "b", "c")}
A, B, C = (said(name, turn) for turn, name in enumerate("abc"))
PERHAPS_A = near("a", 3, 0.1)


@pytest.mark.parametrize(
    ("logic", "facts", "verdict", "code"),
    [
        ({"only_if": "a", "met_when": "b"}, call_with(A, B), "met", "found"),
        ({"only_if": "a", "met_when": "b"}, call_with(A), "not_met", "not_found"),
        ({"only_if": "a", "met_when": "b"}, call_with(B), "not_applicable", "precondition_absent"),
        (
            {"only_if": {"not": "a"}, "met_when": "b"},
            call_with(A),
            "not_applicable",
            "precondition_false",
        ),
        ({"unless": "a", "met_when": "b"}, call_with(A, B), "not_applicable", "exception"),
        (
            {"unless": {"not": "a"}, "met_when": "b"},
            call_with(B),
            "not_applicable",
            "exception_by_absence",
        ),
        ({"unless": "a", "met_when": "b"}, call_with(B), "met", "found"),
        # A false precondition and a true exception each settle it, the precondition first.
        (
            {"only_if": "a", "unless": "b", "met_when": "c"},
            call_with(A, B, C),
            "not_applicable",
            "exception",
        ),
        (
            {"only_if": "a", "unless": "b", "met_when": "c"},
            call_with(B, C),
            "not_applicable",
            "precondition_absent",
        ),
        # A possible exception leaves it open, unless the precondition settles it.
        ({"unless": "a", "met_when": "b"}, call_with(PERHAPS_A, B), "undecided", "possible_hit"),
        (
            {"only_if": "b", "unless": "a", "met_when": "c"},
            call_with(PERHAPS_A, C),
            "not_applicable",
            "precondition_absent",
        ),
        ({"met_when": {"not": "a"}}, call_with(), "met", "nothing_against"),
        ({"met_when": {"not": "a"}}, call_with(A), "not_met", "found_against"),
        ({"met_when": {"all": ["a", "b"]}}, call_with(A, B), "met", "found"),
        ({"met_when": {"before": ["a", "b"]}}, call_with(A, B), "met", "in_order"),
        ({"met_when": {"after": ["a", "b"]}}, call_with(A, B), "not_met", "lacking"),
        (
            {"met_when": {"at_least": {"n": 2, "find": "a"}}},
            call_with(A),
            "not_met",
            "too_few",
        ),
        (
            {"met_when": {"not": {"at_least": {"n": 2, "find": "a"}}}},
            call_with(A),
            "met",
            "few_enough",
        ),
        (
            {"only_if": {"at_least": {"n": 2, "find": "a"}}, "met_when": "b"},
            call_with(A, B),
            "not_applicable",
            "precondition_few",
        ),
        # Of two that stand to each other as the rule says, both are told.
        (
            {"met_when": {"not": {"before": ["a", "b"]}}},
            call_with(A, B),
            "not_met",
            "against_before",
        ),
        (
            {"met_when": {"not": {"after": ["b", "a"]}}},
            call_with(A, B),
            "not_met",
            "against_after",
        ),
        ({"met_when": {"around": ["a", "b"]}}, call_with(A, B), "met", "together"),
        (
            {"met_when": {"not": {"around": ["a", "b"]}}},
            call_with(A, B),
            "not_met",
            "found_against",
        ),
        # Where the first condition of a pair never came, that is good, and told as such.
        (
            {"met_when": {"not": {"before": ["b", "a"]}}},
            call_with(A),
            "met",
            "nothing_against",
        ),
        (
            {"met_when": {"after": {"find": "b", "anchor": "a", "hit": 2}}},
            call_with(A, B),
            "not_met",
            "too_few",
        ),
    ],
)
def test_the_parts_of_a_rule(logic: dict[str, Any], facts: Facts, verdict: str, code: str) -> None:
    used = {name for name in SAYS if f"'{name}'" in str(logic)}
    rule = rule_of({name: SAYS[name] for name in sorted(used)}, **logic)
    finding = judged(facts, rule)
    assert (finding.verdict, finding.reason.code) == (verdict, code)
    assert finding.reason.text.zh
    assert finding.reason.text.en


@pytest.mark.parametrize(
    ("logic", "en"),
    [
        ({"before": ["a", "b"]}, 'In the right order: "a 0" at 0:01.0, then "b 1" at 0:11.0'),
        ({"after": ["b", "a"]}, 'In the right order: "a 0" at 0:01.0, then "b 1" at 0:11.0'),
        ({"around": ["b", "a"]}, 'Found: "b 1" at 0:11.0, and with it "a 0" at 0:01.0'),
        (
            {"not": {"before": ["a", "b"]}},
            'Against the standard: "a 0" at 0:01.0, which is before "b 1" at 0:11.0',
        ),
        (
            {"not": {"after": ["b", "a"]}},
            'Against the standard: "b 1" at 0:11.0, which is after "a 0" at 0:01.0',
        ),
        (
            {"not": {"any": ["a", "b"]}},
            'Against the standard: "a 0" at 0:01.0, "b 1" at 0:11.0',
        ),
    ],
)
def test_the_reason_names_both_of_a_pair(logic: dict[str, Any], en: str) -> None:
    rule = rule_of({name: SAYS[name] for name in "ab"}, met_when=logic)
    assert judged(call_with(A, B), rule).reason.text.en == en


def test_the_evidence_of_an_alternative_is_the_one_that_holds() -> None:
    rule = rule_of(SAYS, met_when={"any": [{"all": ["a", "b"]}, "c"]})
    assert [one.quote for one in judged(call_with(A, C), rule).evidence] == ["c 2"]
    whole = judged(call_with(A, B), rule)
    assert [(one.quote, one.turn, one.speaker) for one in whole.evidence] == [
        ("a 0", 0, "csr"),
        ("b 1", 1, "customer"),
    ]


def test_no_more_evidence_than_a_person_listens_to() -> None:
    rule = rule_of({"a": SAYS["a"]}, met_when="a")
    many = [said("a", turn, at_s) for turn in range(6) for at_s in (1.0, 4.0, 7.0)]
    evidence = judged(call_with(*many, *many), rule).evidence
    assert len(evidence) == len(set(evidence)) == 12
    assert [one.start_s for one in evidence] == sorted(fact.start_s for fact in many)[:12]


def test_a_finding_carries_the_rules_digest_and_status() -> None:
    rule = rule_of({"a": SAYS["a"]}, met_when="a", status="trial")
    finding = judged(call_with(), rule)
    assert (finding.rule_digest, finding.status) == (rule.digest, "trial")
    assert finding.id == f"OPEN-001@{rule.digest[:8]}"


# Prerequisite rules --------------------------------------------------------------------------

FIRST = rule_of({"a": SAYS["a"]}, rule_id="OPEN-002", met_when="a")


def after(verdict: str = "met", **logic: Any) -> Any:
    return rule_of(
        {"b": SAYS["b"]},
        only_if={"rule": {"rule": "OPEN-002", "verdict": verdict}},
        met_when="b",
        **logic,
    )


@pytest.mark.parametrize(
    ("wanted", "facts", "verdict", "code"),
    [
        ("met", call_with(A, B), "met", "found"),
        ("met", call_with(B), "not_applicable", "prerequisite"),
        ("not_met", call_with(B), "met", "found"),
        ("not_met", call_with(A), "not_applicable", "prerequisite"),
        ("met", call_with(PERHAPS_A, B), "undecided", "prerequisite_open"),
    ],
)
def test_a_prerequisite_rule(wanted: str, facts: Facts, verdict: str, code: str) -> None:
    finding = judged(facts, after(wanted), FIRST)
    assert (finding.verdict, finding.reason.code) == (verdict, code)
    if code.startswith("prerequisite"):
        assert "OPEN-002" in finding.reason.text.zh


def test_an_open_prerequisite_matters_only_where_it_decides() -> None:
    either = rule_of({"b": SAYS["b"]}, met_when={"any": [{"rule": {"rule": "OPEN-002"}}, "b"]})
    assert judged(call_with(PERHAPS_A, B), either, FIRST).verdict == "met"
    assert judged(call_with(PERHAPS_A), either, FIRST).verdict == "undecided"


def test_a_prerequisite_may_be_named_shortly() -> None:
    short = rule_of({"b": SAYS["b"]}, only_if={"rule": "OPEN-002"}, met_when="b")
    assert judged(call_with(A, B), short, FIRST).verdict == "met"


def test_chains_of_prerequisites_are_judged_level_by_level() -> None:
    rules = [rule_of({"a": SAYS["a"]}, rule_id="OPEN-009", met_when="a")]
    for number in range(8, 0, -1):
        wanted = {"rule": {"rule": rules[-1].id, "verdict": "met" if number % 2 else "not_met"}}
        rules.append(
            rule_of(
                {"b": SAYS["b"]},
                rule_id=f"OPEN-00{number}",
                met_when={"all": [wanted, "b"]},
            )
        )
    verdicts = {one.rule_id: one.verdict for one in find(call_with(B), rules)}
    assert verdicts == {
        "OPEN-009": "not_met",
        "OPEN-008": "met",
        "OPEN-007": "met",
        "OPEN-006": "not_met",
        "OPEN-005": "not_met",
        "OPEN-004": "met",
        "OPEN-003": "met",
        "OPEN-002": "not_met",
        "OPEN-001": "not_met",
    }


def test_a_prerequisite_that_does_not_apply_to_the_call_is_neither_met_nor_not() -> None:
    for verdict in ("met", "not_met"):
        assert judged(call_with(A, B), after(verdict)).verdict == "not_applicable"


def test_an_exception_beats_an_open_measurement() -> None:
    rule = rule_of({"a": SAYS["a"], "hold": {"hold": {}}}, unless="a", met_when="hold")
    facts = call_with(A, missing={"holds": "no_events"})
    assert judged(facts, rule).verdict == "not_applicable"
    assert judged(call_with(sound("hold", 10, 9)), rule).verdict == "met"
