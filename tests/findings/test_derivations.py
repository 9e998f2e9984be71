"""Derived facts: how surely they follow, where they stand, and what they do to later rules."""

from typing import Any

import pytest

from qa.domain.derivations import Derivation
from qa.domain.facts import Fact
from qa.domain.rules import Rule
from qa.domain.text import Text
from qa.errors import CATALOGUE
from qa.findings.compile import compile_rules
from qa.findings.find import Found, find_all
from qa.findings.operators import OPERATORS
from tests.findings.by_hand import (
    call_with,
    derivation_of,
    near,
    one_condition,
    rule_of,
    said,
    turns_of,
)
from transcribe.errors import CodedErrors

COMPLAINT: dict[str, Any] = {
    "complaint": {"says": {"speaker": "customer", "words": "complaint"}},
    "empathy": {"says": {"speaker": "csr", "words": "empathy"}},
}
NO_EMPATHY = {"not": {"after": {"find": "empathy", "anchor": "complaint", "within_turns": 2}}}
RISK = derivation_of(
    COMPLAINT, name="no_empathy", kind="risk", value="high", each="complaint", when=NO_EMPATHY
)
TRANSFERS = rule_of(
    {
        "risk": {"derived": {"kind": "risk"}},
        "transfer": {"says": {"speaker": "csr", "words": "transfer"}},
    },
    rule_id="PRO-001",
    only_if="risk",
    met_when={"after": {"find": "transfer", "anchor": "risk", "hit": "every"}},
)


def found(*facts: Fact, rules: tuple[Rule, ...] = (), given: tuple[Derivation, ...] = (RISK,),
          **call: Any) -> Found:  # fmt: skip
    return find_all(call_with(*facts, **call), rules, given)


def verdicts(made: Found) -> dict[str, str]:
    return {one.rule_id: one.verdict for one in made.findings}


@pytest.mark.parametrize(
    ("facts", "derived"),
    [
        ((), []),
        ((said("complaint", 1),), [(1, "sure")]),
        ((said("complaint", 1), said("empathy", 2)), []),
        ((said("complaint", 1), said("empathy", 4)), [(1, "sure")]),  # three turns on
        ((said("complaint", 1), said("empathy", 0)), [(1, "sure")]),  # before it
        # Each complaint is asked for on its own.
        ((said("complaint", 1), said("empathy", 2), said("complaint", 5)), [(5, "sure")]),
        ((said("complaint", 1), said("complaint", 5)), [(1, "sure"), (5, "sure")]),
        # A possible complaint, and a possible empathy, give a possible risk.
        ((near("complaint", 1, 0.1),), [(1, "possible")]),
        ((said("complaint", 1), near("empathy", 2, 0.1)), [(1, "possible")]),
        ((near("complaint", 1, 0.1), said("empathy", 2)), []),
        ((said("complaint", 1, confidence=0.1), said("complaint", 5)),
         [(1, "possible"), (5, "sure")]),
    ],
)  # fmt: skip
def test_a_complaint_without_empathy_is_a_risk(
    facts: tuple[Fact, ...], derived: list[tuple[int, str]]
) -> None:
    made = found(*facts)
    assert [(one.turn, one.certainty) for one in made.derived] == derived
    for one in made.derived:
        assert (one.kind, one.value, one.by) == ("risk", "high", "no_empathy")
        assert one.quote is not None
        assert one.because.zh.isascii() is False
        assert one.because.en.isascii()


def test_absence_that_is_not_proven_gives_only_a_possible_fact() -> None:
    """What was searched for the empathy was heard badly: contract 1, in a derivation."""
    badly = turns_of("csr", "customer", "csr", "customer", heard={2: 2})
    (one,) = found(said("complaint", 1), turns=badly).derived
    assert (one.certainty, one.reason) == ("possible", "heard_poorly")
    elsewhere = turns_of("csr", "customer", "csr", "customer", heard={0: 2})
    (one,) = found(said("complaint", 1), turns=elsewhere).derived
    assert (one.certainty, one.reason) == ("sure", "lacking")


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ((), "not_applicable"),
        ((said("complaint", 1),), "not_met"),
        ((said("complaint", 1), said("transfer", 4)), "met"),
        ((said("complaint", 1), said("transfer", 0)), "not_met"),  # before the risk
        ((said("complaint", 1), said("complaint", 5), said("transfer", 4)), "not_met"),
        ((said("complaint", 1), said("empathy", 2)), "not_applicable"),
        ((near("complaint", 1, 0.1),), "undecided"),
        ((said("complaint", 1), near("empathy", 2, 0.1)), "undecided"),
        ((said("complaint", 1), near("empathy", 2, 0.1), said("transfer", 4)), "undecided"),
        ((said("complaint", 1), said("transfer", 4, confidence=0.1)), "undecided"),
    ],
)
def test_later_rules_relate_to_derived_facts(facts: tuple[Fact, ...], verdict: str) -> None:
    assert verdicts(found(*facts, rules=(TRANSFERS,))) == {"PRO-001": verdict}


def test_an_undecided_rule_names_the_derived_fact_and_why_it_is_only_possible() -> None:
    (finding,) = found(near("complaint", 1, 0.1), rules=(TRANSFERS,)).findings
    assert finding.reason.code == "possible_hit"
    assert "derived no_empathy" in finding.reason.text.en
    assert finding.evidence[0].turn == 1


def test_nothing_measured_nothing_derived_surely() -> None:
    hold = derivation_of({"hold": {"hold": {"min_s": 1.0}}}, when="hold")
    silent = call_with(missing={"holds": "no_events"})
    made = find_all(silent, (one_condition("derived", kind="risk"),), (hold,))
    assert [(one.certainty, one.reason) for one in made.derived] == [("possible", "not_measured")]
    assert verdicts(made) == {"OPEN-001": "undecided"}
    each = derivation_of({"hold": {"hold": {"min_s": 1.0}}}, each="hold")
    (finding,) = find_all(silent, (one_condition("derived", kind="risk"),), (each,)).findings
    assert (finding.verdict, finding.reason.code) == ("undecided", "not_measured")
    assert finding.reason.values["need"] == "derived risk"


def test_a_derived_fact_that_is_absent_is_called_by_its_derivations_title() -> None:
    given = derivation_of({"a": {"says": {"words": "a"}}}, when="a").model_copy(
        update={"title": Text(zh="投诉未获安抚", en="A complaint met no empathy")}
    )
    (finding,) = found(rules=(one_condition("derived", kind="risk"),), given=(given,)).findings
    assert finding.reason.text.zh.startswith("没有“投诉未获安抚”")
    assert finding.reason.text.en.startswith('No "A complaint met no empathy"; searched')


WAIVER = derivation_of(
    {"vip": {"says": {"words": "vip"}}}, name="vip", when="vip", waives=("OPEN-001",)
)
GREETS = one_condition("says", words="greeting")


@pytest.mark.parametrize(
    ("facts", "verdict", "code"),
    [
        ((), "not_met", "not_found"),
        ((said("vip", 1),), "not_applicable", "waived"),
        ((said("vip", 1), said("greeting", 0)), "not_applicable", "waived"),
        ((near("vip", 1, 0.1),), "undecided", "possible_hit"),
    ],
)
def test_a_waiver_lifts_its_rule(facts: tuple[Fact, ...], verdict: str, code: str) -> None:
    (finding,) = found(*facts, rules=(GREETS,), given=(WAIVER,)).findings
    assert (finding.verdict, finding.reason.code) == (verdict, code)
    if code == "waived":
        assert "derived vip" in finding.reason.text.en
        assert finding.reason.values["by"] == "vip"


def test_a_waiver_lifts_no_other_rule() -> None:
    other = rule_of({"b": {"says": {"words": "b"}}}, rule_id="OPEN-002", met_when="b")
    made = found(said("vip", 1), rules=(GREETS, other), given=(WAIVER,))
    assert verdicts(made) == {"OPEN-001": "not_applicable", "OPEN-002": "not_met"}


RULES = tuple(
    rule_of({"x": {"says": {"words": f"w{n}"}}}, rule_id=f"EMP-00{n}", met_when="x")
    for n in (1, 2, 3, 4)
)
COACHING = derivation_of(
    {},
    name="too_many",
    kind="needs_coaching",
    value="call",
    when={"faults": {"rules": [rule.id for rule in RULES], "at_least": 3}},
)


@pytest.mark.parametrize(
    ("facts", "certainty"),
    [
        ((), "sure"),
        ((said("w1", 0),), "sure"),
        ((said("w1", 0), said("w2", 0)), None),
        ((near("w1", 0, 0.1),), "sure"),  # three are not met whatever the fourth is
        ((said("w1", 0), near("w2", 0, 0.1)), "possible"),
        ((said("w1", 0), said("w2", 0), near("w3", 0, 0.1)), None),
    ],
)
def test_three_faults_of_a_kind_call_for_coaching(
    facts: tuple[Fact, ...], certainty: str | None
) -> None:
    made = found(*facts, rules=RULES, given=(COACHING,))
    assert [one.certainty for one in made.derived] == ([certainty] if certainty else [])


def test_chains_go_through_several_levels() -> None:
    """Derived from a rule's verdict, itself from a derived fact; a waiver stands on it."""
    given = (
        RISK,
        derivation_of({}, name="left", kind="left_alone", when={"rule": {
            "rule": "PRO-001", "verdict": "not_met"}}),
        derivation_of({"left": {"derived": {"kind": "left_alone"}}}, name="lift", when="left",
                      waives=("OPEN-001",)),
    )  # fmt: skip
    program = compile_rules((TRANSFERS, GREETS), OPERATORS, derivations=given)
    assert len(program.levels) == 5
    made = found(said("complaint", 1), rules=(TRANSFERS, GREETS), given=given)
    assert verdicts(made) == {"PRO-001": "not_met", "OPEN-001": "not_applicable"}
    assert {one.kind for one in made.derived} == {"risk", "left_alone", "waiver"}
    calm = found(rules=(TRANSFERS, GREETS), given=given)
    assert verdicts(calm) == {"PRO-001": "not_applicable", "OPEN-001": "not_met"}


def test_the_order_of_rules_and_derivations_changes_nothing() -> None:
    given = (RISK, WAIVER, COACHING)
    facts = call_with(said("complaint", 1), near("vip", 1, 0.1), said("w1", 0))
    rules = (TRANSFERS, GREETS, *RULES)
    assert find_all(facts, rules, given) == find_all(facts, rules[::-1], given[::-1])


def test_a_finding_carries_the_digest_of_the_derivations_it_rests_on() -> None:
    (plain,) = found(rules=(GREETS,), given=(RISK,)).findings
    (waived,) = found(rules=(GREETS,), given=(WAIVER,)).findings
    assert plain.rule_digest == GREETS.digest != waived.rule_digest
    looser = RISK.model_copy(update={"digest": "other"})
    (one,) = found(rules=(TRANSFERS,)).findings
    (other,) = found(rules=(TRANSFERS,), given=(looser,)).findings
    assert one.rule_digest != other.rule_digest


def refused(rules: tuple[Rule, ...], given: tuple[Derivation, ...]) -> list[tuple[str, str]]:
    with pytest.raises(CodedErrors) as caught:
        compile_rules(rules, OPERATORS, derivations=given)
    for error in caught.value.errors:
        assert error.text("zh", CATALOGUE) != error.text("en", CATALOGUE)
    return [(error.code, error.text("en", CATALOGUE)) for error in caught.value.errors]


def test_qa348_a_kind_that_nothing_gives() -> None:
    ((code, text),) = refused((one_condition("derived", kind="rsk"), GREETS_TOO), (RISK, LIFTS_TOO))
    assert code == "QA348"
    assert "risk=high, waiver=OPEN-009" in text
    asked = one_condition("derived", kind="risk", value="low")
    ((code, text),) = refused((asked,), (RISK,))
    assert (code, "risk=low" in text) == ("QA348", True)


GREETS_TOO = GREETS.model_copy(update={"id": "OPEN-009"})
LIFTS_TOO = WAIVER.model_copy(update={"waives": ("OPEN-009",)})


def test_qa349_a_waiver_of_no_rule() -> None:
    other = rule_of({"b": {"says": {"words": "b"}}}, rule_id="OPEN-002", met_when="b")
    ((code, text),) = refused((other,), (WAIVER,))
    assert code == "QA349"
    assert "OPEN-002" in text


def test_qa333_circles_name_every_member_and_its_place() -> None:
    one = derivation_of({"b": {"derived": {"kind": "beta"}}}, name="one", kind="alpha", when="b")
    two = derivation_of({"a": {"derived": {"kind": "alpha"}}}, name="two", kind="beta", when="a")
    ((code, text),) = refused((GREETS,), (one, two))
    assert code == "QA333"
    assert "one (rules/en/one.yaml:1:5) -> two (rules/en/two.yaml:1:5) -> one" in text
    # A waiver that stands on the verdict of the rule it lifts.
    lift = derivation_of({}, name="lift", when={"rule": {"rule": "OPEN-001", "verdict": "not_met"}},
                         waives=("OPEN-001",))  # fmt: skip
    ((code, text),) = refused((GREETS,), (lift,))
    assert code == "QA333"
    assert "rules/en/x.yaml:1:5" in text
    assert "rules/en/lift.yaml:1:5" in text


def test_what_only_hangs_on_a_circle_is_not_in_it() -> None:
    one = derivation_of({"b": {"derived": {"kind": "beta"}}}, name="one", kind="alpha", when="b")
    two = derivation_of({"a": {"derived": {"kind": "alpha"}}}, name="two", kind="beta", when="a")
    behind = one_condition("derived", kind="alpha")
    ((_, text),) = refused((behind,), (one, two))
    assert "OPEN-001" not in text
