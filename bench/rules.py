"""Calls a second a core that the default rules judge, beside the plain-Python oracle.

Both judge the same calls in turn, several times; medians are printed, and their ratio. The
product gives whole findings (verdict, reason in two languages, evidence, what was searched); the
oracle of the tests gives verdicts only, so it is the lower bound of what judging costs at all.
Facts are those of the demo scripts, varied by seed: some left out, some from another call, some
heard badly. Goal: 1,000 calls a second a core for one language's rules.
Run: python -m bench.rules [--calls N] [--rounds N]
"""

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qa.domain.facts import Facts
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.rules import Rule
from qa.domain.script import read_script
from qa.facts.measure import measure
from qa.findings import evaluate
from qa.findings import find as finding
from qa.findings.find import find, find_with, program_of
from qa.packs.load import load_packs
from tests.findings.oracle import judge_plainly
from transcribe.transcript import Language

ROOT = Path(__file__).resolve().parents[1]
LIMITS = Limits()
# What is timed apart: name -> where the function stands. Engine: durable_rules and its door.
STEPS = {
    "select": (finding, "run"),
    "slim": (evaluate, "_slim"),
    "engine": (evaluate, "run_shard"),
    "word": (finding, "find_one"),
}


def measured(packs: Packs, language: Language) -> list[Facts]:
    """Facts of the demo scripts of the language."""
    made = []
    for path in sorted((ROOT / "demo/scripts").glob(f"{language}-*.call")):
        script = read_script(path.read_text("utf-8"), name=path.name)
        call = script.call.model_copy(update={"language": language})
        transcript = script.transcript.model_copy(update={"language": language})
        made.append(measure(call, transcript, packs.patterns_for(call), LIMITS))
    return made


def varied(demo: list[Facts], count: int) -> list[Facts]:
    """Calls like those of the demo: a tenth of the facts left out, a fifth more from another
    call, three in a hundred heard badly (shares are guesses)."""
    calls = []
    for seed in range(count):
        rng = random.Random(seed)
        own, other = rng.sample(demo, 2)
        borrowed = [
            fact
            for fact in other.facts
            if rng.random() < 0.2
            and fact.end_s < own.duration_s
            and (fact.turn is None or fact.turn < len(own.turns))
        ]
        facts = [
            fact.model_copy(update={"confidence": 0.2}) if rng.random() < 0.03 else fact
            for fact in (*own.facts, *borrowed)
            if rng.random() < 0.9
        ]
        facts.sort(key=lambda fact: (fact.start_s, fact.kind))
        calls.append(own.model_copy(update={"facts": tuple(facts)}))
    return calls


def seconds_of(judge: Callable[[Facts], object], calls: list[Facts]) -> float:
    """CPU seconds of judging them all."""
    started = time.process_time()
    for facts in calls:
        judge(facts)
    return time.process_time() - started


@contextmanager
def stopwatch(spent: Counter[str]) -> Iterator[None]:
    """Within it each step of STEPS adds its seconds to `spent`."""
    kept = {name: getattr(module, at) for name, (module, at) in STEPS.items()}

    def timed(name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return inner(*args, **named)
            finally:
                spent[name] += time.process_time() - started  # type: ignore[assignment]

        return run

    for name, (module, at) in STEPS.items():
        setattr(module, at, timed(name, kept[name]))
    try:
        yield
    finally:
        for name, (module, at) in STEPS.items():
            setattr(module, at, kept[name])


def shares(judge: Callable[[Facts], object], calls: list[Facts]) -> str:
    """Share of each step in judging, in percent."""
    spent: Counter[str] = Counter()
    with stopwatch(spent):
        whole_s = seconds_of(judge, calls)
    told = [f"{name} {spent[name] / whole_s:.0%}" for name in STEPS]
    return ", ".join([*told, f"rest {1 - sum(spent.values()) / whole_s:.0%}"])


def bench(packs: Packs, language: Language, count: int, rounds: int) -> None:
    rules: list[Rule] = [
        rule
        for rule in packs.rules
        if rule.language == language and rule.status != "retired" and not rule.applies_to.direction
    ]
    calls = varied(measured(packs, language), count)
    program = program_of(rules)
    for facts in calls:
        ours = {one.rule_id: one.verdict for one in find(facts, rules, LIMITS)}
        assert ours == judge_plainly(facts, rules, LIMITS), "the engine and the oracle differ"
    rivals: dict[str, Callable[[Facts], object]] = {
        "durable_rules": lambda facts: find_with(facts, program, LIMITS),
        "oracle": lambda facts: judge_plainly(facts, rules, LIMITS),
    }
    taken: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(rounds):
        for name, judge in rivals.items():
            taken[name].append(seconds_of(judge, calls))
    rate = {name: count / statistics.median(seconds) for name, seconds in taken.items()}
    facts_mean = statistics.mean(len(facts.facts) for facts in calls)
    print(
        f"{language}: {len(rules)} rules, {count} calls of {facts_mean:.0f} facts, "
        f"{rounds} rounds, the same verdicts"
    )
    print(
        f"  durable_rules with findings {rate['durable_rules']:,.0f} calls/s a core; "
        f"oracle, verdicts only {rate['oracle']:,.0f}; "
        f"ratio {rate['durable_rules'] / rate['oracle']:.2f}"
    )
    print(f"  of a call: {shares(rivals['durable_rules'], calls)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    packs = load_packs(ROOT)
    for language in ("zh", "en"):
        bench(packs, language, args.calls, args.rounds)


if __name__ == "__main__":
    main()
