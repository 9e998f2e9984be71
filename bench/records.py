"""The figures each live rule carries (`record:`) beside what is measured now.

Demo rules: verdicts on the demo recordings beside the truth in their scripts, of the rule's own
language; calls are those in which the rule applies by the truth, precision and recall those of
not_met. Rules that stand on labelled turns: the turns of their kind. Rules of trades are held by
tests/trades. All of these sets were also used for tuning: a record tells what a change of lists
did to them, not what the rule does on new calls. Status 1 where a record differs from what is seen.
Run: python -m bench.records [--scripts] (--scripts judges the scripts' words, no audio).
"""

import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from qa.domain.limits import Limits
from qa.domain.rules import Rule
from qa.domain.script import Script, read_script
from qa.flow.metadata import ImportRules, read_calls
from qa.flow.work import Job
from qa.flow.workers import default_workers, work_through
from qa.packs.load import load_packs
from tests.facts.labelled import agreement, found, patterns, turns
from transcribe.settings import TranscribeSettings

ROOT = Path(__file__).resolve().parents[1]
DEMO = "demo recordings"
TURNS = "tests/facts/labelled, turns of kind "
Verdicts = dict[tuple[str, str], Counter[tuple[str, str]]]  # (language, rule) -> (truth, verdict)


class Figures(NamedTuple):
    """What a record says, or what is measured; None where nothing can be said."""

    calls: int
    precision: float | None
    recall: float | None

    def shown(self) -> str:
        both = ("-" if x is None else f"{x:.2f}" for x in self[1:])
        return f"{self.calls:5} {' '.join(f'{one:>9}' for one in both)}"


def main() -> int:
    """Prints the table; 1 where a record differs."""
    packs = load_packs(ROOT)
    demo = on_demo() if any(one.record and DEMO in one.record.set for one in packs.rules) else {}
    wrong = 0
    print(f"{'rule':13} {'record':>25} {'measured':>25}")
    for rule in sorted(packs.rules, key=lambda one: (one.language, one.id)):
        now = measured(rule, demo)
        if now is None or rule.record is None:
            continue
        said = Figures(rule.record.calls, rule.record.precision, rule.record.recall)
        same = said.shown() == now.shown()
        wrong += not same
        print(f"{rule.language} {rule.id:10} {said.shown()} {now.shown()}{'' if same else '  <-'}")
    return int(wrong > 0)


def measured(rule: Rule, demo: Verdicts) -> Figures | None:
    """The rule's figures now; None for a rule that others measure or that has no record."""
    name = rule.record.set if rule.record else ""
    if name.startswith(TURNS):
        several = turns(rule.language)
        kind = name.removeprefix(TURNS).split(",")[0]
        lists = patterns(rule.language)
        one = agreement(several, found(several, rule.language, lists), kind)
        return Figures(one.hits + len(one.missed), one.precision, one.recall)
    if not name.startswith(DEMO):
        return None
    pairs = demo[rule.language, rule.id]
    hit = pairs["not_met", "not_met"]
    seen = sum(n for (_, verdict), n in pairs.items() if verdict == "not_met")
    true = sum(n for (truth, _), n in pairs.items() if truth == "not_met")
    calls = sum(n for (truth, _), n in pairs.items() if truth != "not_applicable")
    return Figures(calls, hit / seen if seen else None, hit / true if true else None)


def on_demo() -> Verdicts:
    """Truth and verdict of every rule on the demo calls."""
    folder = ROOT / "demo"
    rules = ImportRules(folder / "recordings", ZoneInfo("Asia/Shanghai"), b"bench")
    calls = {call.id: call for call in read_calls(folder / "calls.csv", rules).calls}
    scripts: dict[str, Script] = {
        path.stem: read_script(path.read_text("utf-8"), name=path.name)
        for path in sorted((folder / "scripts").glob("*.call"))
    }
    jobs = [
        Job(
            call=call,
            path=str(folder / "recordings" / str(call.recording)),
            transcript=scripts[name].transcript if "--scripts" in sys.argv else None,
        )
        for name, call in sorted(calls.items())
    ]
    found_on: Verdicts = {}
    for job, done in work_through(
        jobs, workers=default_workers(), packs=load_packs(ROOT), limits=Limits(),
        settings=TranscribeSettings(),
    ):  # fmt: skip
        if done.errors:
            raise SystemExit(f"{job.call.id}: {done.errors}")
        script = scripts[job.call.id]
        verdicts = {one.rule_id: one.verdict for one in done.parts[0].judgement.findings}
        for wanted in script.expectations:
            key = (script.transcript.language, wanted.rule_id)
            found_on.setdefault(key, Counter())[wanted.verdict, verdicts[wanted.rule_id]] += 1
    return found_on


if __name__ == "__main__":
    raise SystemExit(main())
