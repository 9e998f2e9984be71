"""Compares durable_rules with the oracle on random packs and facts, until enough is compared.

    python -m tests.findings.fuzz --count 100000 --seconds 600 --seed 1

A pack is rules and derivations that ask for each other, judged over several random calls. It
runs in worker processes: one that dies is told with the seed it held. Prints the counts, and
each difference with what reproduces it; exits 1 when there is one, or a death.
"""

import argparse
import multiprocessing
import random
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection

from qa.domain.limits import Limits
from qa.findings.find import find_all
from tests.findings.oracle import judge_all
from tests.findings.worlds import random_facts, random_pack
from transcribe.errors import CodedError

CALLS_A_PACK = 2
PACKS_A_PROCESS = 2_000  # then a fresh one, so that what leaks or wears out shows apart
SILENCE_S = 60.0  # a worker that says nothing for so long hangs


def compare_one(seed: int) -> tuple[Counter[str], list[str]]:
    """One random pack over some random calls: counts, and the differences."""
    counts: Counter[str] = Counter()
    differences: list[str] = []
    rng = random.Random(seed)
    rules, derivations = random_pack(rng)
    counts.update(packs=1, rules=len(rules), derivations=len(derivations))
    for call in range(CALLS_A_PACK):
        facts = random_facts(rng)
        try:
            found = find_all(facts, rules, derivations)
        except CodedError as error:
            differences.append(f"seed {seed}, call {call}: {error}")
            continue
        ours = {one.rule_id: one.verdict for one in found.findings}
        given = {
            (one.by, one.value, one.start_s, one.turn, one.certainty == "sure")
            for one in found.derived
        }
        theirs, told = judge_all(facts, rules, Limits(), derivations)
        counts.update(theirs.values())
        counts.update(calls=1, facts=len(facts.facts) + len(facts.candidates), derived=len(given))
        if (ours, given) != (theirs, told):
            differences.append(
                f"seed {seed}, call {call}: engine {ours} {given - told}, "
                f"oracle {theirs} {told - given}"
            )
    return counts, differences


def compare(seconds: float, seed: int, count: int = sys.maxsize) -> tuple[Counter[str], list[str]]:
    """`count` packs from this seed on, or as many as the time allows, in this process."""
    counts: Counter[str] = Counter()
    differences: list[str] = []
    until = time.monotonic() + seconds
    for number in range(seed, seed + count):
        if time.monotonic() >= until:
            break
        more, wrong = compare_one(number)
        counts += more
        differences += wrong
    return counts, differences


def _work(pipe: Connection, seed: int, count: int, seconds: float) -> None:
    """A worker: before each pack it tells the seed, after it what was found."""
    until = time.monotonic() + seconds
    for number in range(seed, seed + count):
        if time.monotonic() >= until:
            break
        pipe.send(number)
        pipe.send(compare_one(number))
    pipe.send(None)


def isolated(seconds: float, seed: int, count: int) -> tuple[Counter[str], list[str], list[str]]:
    """As `compare`, in processes of their own; also what died or hung, by its seed."""
    counts: Counter[str] = Counter()
    differences: list[str] = []
    deaths: list[str] = []
    until = time.monotonic() + seconds
    number, end = seed, seed + count
    while number < end and time.monotonic() < until:
        left_s = until - time.monotonic()
        ours, theirs = multiprocessing.Pipe(duplex=False)
        some = min(PACKS_A_PROCESS, end - number)
        worker = multiprocessing.Process(target=_work, args=(theirs, number, some, left_s))
        worker.start()
        theirs.close()
        held = number
        try:
            while ours.poll(SILENCE_S):
                told = ours.recv()
                if told is None:
                    break
                if isinstance(told, int):
                    held, number = told, told + 1
                else:
                    counts += told[0]
                    differences += told[1]
            else:
                deaths.append(f"seed {held}: silent for {SILENCE_S:g} s")
                worker.kill()
        except EOFError:
            worker.join()
            deaths.append(f"seed {held}: the process died with {worker.exitcode}")
        worker.join()
    return counts, differences, deaths


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--count", type=int, default=100_000, help="packs, at most")
    parser.add_argument("--seed", type=int, default=0, help="of the first pack; then one by one")
    args = parser.parse_args()
    started = time.monotonic()
    counts, differences, deaths = isolated(args.seconds, args.seed, args.count)
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    sys.stdout.write(f"compared {told} in {time.monotonic() - started:.0f} s\n")
    sys.stdout.write(f"{len(differences)} differences, {len(deaths)} process deaths\n")
    sys.stdout.writelines(f"{line}\n" for line in [*deaths, *differences][:20])
    return 1 if differences or deaths else 0


if __name__ == "__main__":
    raise SystemExit(main())
