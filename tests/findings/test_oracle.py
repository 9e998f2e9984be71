"""durable_rules and plain Python agree on random packs and random facts."""

import random

import pytest

from qa.domain.limits import Limits
from qa.findings.find import find
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


def test_the_random_worlds_reach_every_verdict() -> None:
    rng = random.Random(7)
    seen = set()
    for _ in range(60):
        rules = random_rules(rng)
        seen |= set(judge_plainly(random_facts(rng), rules, Limits()).values())
    assert seen == {"met", "not_met", "not_applicable", "undecided"}
