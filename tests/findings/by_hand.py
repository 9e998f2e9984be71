"""Facts and rules written by hand, for tables of small calls.

The usual call: CSR and customer speak in turn, ten seconds each, CSR first, one minute long.
"""

from collections.abc import Iterator
from typing import Any

from qa.domain.derivations import Derivation
from qa.domain.facts import Candidate, Fact, Facts, TurnHeard
from qa.domain.findings import Finding
from qa.domain.limits import Limits
from qa.domain.rules import Condition, Rule
from qa.domain.text import Text
from qa.findings.find import find
from qa.packs.derivations import derivation_digest
from qa.packs.logic import read_logic
from qa.packs.nouns import Source
from qa.packs.rules import rule_digest
from transcribe.transcript import Speaker

TEXT = Text(zh="试", en="test")
ALTERNATING: tuple[Speaker, ...] = ("csr", "customer") * 3


def turns_of(*speakers: Speaker, heard: dict[int, int] | None = None) -> tuple[TurnHeard, ...]:
    """Turns of ten seconds and ten words each; heard: turn -> words heard well, else all."""
    return tuple(
        TurnHeard(
            index=index,
            speaker=speaker,
            start_s=index * 10.0,
            end_s=index * 10.0 + 10.0,
            words=10,
            heard_words=(heard or {}).get(index, 10),
        )
        for index, speaker in enumerate(speakers)
    )


TURNS = turns_of(*ALTERNATING)


def said(
    kind: str,
    turn: int,
    at_s: float = 1.0,
    *,
    speaker: Speaker | None = None,
    length_s: float = 1.0,
    **fields: Any,
) -> Fact:
    """A fact in a turn of the usual call, `at_s` after the turn's start."""
    start_s = turn * 10.0 + at_s
    return Fact(
        kind=kind,
        turn=turn,
        speaker=speaker or ALTERNATING[turn % 6],
        start_s=start_s,
        end_s=start_s + length_s,
        **{"quote": f"{kind} {turn}", **fields},
    )


def near(
    kind: str, turn: int, distance: float, at_s: float = 1.0, *, speaker: Speaker | None = None
) -> Candidate:
    """A near sound in a turn of the usual call."""
    fact = said(kind, turn, at_s, speaker=speaker, quote=f"{kind}?")
    return Candidate(**fact.model_dump(), distance=distance, wanted=f"the {kind}")


def sound(kind: str, start_s: float, length_s: float, **fields: Any) -> Fact:
    """A measured stretch; its value is its length."""
    end_s = start_s + length_s
    return Fact(
        kind=kind, start_s=start_s, end_s=end_s, **{"value": length_s, "unit": "s", **fields}
    )


def call_with(
    *facts: Fact,
    turns: tuple[TurnHeard, ...] = TURNS,
    missing: dict[str, str] | None = None,
    attributes: dict[str, str] | None = None,
) -> Facts:
    """The usual call with these facts."""
    return Facts(
        call_id="call-1",
        language="en",
        duration_s=max([60.0, *(turn.end_s for turn in turns)]),
        turns=turns,
        facts=tuple(fact for fact in facts if not isinstance(fact, Candidate)),
        candidates=tuple(fact for fact in facts if isinstance(fact, Candidate)),
        missing=missing or {},
        attributes=attributes or {},
        made_by="by hand",
    )


def rule_of(
    conditions: dict[str, dict[str, Any]],
    *,
    rule_id: str = "OPEN-001",
    status: str = "live",
    **logic: Any,
) -> Rule:
    """A rule in the shapes of YAML: {name: {operator: params}}, met_when and so on."""
    source = Source("rule", {})
    names = frozenset(conditions)
    trees = {part: read_logic(tree, source, (part,), names) for part, tree in logic.items()}
    assert source.errors == []
    rule = Rule(
        id=rule_id,
        name="x",
        language="en",
        title=TEXT,
        why=TEXT,
        wrong_when=TEXT,
        status=status,
        conditions=tuple(conditions_of(conditions)),
        place=f"rules/en/x.yaml:{int(rule_id[-3:])}:5",
        **trees,
    )
    return rule.model_copy(update={"digest": rule_digest(rule)})


def derivation_of(
    conditions: dict[str, dict[str, Any]],
    *,
    name: str = "d1",
    kind: str = "risk",
    value: str | float | None = None,
    each: str | None = None,
    when: Any = None,
    waives: tuple[str, ...] = (),
) -> Derivation:
    """A derivation in the shapes of YAML; when: every hit of `each`, where it is left out."""
    source = Source("rule", {})
    tree = read_logic(when or each, source, ("when",), frozenset(conditions))
    assert source.errors == []
    assert tree is not None
    made = Derivation(
        id=name,
        language="en",
        kind="waiver" if waives else kind,
        value=value,
        title=Text(zh=f"推得{name}", en=f"derived {name}"),
        why=TEXT,
        conditions=tuple(conditions_of(conditions)),
        each=each,
        when=tree,
        waives=waives,
        place=f"rules/en/{name}.yaml:1:5",
    )
    return made.model_copy(update={"digest": derivation_digest(made)})


def conditions_of(conditions: dict[str, dict[str, Any]]) -> Iterator[Condition]:
    for name, body in conditions.items():
        ((operator, params),) = body.items()
        rest = {key: value for key, value in params.items() if key != "window"}
        window = params.get("window")
        yield Condition(name=name, operator=operator, params=rest, window=window)


def one_condition(operator: str, **params: Any) -> Rule:
    """A rule that is met when its only condition has a hit."""
    return rule_of({"it": {operator: params}}, met_when="it")


def judged(facts: Facts, *rules: Rule, limits: Limits | None = None) -> Finding:
    """The finding of the first rule."""
    found = {finding.rule_id: finding for finding in find(facts, rules, limits)}
    assert len(found) == len(rules)
    return found[rules[0].id]
