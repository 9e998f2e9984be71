"""durable_rules and plain Python agree on random packs and random facts."""

import os
import random
from collections import Counter

import pytest

from qa.domain.limits import Limits
from qa.findings.find import find, find_all, program_of
from tests.findings import fuzz
from tests.findings.fuzz import compare
from tests.findings.oracle import judge_plainly
from tests.findings.worlds import random_facts, random_pack, random_rules


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


@pytest.mark.parametrize("seed", range(0, 200, 40))
def test_derived_facts_waivers_and_faults_agree(seed: int) -> None:
    counts, differences = compare(60.0, 40_000 + seed, 40)
    assert differences == []
    assert counts["packs"] == 40


def test_the_random_packs_reach_chains_waivers_and_every_certainty() -> None:
    seen: set[str] = set()
    levels = 0
    for seed in range(300):
        rng = random.Random(seed)
        rules, given = random_pack(rng)
        levels = max(levels, len(program_of(rules, given).levels))
        made = find_all(random_facts(rng), rules, given)
        seen |= {one.certainty for one in made.derived}
        seen |= {one.reason for one in made.derived}
        seen |= {one.kind for one in made.derived}
        seen |= {one.reason.code for one in made.findings}
    assert levels >= 4
    assert seen >= {"sure", "possible", "waiver", "risk", "level", "waived", "found", "lacking",
                    "not_found", "possible_hit", "not_measured", "heard_poorly"}  # fmt: skip


def test_a_process_that_dies_is_told_with_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(seed: int) -> tuple[Counter[str], list[str]]:
        if seed == 3:
            os._exit(9)
        return Counter(packs=1), []

    monkeypatch.setattr(fuzz, "compare_one", deadly)
    counts, differences, deaths = fuzz.isolated(30.0, 0, 6)
    assert (counts["packs"], differences) == (5, [])
    assert deaths == ["seed 3: the process died with 9"]


def test_the_fuzzer_counts_what_it_compares() -> None:
    counts, differences = compare(60.0, 77, 10)
    assert differences == []
    assert (counts["packs"], counts["calls"]) == (10, 20)
