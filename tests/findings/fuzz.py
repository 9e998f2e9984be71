"""Compares durable_rules with the oracle on random packs and facts, for as long as is wanted.

    python -m tests.findings.fuzz --seconds 60 --seed 1

Prints the counts, and each difference with what reproduces it; exits 1 when there is one.
"""

import argparse
import random
import sys
import time
from collections import Counter

from qa.domain.limits import Limits
from qa.findings.find import find
from tests.findings.oracle import judge_plainly
from tests.findings.worlds import random_facts, random_rules

CALLS_A_PACK = 20


def compare(seconds: float, seed: int) -> tuple[Counter[str], list[str]]:
    """Counts of packs, calls, facts and verdicts compared, and the differences."""
    counts: Counter[str] = Counter()
    differences: list[str] = []
    until = time.perf_counter() + seconds
    number = seed
    while time.perf_counter() < until:
        rng = random.Random(number)
        rules = random_rules(rng)
        counts["packs"] += 1
        for call in range(CALLS_A_PACK):
            facts = random_facts(rng)
            counts["calls"] += 1
            counts["facts"] += len(facts.facts) + len(facts.candidates)
            ours = {finding.rule_id: finding.verdict for finding in find(facts, rules)}
            theirs = judge_plainly(facts, rules, Limits())
            counts.update(theirs.values())
            if ours != theirs:
                differences.append(f"seed {number}, call {call}: engine {ours}, oracle {theirs}")
        number += 1
    return counts, differences


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=0, help="of the first pack; then one by one")
    args = parser.parse_args()
    counts, differences = compare(args.seconds, args.seed)
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    sys.stdout.write(f"compared {told}; {len(differences)} differences\n")
    sys.stdout.writelines(f"{line}\n" for line in differences[:20])
    return 1 if differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
