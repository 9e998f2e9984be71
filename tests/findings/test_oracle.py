"""durable_rules and plain Python agree on random packs and random facts."""

import random

import pytest

from qa.domain.limits import Limits
from qa.findings.find import find
from tests.findings.fuzz import compare
from tests.findings.oracle import judge_plainly
from tests.findings.worlds import random_facts, random_rules


@pytest.mark.parametrize("seed", range(60))
def test_the_engine_and_the_oracle_agree(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(10):
        rules = random_rules(rng)
        for _ in range(4):
            facts = random_facts(rng)
            verdicts = {finding.rule_id: finding.verdict for finding in find(facts, rules)}
            assert verdicts == judge_plainly(facts, rules, Limits())


@pytest.mark.parametrize(
    "limits",
    [
        Limits(sure_hit_confidence=0.05),
        Limits(near_distance=0.5),
        Limits(heard_share=0.0),
        Limits(heard_share=1.0),
    ],
)
def test_they_agree_whatever_the_limits(limits: Limits) -> None:
    rng = random.Random(4)
    for _ in range(40):
        rules, facts = random_rules(rng), random_facts(rng)
        verdicts = {finding.rule_id: finding.verdict for finding in find(facts, rules, limits)}
        assert verdicts == judge_plainly(facts, rules, limits)


def test_the_random_worlds_reach_every_verdict_reason_and_operator() -> None:
    rng = random.Random(7)
    verdicts, codes, operators = set(), set(), set()
    for _ in range(800):
        rules = random_rules(rng)
        operators |= {one.operator for rule in rules for one in rule.conditions}
        for finding in find(random_facts(rng), rules):
            verdicts.add(finding.verdict)
            codes.add(finding.reason.code)
    assert verdicts == {"met", "not_met", "not_applicable", "undecided"}
    assert len(operators) == 9
    assert codes >= {
        "found", "in_order", "nothing_against", "not_found", "found_against", "lacking",
        "precondition_absent", "precondition_false", "exception", "exception_by_absence",
        "possible_hit", "heard_poorly", "not_measured", "prerequisite_open", "prerequisite",
    }  # fmt: skip


def test_the_fuzzer_counts_what_it_compares() -> None:
    counts, differences = compare(0.3, 77)
    assert differences == []
    assert counts["calls"] >= 20
    assert counts["packs"] >= 1
