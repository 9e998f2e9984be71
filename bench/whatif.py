"""`qa whatif` over a million synthetic evaluations: re-scored and compared, beside the slow path.

Rival: `qa.scoring.score`, one call at a time, in the same run. Wanted: under 5 s on two cores,
0 differences on the sample. `python -m bench.whatif [--rows N] [--sample N]`.
"""

import argparse
import os
import time
from decimal import Decimal

import numpy as np

from qa.domain.call import Call
from qa.domain.evaluations import Answer
from qa.domain.findings import Finding, Reason
from qa.domain.keys import canonical_json
from qa.domain.scorecards import Scorecard
from qa.domain.text import Text
from qa.flow.shipped import shipped_root
from qa.packs.load import load_packs
from qa.scoring.column_nouns import NONE, VERDICTS, Judged
from qa.scoring.column_rows import evaluation_at
from qa.scoring.columns import score_columns
from qa.scoring.compare_columns import compare, figures_of
from qa.scoring.score import score

SEED = 3
WANTED_S = 5.0
# Guesses of a usual history: met, not met, not applicable, undecided, no finding; answered.
VERDICT_SHARES = (0.62, 0.13, 0.13, 0.09, 0.03)
ANSWER_SHARES = (0.10, 0.02, 0.02, 0.86)
CSRS, TEAMS = 2_000, 80


def made_up(card: Scorecard, rows: int, rng: np.random.Generator) -> Judged:
    """Verdicts and answers of `rows` calls on the form."""
    rules = dict.fromkeys(rule for item in card.items for rule in item.rules)
    codes = np.array([0, 1, 2, 3, NONE], np.int8)
    return Judged(
        rows=rows,
        verdicts={rule: codes[rng.choice(5, rows, p=VERDICT_SHARES)] for rule in rules},
        answers={
            item.ref_id: codes[[0, 1, 2, 4]][rng.choice(4, rows, p=ANSWER_SHARES)]
            for item in card.items
        },
    )


def changed_form(card: Scorecard) -> Scorecard:
    """The form with points moved between two items, another pass mark and another combination."""
    giver = max(card.items, key=lambda item: item.points)
    taker = next(item for item in card.items if item.points > 0 and item is not giver)
    moved = {giver.ref_id: giver.points - 2, taker.ref_id: taker.points + 2}
    sections = tuple(
        section.model_copy(
            update={
                "items": tuple(
                    item.model_copy(
                        update={"points": moved.get(item.ref_id, item.points), "combine": "share"}
                    )
                    for item in section.items
                )
            }
        )
        for section in card.sections
    )
    return card.model_copy(update={"sections": sections, "pass_mark": Decimal(80)})


def slow(card: Scorecard, judged: Judged, row: int) -> tuple[str, dict[str, str]]:
    """The row's evaluation by `score` as canonical JSON, and its findings' ids."""
    text = Text(zh="x", en="x")
    findings = [
        Finding(
            id=f"f-{rule}",
            rule_id=rule,
            rule_digest="d",
            verdict=VERDICTS[code],
            reason=Reason(code="bench", text=text),
        )
        for rule, column in judged.verdicts.items()
        if (code := int(column[row])) != NONE
    ]
    answers = [
        Answer.model_validate(
            {
                "ref_id": ref_id,
                "verdict": VERDICTS[code],
                "by": "bench",
                "reason": "bench",
                "at": "2026-01-01T00:00:00Z",
            }
        )
        for ref_id, column in judged.answers.items()
        if (code := int(column[row])) != NONE
    ]
    made = score(Call(id="b", source="b"), findings, card, answers)
    return canonical_json(made), {one.rule_id: one.id for one in findings}


def main() -> None:
    """Print times, ratio and differences; leave with 1 when the wanted is not reached."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sample", type=int, default=2_000)
    wanted = parser.parse_args()
    rng = np.random.default_rng(SEED)
    card = next(c for c in load_packs(shipped_root()).scorecards if c.id == "zh-inbound")
    judged = made_up(card, wanted.rows, rng)
    before = figures_of(score_columns(card, judged))
    groups = {
        "csr": (rng.integers(0, CSRS, wanted.rows), [str(n) for n in range(CSRS)]),
        "team": (rng.integers(0, TEAMS, wanted.rows), [str(n) for n in range(TEAMS)]),
    }
    new = changed_form(card)
    started, cpu = time.perf_counter(), time.process_time()
    scored = score_columns(new, judged, threads=2)
    scored_s = time.perf_counter() - started
    compared = compare(before, figures_of(scored), groups)
    whole_s, cpu_s = time.perf_counter() - started, time.process_time() - cpu
    rows = rng.choice(wanted.rows, wanted.sample, replace=False)
    started = time.perf_counter()
    slowly = [slow(new, judged, int(row)) for row in rows]
    slow_s = time.perf_counter() - started
    differences = sum(
        canonical_json(evaluation_at(scored, int(row), ids)) != text
        for row, (text, ids) in zip(rows, slowly, strict=True)
    )
    rate, rival = wanted.rows / scored_s, wanted.sample / slow_s
    print(f"cores: {os.cpu_count()}  rows: {wanted.rows:,}  items: {len(card.items)}")
    print(f"re-scored in {scored_s:.2f} s, with the comparison {whole_s:.2f} s, CPU {cpu_s:.2f} s")
    print(f"changed calls: {compared.changed:,}  items: {len(compared.items)}")
    print(f"columns {rate:,.0f}/s, score() {rival:,.0f}/s: {rate / rival:,.0f} times")
    print(f"differences on {wanted.sample:,} rows: {differences}")
    if differences or (wanted.rows >= 1_000_000 and whole_s >= WANTED_S):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
