"""Random facts and random rules for the oracle tests, from a seed."""

import random

from qa.domain.facts import Candidate, Fact, Facts, TurnHeard
from qa.domain.logic import All, Any_, Exists, Logic, Not, Relate
from qa.domain.logic import Verdict as RuleLeaf
from qa.domain.rules import Condition, Rule, Window
from qa.domain.text import Text
from qa.findings.compile import compile_rules
from qa.findings.operators import OPERATORS
from qa.packs.rules import rule_digest
from transcribe.errors import CodedErrors

KINDS = ("alpha", "beta", "gamma", "delta")
TEXT = Text(zh="试", en="test")


def random_facts(rng: random.Random, *, most: int = 14) -> Facts:
    """A call of some turns with some facts; some are doubtful, some needs are missing."""
    turns = []
    at = 0.0
    for index in range(rng.randint(0, 8)):
        length = rng.choice((1.0, 2.5, 4.0))
        words = rng.randint(0, 6)
        turns.append(
            TurnHeard(
                index=index,
                speaker=rng.choice(("csr", "customer")),
                start_s=at,
                end_s=at + length,
                words=words,
                heard_words=words,
            )
        )
        at += length + rng.choice((-0.5, 0.0, 1.0))
    facts: list[Fact] = []
    candidates: list[Candidate] = []
    for _ in range(rng.randint(0, most)):
        turn = rng.choice(turns) if turns and rng.random() < 0.8 else None
        start = turn.start_s if turn else float(rng.randint(0, 30))
        values = {
            "kind": rng.choice(KINDS),
            "turn": turn.index if turn else None,
            "speaker": turn.speaker if turn else None,
            "start_s": start,
            "end_s": start + rng.choice((0.0, 0.4, 2.0)),
            "confidence": rng.choice((1.0, 1.0, 1.0, 0.1)),
        }
        if rng.random() < 0.15:
            distance = rng.choice((0.1, 0.45))
            candidates.append(Candidate(**values, distance=distance, wanted="x", quote="y"))
        else:
            facts.append(Fact(**values))
    missing = {"speakers": "mono"} if rng.random() < 0.15 else {}
    return Facts(
        call_id="c",
        language="en",
        duration_s=max(at, 31.0),
        turns=tuple(turns),
        facts=tuple(facts),
        candidates=tuple(candidates),
        missing=missing,
        made_by="test",
    )


def random_rules(rng: random.Random, *, most: int = 5) -> tuple[Rule, ...]:
    """Rules the engine can hold; wider ones are refused by the compiler (tested apart)."""
    rules: list[Rule] = []
    for number in range(1, rng.randint(1, most) + 1):
        rule = random_rule(rng, number, [rule.id for rule in rules])
        try:
            compile_rules([*rules, rule], OPERATORS)
        except CodedErrors:
            continue
        rules.append(rule)
    rng.shuffle(rules)
    return tuple(rules)


def random_rule(rng: random.Random, number: int, earlier: list[str]) -> Rule:
    names = [f"n{i}" for i in range(rng.randint(1, 3))]
    parts = {"met_when": random_logic(rng, names, earlier, depth=2)}
    for part in ("only_if", "unless"):
        if rng.random() < 0.3:
            parts[part] = random_logic(rng, names, earlier, depth=1)
    # Every condition must be used: what is left over joins the standard.
    parts["met_when"] = Any_(parts=(parts["met_when"], *(Exists(find=name) for name in names)))
    rule = Rule(
        id=f"OPEN-{number:03d}",
        name="x",
        language="en",
        title=TEXT,
        why=TEXT,
        wrong_when=TEXT,
        conditions=tuple(random_condition(rng, name) for name in names),
        **parts,
    )
    return rule.model_copy(update={"digest": rule_digest(rule)})


def random_condition(rng: random.Random, name: str) -> Condition:
    params: dict[str, object] = {"words": rng.choice(KINDS)}
    if rng.random() < 0.5:
        params["speaker"] = rng.choice(("csr", "customer"))
    window = None
    if rng.random() < 0.3:
        window = rng.choice(
            (Window(first_turns=2), Window(last_turns=2), Window(first_s=9.0), Window(last_share=0.5))
        )
    return Condition(name=name, operator="says", params=params, window=window)


def random_logic(rng: random.Random, names: list[str], earlier: list[str], *, depth: int) -> Logic:
    roll = rng.random()
    if depth > 0 and roll < 0.2:
        return Not(part=random_logic(rng, names, earlier, depth=depth - 1))
    if depth > 0 and roll < 0.5:
        parts = tuple(
            random_logic(rng, names, earlier, depth=depth - 1) for _ in range(rng.randint(1, 3))
        )
        return All(parts=parts) if rng.random() < 0.5 else Any_(parts=parts)
    if earlier and roll < 0.55:
        return RuleLeaf(rule=rng.choice(earlier), verdict=rng.choice(("met", "not_met")))
    if roll < 0.7:
        return Exists(find=rng.choice(names), at_least=rng.choice((1, 1, 2, 3)))
    return Relate(
        find=rng.choice(names),
        anchor=rng.choice(names),
        where=rng.choice(("before", "after", "around", "same_turn")),
        hit=rng.choice(("any", "every", "first", "last", 2)),
        within_s=rng.choice((None, None, 0.5, 3.0, 10.0)),
        within_turns=rng.choice((None, None, 1, 2)),
    )
