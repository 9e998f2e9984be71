"""Verdicts on the demo recordings beside the truth in their scripts, rule by rule.

Prints agreement, faults found, unjust faults (not_met where the truth is met) and abstentions.
Word lists, limits and rules were changed after reading its output, so it guards against getting
worse; it is no measure of accuracy on calls nobody has seen.
Run: python -m bench.demo_agreement [--scripts] (--scripts judges the scripts' words, no audio).
"""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from qa.domain.limits import Limits
from qa.domain.script import Expectation, read_script
from qa.flow.metadata import ImportRules, read_calls
from qa.flow.work import Done, Job
from qa.flow.workers import default_workers, work_through
from qa.packs.load import load_packs
from transcribe.settings import TranscribeSettings

ROOT = Path(__file__).resolve().parents[1]
Pairs = Counter[tuple[str, str]]  # (truth, verdict) -> how often
ByRule = dict[str, Pairs]


def main() -> None:
    demo = ROOT / "demo"
    packs = load_packs(ROOT)
    rules = ImportRules(demo / "recordings", ZoneInfo("Asia/Shanghai"), b"bench")
    calls = {call.id: call for call in read_calls(demo / "calls.csv", rules).calls}
    scripts = {
        path.stem: read_script(path.read_text("utf-8"), name=path.name)
        for path in sorted((demo / "scripts").glob("*.call"))
    }
    jobs = []
    for call_id, call in sorted(calls.items()):
        said = scripts[call_id].transcript if "--scripts" in sys.argv else None
        jobs.append(
            Job(call=call, path=str(demo / "recordings" / str(call.recording)), transcript=said)
        )
    pairs: Pairs = Counter()
    by_rule: ByRule = {}
    for job, done in work_through(
        jobs,
        workers=default_workers(),
        packs=packs,
        limits=Limits(),
        settings=TranscribeSettings(),
    ):
        compare(job, done, scripts[job.call.id].expectations, pairs, by_rule)
    report(pairs, by_rule)


def compare(
    job: Job, done: Done, expectations: Iterable[Expectation], pairs: Pairs, by_rule: ByRule
) -> None:
    """Adds the call's pairs and prints where truth and verdict differ."""
    if done.errors:
        print(job.call.id, *done.errors)
        return
    found = {f.rule_id: f for f in done.parts[0].judgement.findings}
    for wanted in expectations:
        finding = found[wanted.rule_id]
        pair = (wanted.verdict, finding.verdict)
        pairs[pair] += 1
        by_rule.setdefault(wanted.rule_id, Counter())[pair] += 1
        if wanted.verdict != finding.verdict:
            print(f"{job.call.id} {wanted.rule_id}: truth {wanted.verdict}, {finding.verdict}: "
                  f"{finding.reason.text.en}")  # fmt: skip


def report(pairs: Pairs, by_rule: ByRule) -> None:
    """Prints the table and the sums."""
    total = sum(pairs.values())
    same = sum(n for (truth, seen), n in pairs.items() if truth == seen)
    faults = sum(n for (truth, _), n in pairs.items() if truth == "not_met")
    print(f"\n{'rule':10} {'right':>6} {'of':>4}")
    for rule, counts in sorted(by_rule.items()):
        right = sum(n for (truth, seen), n in counts.items() if truth == seen)
        print(f"{rule:10} {right:6} {sum(counts.values()):4}")
    print(f"\nagreement {same}/{total} = {same / total:.3f}")
    print(f"faults found {pairs['not_met', 'not_met']}/{faults}")
    print(f"unjust faults {pairs['met', 'not_met'] + pairs['not_applicable', 'not_met']}")
    print(f"abstained {sum(n for (_, seen), n in pairs.items() if seen == 'undecided')}")


if __name__ == "__main__":
    main()
