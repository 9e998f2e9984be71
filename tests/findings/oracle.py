"""The oracle: the same rules judged in plain Python, straight from contract 1, no engine.

It shares with the product only the operators' selection of hits; how hits relate, how leaves
combine, what the two passes mean and when absence is proven is written again here, by brute
force.
"""

from collections.abc import Mapping, Sequence

from qa.domain.derivations import Derivation, DerivedFact
from qa.domain.facts import Facts, TurnHeard
from qa.domain.limits import Limits
from qa.domain.logic import All, Any_, AtLeast, Exists, Faults, Logic, Not, Relate
from qa.domain.rules import Rule, Verdict
from qa.findings.hits import Given, Hit, Selected, View
from qa.findings.operator import run
from qa.findings.operators import OPERATORS

Truth = bool | None


class World:
    """One rule's hits in one pass over one call."""

    def __init__(
        self,
        facts: Facts,
        limits: Limits,
        selected: Mapping[str, Selected],
        verdicts: Mapping[str, Verdict],
        *,
        sure_only: bool,
        only: Mapping[str, list[Hit]] | None = None,
    ) -> None:
        self.facts = facts
        self.limits = limits
        self.selected = selected
        self.verdicts = verdicts
        self.hits = {
            name: [hit for hit in one.hits if hit.sure or not sure_only]
            for name, one in selected.items()
        } | dict(only or {})

    def missing(self, name: str) -> bool:
        return self.selected[name].missing is not None


def judge_plainly(
    facts: Facts, rules: Sequence[Rule], limits: Limits, derivations: Sequence[Derivation] = ()
) -> dict[str, Verdict]:
    """Rule id -> verdict."""
    return judge_all(facts, rules, limits, derivations)[0]


def judge_all(
    facts: Facts, rules: Sequence[Rule], limits: Limits, derivations: Sequence[Derivation]
) -> tuple[dict[str, Verdict], set[tuple[object, ...]]]:
    """Verdicts by rule, and (derivation, value, start, turn, certainty) of the derived facts."""
    verdicts: dict[str, Verdict] = {}
    told: set[tuple[object, ...]] = set()
    view = View(facts)
    asked = [*rules, *derivations]
    waiting = {one.id: one for one in asked}
    for rule_id in {name for one in asked for name in needed(one, derivations)} - set(waiting):
        verdicts[rule_id] = "not_applicable"  # it does not apply to the call
    while waiting:
        for one_id, one in sorted(waiting.items()):
            if needed(one, derivations) & set(waiting):
                continue
            if isinstance(one, Rule):
                verdicts[one_id] = judge_rule(one, facts, limits, verdicts, view)
            else:
                given = derived_by(one, facts, limits, verdicts, view)
                view.give(given)
                told |= {
                    (one_id, part.value, hit.fact.start_s, hit.fact.turn, hit.sure)
                    for part in given
                    for hit in part.hits
                }
            del waiting[one_id]
            break
        else:
            raise AssertionError("prerequisites in a circle")
    return {rule.id: verdicts[rule.id] for rule in rules}, told


def needed(one: Rule | Derivation, derivations: Sequence[Derivation]) -> set[str]:
    found: set[str] = set()

    def walk(tree: Logic | None) -> None:
        if isinstance(tree, All | Any_ | AtLeast):
            for part in tree.parts:
                walk(part)
        elif isinstance(tree, Not):
            walk(tree.part)
        elif isinstance(tree, Faults):
            found.update(tree.rules)
        elif tree is not None and tree.op == "verdict":
            found.add(tree.rule)

    if isinstance(one, Rule):
        for tree in (one.only_if, one.unless, one.met_when):
            walk(tree)
        found.update(d.id for d in derivations if one.id in d.waives)
    else:
        walk(one.when)
    for condition in one.conditions:
        if condition.operator == "derived":
            kind, value = condition.params["kind"], condition.params.get("value")
            for other in derivations:
                values = other.waives or (other.value,)
                same = kind == ("waiver" if other.waives else other.kind)
                if same and (value is None or value in values):
                    found.add(other.id)
    return found


def select(one: Rule | Derivation, limits: Limits, view: View) -> dict[str, Selected]:
    selected = {}
    for condition in one.conditions:
        operator = OPERATORS[condition.operator]
        want = operator.params.model_validate(condition.params)
        selected[condition.name] = run(operator, view, want, condition.window, limits)
    return selected


def judge_rule(
    rule: Rule, facts: Facts, limits: Limits, verdicts: Mapping[str, Verdict], view: View
) -> Verdict:
    selected = select(rule, limits, view)
    sure = World(facts, limits, selected, verdicts, sure_only=True)
    both = World(facts, limits, selected, verdicts, sure_only=False)
    lifts = [one for one in view.given("waiver") if one.value == rule.id]
    unknown = any(one.missing for one in lifts)
    surely = any(hit.sure for one in lifts for hit in one.hits)
    perhaps = any(one.hits for one in lifts)
    first = lifted(rule, sure, None if unknown else surely)
    second = lifted(rule, both, None if unknown else perhaps)
    if first != second:
        return "undecided"
    if first == "not_met" and truth(rule.met_when, sure, guard=True) is None:
        return "undecided"
    return first


def lifted(rule: Rule, world: World, waived: Truth) -> Verdict:
    if waived:
        return "not_applicable"
    verdict = one_pass(rule, world)
    if waived is None and verdict != "not_applicable":
        return "undecided"
    return verdict


def derived_by(
    one: Derivation, facts: Facts, limits: Limits, verdicts: Mapping[str, Verdict], view: View
) -> list[Given]:
    """What the derivation gives, for the operator `derived` of what comes later."""
    selected = select(one, limits, view)
    kind = "waiver" if one.waives else one.kind
    values = one.waives or (one.value,)
    places: list[Hit | None] = [None]
    unproven = False
    if one.each is not None:
        where = selected[one.each]
        if where.missing or len(where.hits) > 100:
            return [Given(kind, value, missing=("x", "y")) for value in values]
        places = list(where.hits)
        unproven = badly_heard(one.each, World(facts, limits, selected, verdicts, sure_only=True))
    # Of one place there is one fact: the surer of those that would stand there.
    hits: dict[object, dict[tuple[object, ...], Hit]] = {value: {} for value in values}
    for hit in places:
        worlds = [
            World(
                facts,
                limits,
                selected,
                verdicts,
                sure_only=sure_only,
                only=None
                if hit is None
                else {one.each: [hit] if hit.sure or not sure_only else []},
            )
            for sure_only in (True, False)
        ]
        surely, perhaps = (truth(one.when, world) for world in worlds)
        proven = truth(one.when, worlds[0], guard=True) is not None
        if hit is not None and not hit.sure:
            surely, proven = False, True
        if surely is False and perhaps is False:
            unproven = unproven or not proven
            continue
        for value in values:
            sure = surely is True and perhaps is True and proven
            fact = DerivedFact(
                kind=kind,
                value=value,
                turn=hit.fact.turn if hit else None,
                speaker=hit.fact.speaker if hit else None,
                start_s=hit.fact.start_s if hit else 0.0,
                end_s=hit.fact.end_s if hit else view.end_s,
                by=one.id,
                title=one.title,
                certainty="sure" if sure else "possible",
                reason="oracle",
                because=one.title,
            )
            here = (fact.turn, fact.speaker, fact.start_s, fact.end_s)
            if here not in hits[value] or not hits[value][here].sure:
                hits[value][here] = Hit(fact, "" if sure else "derived")
    share = 0.0 if unproven else None
    return [Given(kind, value, tuple(hits[value].values()), None, share) for value in values]


def one_pass(rule: Rule, world: World) -> Verdict:
    only_if = True if rule.only_if is None else truth(rule.only_if, world)
    unless = False if rule.unless is None else truth(rule.unless, world)
    if only_if is False or unless is True:
        # Either alone settles it, whatever the other is.
        return "not_applicable"
    if only_if is None or unless is None:
        return "undecided"
    met = truth(rule.met_when, world)
    return "undecided" if met is None else "met" if met else "not_met"


def truth(tree: Logic, world: World, *, guard: bool = False) -> Truth:
    if isinstance(tree, Not):
        part = truth(tree.part, world, guard=guard)
        return None if part is None else not part
    if isinstance(tree, All | Any_):
        parts = [truth(part, world, guard=guard) for part in tree.parts]
        if isinstance(tree, All):
            return False if False in parts else None if None in parts else True
        return True if True in parts else None if None in parts else False
    if isinstance(tree, AtLeast):
        parts = [truth(part, world, guard=guard) for part in tree.parts]
        if sum(part is True for part in parts) >= tree.n:
            return True
        return None if sum(part is not False for part in parts) >= tree.n else False
    if isinstance(tree, Faults):
        seen = [world.verdicts.get(rule, "not_applicable") for rule in tree.rules]
        if seen.count("not_met") >= tree.at_least:
            return True
        perhaps = seen.count("not_met") + seen.count("undecided")
        return None if perhaps >= tree.at_least else False
    if isinstance(tree, Exists):
        return exists(tree, world, guard=guard)
    if isinstance(tree, Relate):
        return relates(tree, world, guard=guard)
    seen = world.verdicts[tree.rule]
    return None if seen == "undecided" else seen == tree.verdict


def exists(tree: Exists, world: World, *, guard: bool) -> Truth:
    if world.missing(tree.find):
        return None
    if len(world.hits[tree.find]) >= tree.at_least:
        return True
    return None if guard and badly_heard(tree.find, world) else False


def relates(tree: Relate, world: World, *, guard: bool) -> Truth:
    anchors = list(world.hits[tree.anchor])
    if tree.hit == "first":
        anchors = anchors[:1]
    elif tree.hit == "last":
        anchors = anchors[-1:]
    elif isinstance(tree.hit, int):
        anchors = anchors[tree.hit - 1 : tree.hit]
    every = tree.hit == "every"
    if world.missing(tree.anchor):
        # Without any `find` nothing stands to any anchor, wherever it may be.
        nothing = not world.missing(tree.find) and not world.hits[tree.find]
        if every or not nothing:
            return None
        return None if guard and badly_heard(tree.find, world) else False
    if not anchors:
        if every:
            return True
        return None if guard and badly_heard(tree.anchor, world) else False
    if world.missing(tree.find):
        return None
    outcomes = [
        any(stands(tree, world.facts, find, anchor) for find in world.hits[tree.find])
        for anchor in anchors
    ]
    if all(outcomes) if every else any(outcomes):
        return True
    if guard:
        unproven = [
            badly_heard(tree.find, world, around(tree, anchor, world))
            for anchor, found in zip(anchors, outcomes, strict=True)
            if not found
        ]
        if all(unproven) if every else any(unproven):
            return None
    return False


def stands(tree: Relate, facts: Facts, find: Hit, anchor: Hit) -> bool:
    start, end = round(find.fact.start_s * 1000), round(find.fact.end_s * 1000)
    a_start, a_end = round(anchor.fact.start_s * 1000), round(anchor.fact.end_s * 1000)
    reach = None if tree.within_s is None else round(tree.within_s * 1000)
    turn, a_turn = turn_index(find, facts), turn_index(anchor, facts)
    near = tree.within_turns is None or abs(turn - a_turn) <= tree.within_turns
    before = start < a_start and (reach is None or a_start - end <= reach) and near
    after = end > a_end and (reach is None or start - a_end <= reach) and near
    if tree.where == "before":
        return before
    if tree.where == "after":
        return after
    if tree.where == "around":
        return before or after
    return turn == a_turn >= 0 and find.fact != anchor.fact


def turn_index(hit: Hit, facts: Facts) -> int:
    if hit.fact.turn is not None:
        return hit.fact.turn
    earlier = [turn.index for turn in facts.turns if turn.start_s <= hit.fact.start_s]
    return max(earlier, default=-1)


def around(tree: Relate, anchor: Hit, world: World) -> list[TurnHeard]:
    """Turns of the condition's window that reach into the stretch the relation looked at."""
    search = world.selected[tree.find].search
    if search is None:
        return []
    centre = turn_index(anchor, world.facts)
    first_s, last_s = search.span.start_s, search.span.end_s
    at_s, until_s = anchor.fact.start_s, anchor.fact.end_s
    if tree.where == "before":
        last_s = min(last_s, at_s)
    if tree.where == "after":
        first_s = max(first_s, until_s)
    if tree.within_s is not None and tree.where in ("before", "around"):
        first_s = max(first_s, at_s - tree.within_s)
    if tree.within_s is not None and tree.where in ("after", "around"):
        last_s = min(last_s, until_s + tree.within_s)
    if tree.where == "same_turn":
        own = [turn for turn in world.facts.turns if turn.index == centre]
        first_s = max([first_s, *(turn.start_s for turn in own)])
        last_s = max(first_s, min([last_s, *(turn.end_s for turn in own)]))
    last_s = max(first_s, last_s)
    turns = []
    for turn in search.turns:
        if tree.where == "same_turn" and turn.index != centre:
            continue
        far = tree.within_turns is not None and abs(turn.index - centre) > tree.within_turns
        if far and tree.where != "same_turn":
            continue
        if turn.end_s > first_s and turn.start_s < last_s:
            turns.append(turn)
    return turns


def badly_heard(name: str, world: World, turns: Sequence[TurnHeard] | None = None) -> bool:
    selected = world.selected[name]
    if selected.unproven is not None:
        return True
    if not selected.wanted or selected.search is None:
        return False
    turns = selected.search.turns if turns is None else turns
    words = sum(turn.words for turn in turns)
    heard = sum(turn.heard_words for turn in turns)
    return words > 0 and heard / words < world.limits.heard_share
