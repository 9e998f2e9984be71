"""The measuring and structural operators on random calls: never a crash, as the oracle judges."""

import random
from typing import Any

import pytest

from qa.domain.facts import Fact, Facts
from qa.domain.limits import Limits
from qa.domain.rules import Rule, Window
from qa.findings.find import find
from qa.findings.hits import View
from qa.findings.operator import run
from qa.findings.operators import OPERATORS
from tests.findings.by_hand import rule_of
from tests.findings.oracle import judge_plainly
from tests.findings.worlds import random_facts

LIMITS = Limits()
DELTA = {"words": "delta", "speaker": "customer"}
STEPS = [
    {"words": "alpha", "speaker": "csr"},
    {"words": ["beta", "gamma"], "optional": True},
    {"one_of": [[{"words": "gamma"}, {"words": "hold"}], [DELTA]]},
    {"words": "beta", "speaker": "csr"},
]  # fmt: skip
USES: list[tuple[str, dict[str, Any]]] = [
    ("response_latency", {"speaker": "csr", "min_s": 1, "except_after": ["alpha", "hold"]}),
    ("dead_air", {"min_s": 0.3, "after_whom": "customer", "except_after": ["beta"]}),
    ("talk_over", {"by": "csr", "min_s": 0.4}),
    ("talk_share", {"speaker": "csr", "above_share": 0.6}),
    ("turn_count", {"speaker": "csr", "at_least": 2, "at_most": 3}),
    ("turn_count", {"at_least": 4}),
    ("call_length", {"above_s": 31}),
    ("role", {"is": "unknown", "above_share": 0.2}),
    ("role", {"is": "csr", "above_share": 0.4, "below_share": 0.2}),
    ("loudness", {"speaker": "csr", "rises_db": 5}),
    ("loudness", {"speaker": "csr", "per": "call", "below_dbfs": -30}),
    ("pace", {"speaker": "csr", "above_percentile": 90, "site_calls": 7}),
    ("sentiment", {"is": "negative", "negative": ["alpha"], "positive": ["beta"]}),
    ("sentiment", {"change": "worse", "negative": ["alpha", "gamma"], "positive": ["beta"]}),
    ("promise", {"owner": "other"}),
    ("position", {"speaker": "csr", "words": "alpha", "turn": 2}),
    ("position", {"speaker": "customer", "turn": 1, "counted_from": "end"}),
    ("position", {"speaker": "csr", "words": "beta", "turn": 2, "among": "speaker", "up_to": True}),
    ("process_flow", {"steps": STEPS}),
    ("process_flow", {"steps": STEPS, "max_gap_s": 6}),
    ("process_flow", {"steps": [STEPS[0], STEPS[3]], "max_gap_turns": 2}),
]
WINDOWS = (Window(first_turns=2), Window(last_share=0.5), Window(first_s=9.0))


def world(seed: int) -> Facts:
    """A random call with the facts these operators read beside those of every call."""
    rng = random.Random(seed)
    facts = random_facts(rng)
    more = [
        Fact(
            kind=rng.choice(("response_latency", "talk_over", "loudness", "promise_owner")),
            turn=turn.index,
            speaker=turn.speaker,
            start_s=turn.start_s,
            end_s=turn.end_s,
            value=rng.choice((-40.0, -20.0, 0.5, 2.0, 6.0)),
            confidence=rng.choice((1.0, 0.1)),
        )
        for turn in facts.turns
        if rng.random() < 0.7
    ]
    more += [
        Fact(kind="duration", start_s=0, end_s=facts.duration_s, value=facts.duration_s),
        Fact(kind="talk_share", speaker="csr", start_s=0, end_s=1, value=rng.random()),
    ]
    return facts.model_copy(update={"facts": (*facts.facts, *more)})


def rules_of(seed: int) -> tuple[Rule, ...]:
    """Each use as a rule of its own, some in a window, some beside another use."""
    rng = random.Random(seed)
    made = []
    for number, (operator, params) in enumerate(USES, start=1):
        want = OPERATORS[operator].params.model_validate(params)
        if rng.random() < 0.3 and OPERATORS[operator].takes_window(want):
            params = params | {"window": rng.choice(WINDOWS)}
        conditions = {"it": {operator: params}, "also": {"says": {"words": "alpha"}}}
        logic: Any = rng.choice(
            ("it", {"not": "it"}, {"any": ["it", "also"]}, {"before": ["it", "also"]},
             {"after": {"find": "also", "anchor": "it", "hit": "every"}})
        )  # fmt: skip
        if "also" not in str(logic):
            del conditions["also"]
        made.append(rule_of(conditions, rule_id=f"OPEN-{number:03d}", met_when=logic))
    return tuple(made)


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_the_engine_judges_as_the_oracle_does(start: int) -> None:
    seen = set()
    for seed in range(start, start + 20):
        facts, rules = world(seed), rules_of(seed)
        ours = {one.rule_id: one.verdict for one in find(facts, rules, LIMITS)}
        assert ours == judge_plainly(facts, rules, LIMITS), seed
        seen |= set(ours.values())
    assert seen >= {"met", "not_met", "undecided"}


@pytest.mark.parametrize("seed", range(40))
def test_doubtful_hits_add_and_never_take_away(seed: int) -> None:
    """With every doubt removed from the facts, what was surely a hit still is."""
    facts = world(seed)
    certain = facts.model_copy(
        update={
            "facts": tuple(f.model_copy(update={"confidence": 1.0}) for f in facts.facts),
            "missing": {},
        }
    )
    for operator, params in USES:
        # What excuses, outweighs or names another owner works the other way round.
        if "except_after" in params or operator in ("sentiment", "promise"):
            continue
        one = OPERATORS[operator]
        want = one.params.model_validate(params)
        before = run(one, View(facts), want, None, LIMITS)
        after = run(one, View(certain), want, None, LIMITS)
        if before.missing is None and any(hit.sure for hit in before.hits):
            assert after.hits, (operator, params)
