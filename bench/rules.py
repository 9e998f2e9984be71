"""Calls a second a core that the default rules judge, beside the plain-Python oracle.

Both judge the same calls in turn, new ones each round; medians are printed, and their ratio. The
product gives whole findings (verdict, reason in two languages, evidence, what was searched); the
oracle of the tests gives verdicts only, so it is the lower bound of what judging costs at all.
It also prints what the guard and the isolation cost: the engine's door (values checked, a begin
fact that fires, conclusions read and sorted) beside the bare C calls on the same facts, and what
a worker process adds (a job and its result pickled and read) beside the judging; wanted under
20 % together. Facts are those of the demo scripts, varied by seed: some left out, some from
another call, some heard badly. Goal: 1,000 calls a second a core for one language's rules.
Run: python -m bench.rules [--calls N] [--rounds N]
"""

import argparse
import json
import pickle
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qa.domain.call import Call
from qa.domain.facts import Facts
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.script import read_script
from qa.facts.measure import measure
from qa.findings import engine, evaluate, related
from qa.findings import find as finding
from qa.findings.find import find, find_with, program_of
from qa.findings.program import Program
from qa.flow.work import Job, Worker
from qa.packs.load import load_packs
from tests.findings.oracle import judge_plainly
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Language

ROOT = Path(__file__).resolve().parents[1]
LIMITS = Limits()
# What is timed apart: name -> where its functions stand. Engine: durable_rules and its door.
STEPS = {
    "select": ((finding, "run"),),
    "slim": ((related, "_slim"),),
    "engine": ((related, "relate"), (evaluate, "enough"), (evaluate, "settled")),
    "word": ((finding, "find_one"),),
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


def varied(demo: list[Facts], count: int, *, first: int = 0) -> list[Facts]:
    """Calls like those of the demo: a tenth of the facts left out, a fifth more from another
    call, three in a hundred heard badly (shares are guesses). first: seed of the first one."""
    calls = []
    for seed in range(first, first + count):
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
    kept = [(name, module, at, getattr(module, at)) for name, places in STEPS.items()
            for module, at in places]  # fmt: skip

    def timed(name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            started = time.process_time()
            try:
                return inner(*args, **named)
            finally:
                spent[name] += time.process_time() - started  # type: ignore[assignment]

        return run

    for name, module, at, inner in kept:
        setattr(module, at, timed(name, inner))
    try:
        yield
    finally:
        for _, module, at, inner in kept:
            setattr(module, at, inner)


def shares(judge: Callable[[Facts], object], calls: list[Facts]) -> str:
    """Share of each step in judging, in percent."""
    spent: Counter[str] = Counter()
    with stopwatch(spent):
        whole_s = seconds_of(judge, calls)
    told = [f"{name} {spent[name] / whole_s:.0%}" for name in STEPS]
    return ", ".join([*told, f"rest {1 - sum(spent.values()) / whole_s:.0%}"])


Run = tuple[str, str, str]  # a ruleset's name, its JSON, the facts


def engine_runs(program: Program, calls: list[Facts]) -> list[Run]:
    """What durable_rules is asked when these calls are judged for the first time; what it
    concluded of counts and truths in earlier calls is remembered."""
    runs: list[Run] = []
    inner = engine._run

    def noted(name: str, ruleset: str, batch: str) -> list[str]:
        runs.append((name, ruleset, batch))
        return inner(name, ruleset, batch)

    engine._run = noted  # type: ignore[assignment]
    try:
        for facts in calls:
            find_with(facts, program, LIMITS)
    finally:
        engine._run = inner  # type: ignore[assignment]
    return runs


def guard_share(runs: list[Run], whole_s: float) -> float:
    """Share of `whole_s` that the door costs beyond the bare engine, on the same batches."""
    guarded_s = min(_seconds(lambda: [engine._run(*one) for one in runs]) for _ in range(5))
    bare_s = min(_seconds(lambda: [_bare(*one) for one in runs]) for _ in range(5))
    facts_s = min(_seconds(lambda: [_checked(batch) for _, _, batch in runs]) for _ in range(5))
    return max(0.0, guarded_s - bare_s + facts_s) / whole_s


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _bare(name: str, ruleset: str, batch: str) -> None:
    """What the engine itself needs: facts in, actions out, state gone; no begin, no checks."""
    handle = engine._ruleset(name, ruleset)
    state = engine.durable.assert_facts(handle, batch)[1]
    fired = engine.durable.start_action_for_state(handle, state)
    while fired is not None:
        fired = engine.durable.complete_and_start_action(handle, state)
    engine.durable.delete_state(handle, engine._SESSION)


def _checked(batch: str) -> bool:
    """The check of every value, as the door does it."""
    return all(engine._fits(value) for fact in json.loads(batch) for value in fact.values())


def isolation_share(packs: Packs, language: Language) -> float:
    """What a job and its result cost on their way through a pipe, as a share of the judging."""
    worker = Worker(packs, LIMITS, TranscribeSettings())
    judged_s = carried_s = 0.0
    for path in sorted((ROOT / "demo/scripts").glob(f"{language}-*.call")):
        script = read_script(path.read_text("utf-8"), name=path.name)
        job = Job(call=script.call, path=path.name, transcript=script.transcript)
        done = worker.do(job)
        judged_s += min(_seconds(lambda job=job: worker.do(job)) for _ in range(3))  # type: ignore[misc]
        carried_s += min(
            _seconds(
                lambda job=job, done=done: [pickle.loads(pickle.dumps(x)) for x in (job, done)]
            )  # type: ignore[misc]
            for _ in range(3)
        )
    return carried_s / judged_s


def bench(packs: Packs, language: Language, count: int, rounds: int) -> None:
    usual = Call(id="usual", source="", language=language)
    rules, given = packs.rules_for(usual), packs.derivations_for(usual)
    demo = measured(packs, language)
    calls = varied(demo, count)
    program = program_of(rules, given)
    for facts in calls:
        findings = find(facts, rules, LIMITS, derivations=given)
        ours = {one.rule_id: one.verdict for one in findings}
        theirs = judge_plainly(facts, rules, LIMITS, given)
        assert ours == theirs, "the engine and the oracle differ"
    rivals: dict[str, Callable[[Facts], object]] = {
        "durable_rules": lambda facts: find_with(facts, program, LIMITS),
        "oracle": lambda facts: judge_plainly(facts, rules, LIMITS, given),
    }
    taken: dict[str, list[float]] = {name: [] for name in rivals}
    for number in range(1, rounds + 1):
        # Calls of its own each round: the engine remembers what it was asked before.
        fresh = varied(demo, count, first=number * count)
        for name, judge in rivals.items():
            taken[name].append(seconds_of(judge, fresh))
    rate = {name: count / statistics.median(seconds) for name, seconds in taken.items()}
    facts_mean = statistics.mean(len(facts.facts) for facts in calls)
    print(
        f"{language}: {len(rules)} rules, {len(given)} derivations, {count} calls "
        f"of {facts_mean:.0f} facts, {rounds} rounds, the same verdicts"
    )
    print(
        f"  durable_rules with findings {rate['durable_rules']:,.0f} calls/s a core; "
        f"oracle, verdicts only {rate['oracle']:,.0f}; "
        f"ratio {rate['durable_rules'] / rate['oracle']:.2f}"
    )
    print(f"  of a call: {shares(rivals['durable_rules'], calls)}")
    runs = engine_runs(program, varied(demo, count, first=(rounds + 1) * count))
    print(f"  durable_rules runs {len(runs) / count:.1f} times a call not judged before")
    whole_s = statistics.median(taken["durable_rules"])
    guard, isolation = guard_share(runs, whole_s), isolation_share(packs, language)
    print(f"  guard {guard:.1%} of judging, isolation {isolation:.1%} of a call's work")


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
