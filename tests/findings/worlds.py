"""Random facts and random rules for the oracle tests, from a seed."""

import random

from qa.domain.derivations import Derivation
from qa.domain.facts import Candidate, Fact, Facts, TurnHeard
from qa.domain.logic import All, Any_, AtLeast, Exists, Faults, Logic, Not, Relate
from qa.domain.logic import Verdict as RuleLeaf
from qa.domain.rules import Condition, Rule, Window
from qa.domain.text import Text
from qa.findings.compile import compile_rules
from qa.findings.operators import OPERATORS
from qa.packs.derivations import derivation_digest
from qa.packs.rules import rule_digest
from transcribe.errors import CodedErrors

KINDS = ("alpha", "beta", "gamma", "delta")
MEASURED = ("dead_air", "hold", "interruption")
RATES = ("pace", "filler")
PARTIES = ("csr", "customer")
TEXT = Text(zh="试", en="test")
MISSING = {
    "speakers": "unknown_turns",
    "turn_ends": "no_turn_ends",
    "two_channels": "mono",
    "activity": "no_activity",
    "holds": "no_events",
    "hung_up_by": "not_told",
}
WINDOWS = (
    Window(first_turns=2),
    Window(last_turns=2),
    Window(first_s=9.0),
    Window(last_s=12.5),
    Window(first_share=0.25),
    Window(last_share=0.5),
    Window(first_turns=3, first_s=6.0),
    Window(last_turns=3, first_share=0.75),
)


def random_facts(rng: random.Random, *, most: int = 14) -> Facts:
    """A call of some turns with some facts; some are doubtful, some needs are missing."""
    turns = random_turns(rng)
    end_s = max([turn.end_s for turn in turns], default=0.0)
    facts: list[Fact] = []
    candidates: list[Candidate] = []
    for _ in range(rng.randint(0, most)):
        made = random_fact(rng, turns)
        if isinstance(made, Candidate):
            candidates.append(made)
        else:
            facts.append(made)
    if rng.random() < 0.5:
        by = rng.choice(PARTIES)
        facts.append(Fact(kind="hung_up_by", start_s=end_s, end_s=end_s, value=by))
    for kind in RATES:
        if rng.random() < 0.6:
            rate = rng.choice((5.0, 15.0, 200.0, 400.0))
            who = rng.choice(PARTIES)
            facts.append(Fact(kind=kind, start_s=0.0, end_s=end_s, value=rate, speaker=who))
    attributes = {"product": rng.choice(("loan", "card", "12", "many"))}
    return Facts(
        call_id="c",
        language="en",
        duration_s=max(end_s, 31.0),
        turns=tuple(turns),
        facts=tuple(facts),
        candidates=tuple(candidates),
        missing={need: why for need, why in MISSING.items() if rng.random() < 0.06},
        attributes=attributes if rng.random() < 0.8 else {},
        made_by="test",
    )


def random_turns(rng: random.Random) -> list[TurnHeard]:
    turns = []
    at_s = 0.0
    parties = rng.choice((PARTIES, PARTIES, (*PARTIES, "unknown"), ("unknown",)))
    badly = rng.random() < 0.3
    for index in range(rng.randint(0, 8)):
        length_s = rng.choice((1.0, 2.5, 4.0))
        words = rng.randint(0, 6)
        turns.append(
            TurnHeard(
                index=index,
                speaker=rng.choice(parties),
                start_s=at_s,
                end_s=at_s + length_s,
                words=words,
                heard_words=rng.randint(0, words) if badly else words,
            )
        )
        at_s += length_s + rng.choice((-0.5, 0.0, 1.0))
    return turns


def random_fact(rng: random.Random, turns: list[TurnHeard]) -> Fact:
    turn = rng.choice(turns) if turns and rng.random() < 0.8 else None
    start_s = turn.start_s if turn else float(rng.randint(0, 30))
    length_s = rng.choice((0.0, 0.4, 2.0, 7.0))
    place = {
        "turn": turn.index if turn else None,
        "speaker": turn.speaker if turn else None,
        "start_s": start_s,
        "end_s": start_s + length_s,
        "confidence": rng.choice((1.0, 1.0, 1.0, 0.1)),
    }
    roll = rng.random()
    if roll < 0.12:
        kind = rng.choice(KINDS)
        distance = rng.choice((0.1, 0.45))
        return Candidate(kind=kind, **place, distance=distance, wanted="x", quote="y")
    if roll < 0.65:
        return Fact(kind=rng.choice(KINDS), **place)
    if roll < 0.75:
        return Fact(kind="promise", **place, value=rng.choice((None, "today")))
    if roll < 0.8:
        return Fact(kind="pace", **place, value=rng.choice((100.0, 300.0, 500.0)))
    return Fact(kind=rng.choice(MEASURED), **place, value=length_s, unit="s")


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


Pack = tuple[tuple[Rule, ...], tuple[Derivation, ...]]
GIVEN = (("risk", "high"), ("risk", "low"), ("calm", None), ("level", 2.0), ("level", 3.0))


def random_pack(rng: random.Random, *, most: int = 7) -> Pack:
    """Rules and derivations that ask for each other, without a circle."""
    rules: list[Rule] = []
    given: list[Derivation] = []
    for number in range(1, rng.randint(1, most) + 1):
        earlier = [rule.id for rule in rules]
        try:
            if rng.random() < 0.45:
                one = random_derivation(rng, number, earlier, given)
                compile_rules(rules, OPERATORS, derivations=[*given, one])
                given.append(one)
            else:
                rule = random_rule(rng, number, earlier, given)
                compile_rules([*rules, rule], OPERATORS, derivations=given)
                rules.append(rule)
        except CodedErrors:
            continue
    rng.shuffle(rules)
    rng.shuffle(given)
    return tuple(rules), tuple(given)


def random_derivation(
    rng: random.Random, number: int, earlier: list[str], given: list[Derivation]
) -> Derivation:
    names = [f"n{i}" for i in range(rng.randint(1, 3))]
    kind, value = rng.choice(GIVEN)
    each = rng.choice(names) if rng.random() < 0.6 else None
    when = random_logic(rng, names, earlier, depth=2)
    used = {name for name in names if name != each}
    if used:
        when = rng.choice((All, Any_))(parts=(when, *(Exists(find=name) for name in sorted(used))))
    if rng.random() < 0.3:
        when = Not(part=when)
    waives = ()
    if rng.random() < 0.25:
        waives = tuple(f"OPEN-{rng.randint(1, number + 2):03d}" for _ in range(rng.randint(1, 2)))
        waives = tuple(dict.fromkeys(waives))
        kind, value = "waiver", None
    one = Derivation(
        id=f"d{number}",
        language="en",
        kind=kind,
        value=value,
        title=TEXT,
        why=TEXT,
        conditions=tuple(random_condition(rng, name, given) for name in names),
        each=each,
        when=when,
        waives=waives,
    )
    return one.model_copy(update={"digest": derivation_digest(one)})


def random_rule(
    rng: random.Random, number: int, earlier: list[str], given: list[Derivation] | None = None
) -> Rule:
    names = [f"n{i}" for i in range(rng.randint(1, 3))]
    parts = {"met_when": random_logic(rng, names, earlier, depth=2)}
    for part in ("only_if", "unless"):
        if rng.random() < 0.3:
            parts[part] = random_logic(rng, names, earlier, depth=1)
    # Every condition must be used: what is left over joins the standard.
    parts["met_when"] = Any_(parts=(parts["met_when"], *(Exists(find=name) for name in names)))
    if rng.random() < 0.5:
        parts["met_when"] = Not(part=parts["met_when"])
    rule = Rule(
        id=f"OPEN-{number:03d}",
        name="x",
        language="en",
        title=TEXT,
        why=TEXT,
        wrong_when=TEXT,
        conditions=tuple(random_condition(rng, name, given) for name in names),
        **parts,
    )
    return rule.model_copy(update={"digest": rule_digest(rule)})


def random_condition(
    rng: random.Random, name: str, given: list[Derivation] | None = None
) -> Condition:
    operator, params = rng.choice((random_says, random_says, random_says, random_measure))(rng)
    if given and rng.random() < 0.5:
        operator, params = "derived", {"kind": rng.choice(given).kind}
        if rng.random() < 0.3:
            known = [one for one in given if one.kind == params["kind"] and not one.waives]
            values = [one.value for one in known if one.value is not None]
            params |= {"value": rng.choice(values)} if values else {}
    window = None
    want = OPERATORS[operator].params.model_validate(params)
    if rng.random() < 0.3 and OPERATORS[operator].takes_window(want):
        window = rng.choice(WINDOWS)
    return Condition(name=name, operator=operator, params=params, window=window)


def random_says(rng: random.Random) -> tuple[str, dict[str, object]]:
    words: object = rng.choice(KINDS)
    if rng.random() < 0.2:
        words = tuple(rng.sample(KINDS, 2))
    params: dict[str, object] = {"words": words}
    if rng.random() < 0.6:
        params["speaker"] = rng.choice(PARTIES)
    return "says", params


def random_measure(rng: random.Random) -> tuple[str, dict[str, object]]:
    return rng.choice(
        (
            ("dead_air", {"min_s": rng.choice((0.3, 1.0, 5.0))}),
            ("hold", {"min_s": 1.0, "max_s": rng.choice((None, 3.0))}),
            ("interruption", {"by": rng.choice(PARTIES), "min_s": 0.4}),
            ("pace", {"speaker": "csr", "per": rng.choice(("call", "turn")), "above_per_min": 250}),
            ("pace", {"speaker": "csr", "above_per_min": 300, "below_per_min": 150}),
            ("filler", {"speaker": rng.choice(PARTIES), "above_per_min": 12}),
            ("promise", {"deadline": rng.choice((None, True, False))}),
            ("hung_up_by", {"by": rng.choice(PARTIES)}),
            ("attribute", {"name": "product", "is": "equal", "value": "loan"}),
            ("attribute", {"name": "product", "is": "more", "value": 5}),
            ("attribute", {"name": "product", "is": "present"}),
        )
    )


def random_logic(rng: random.Random, names: list[str], earlier: list[str], *, depth: int) -> Logic:
    roll = rng.random()
    if depth > 0 and roll < 0.2:
        return Not(part=random_logic(rng, names, earlier, depth=depth - 1))
    if depth > 0 and roll < 0.5:
        parts = tuple(
            random_logic(rng, names, earlier, depth=depth - 1) for _ in range(rng.randint(1, 3))
        )
        if rng.random() < 0.25:
            return AtLeast(n=rng.randint(1, len(parts)), parts=parts)
        return All(parts=parts) if rng.random() < 0.5 else Any_(parts=parts)
    if earlier and roll < 0.55:
        return RuleLeaf(rule=rng.choice(earlier), verdict=rng.choice(("met", "not_met")))
    if earlier and roll < 0.6:
        some = rng.sample(earlier, rng.randint(1, len(earlier)))
        return Faults(rules=tuple(some), at_least=rng.choice((1, 1, 2, 3)))
    if roll < 0.72:
        return Exists(find=rng.choice(names), at_least=rng.choice((1, 1, 2, 3)))
    return Relate(
        find=rng.choice(names),
        anchor=rng.choice(names),
        where=rng.choice(("before", "after", "around", "same_turn")),
        hit=rng.choice(("any", "every", "first", "last", 2)),
        within_s=rng.choice((None, None, 0.5, 3.0, 10.0)),
        within_turns=rng.choice((None, None, 1, 2)),
    )
