"""The oracle: the same rules judged in plain Python, straight from contract 1, no engine.

It shares with the product only the operators' selection of hits; how hits relate, how leaves
combine, and what the two passes mean is written again here, by brute force.
"""

from collections.abc import Mapping, Sequence

from qa.domain.facts import Facts
from qa.domain.limits import Limits
from qa.domain.logic import All, Any_, Exists, Logic, Not, Relate
from qa.domain.rules import Rule, Verdict
from qa.findings.hits import Hit, Selected, heard_share, search_of
from qa.findings.operator import run
from qa.findings.operators import OPERATORS

Truth = bool | None


def judge_plainly(
    facts: Facts, rules: Sequence[Rule], limits: Limits, *, guard: bool = True
) -> dict[str, Verdict]:
    """Rule id -> verdict. guard: whether absence in a badly heard window abstains."""
    verdicts: dict[str, Verdict] = {}
    waiting = {rule.id: rule for rule in rules}
    while waiting:
        for rule_id, rule in sorted(waiting.items()):
            if not (needed(rule) & set(waiting)):
                verdicts[rule_id] = judge_rule(rule, facts, limits, verdicts, guard=guard)
                del waiting[rule_id]
                break
        else:
            raise AssertionError("prerequisites in a circle")
    return verdicts


def needed(rule: Rule) -> set[str]:
    found: set[str] = set()

    def walk(tree: Logic | None) -> None:
        if isinstance(tree, All | Any_):
            for part in tree.parts:
                walk(part)
        elif isinstance(tree, Not):
            walk(tree.part)
        elif tree is not None and tree.op == "verdict":
            found.add(tree.rule)

    for tree in (rule.only_if, rule.unless, rule.met_when):
        walk(tree)
    return found


def judge_rule(
    rule: Rule,
    facts: Facts,
    limits: Limits,
    verdicts: Mapping[str, Verdict],
    *,
    guard: bool = True,
) -> Verdict:
    selected = {}
    for condition in rule.conditions:
        operator = OPERATORS[condition.operator]
        want = operator.params.model_validate(condition.params)
        selected[condition.name] = run(operator, facts, want, condition.window, limits)
    outcomes = []
    for sure_only in (True, False):
        hits = {
            name: () if one.missing else tuple(h for h in one.hits if h.sure or not sure_only)
            for name, one in selected.items()
        }
        outcomes.append(one_pass(rule, facts, selected, hits, verdicts))
    if outcomes[0] != outcomes[1]:
        return "undecided"
    if outcomes[0] == "not_met" and guard and badly_heard(rule, facts, selected, limits):
        return "undecided"
    return outcomes[0]


def one_pass(
    rule: Rule,
    facts: Facts,
    selected: Mapping[str, Selected],
    hits: Mapping[str, tuple[Hit, ...]],
    verdicts: Mapping[str, Verdict],
) -> Verdict:
    def value(tree: Logic | None, default: Truth) -> Truth:
        return default if tree is None else truth(tree, facts, selected, hits, verdicts)

    only_if, unless = value(rule.only_if, True), value(rule.unless, False)
    if only_if is False or unless is True:
        # An unknown precondition cannot be outvoted by a false exception, but either alone
        # settles it: not applicable whatever the other is.
        return "not_applicable"
    if only_if is None or unless is None:
        return "undecided"
    met = value(rule.met_when, None)
    return "undecided" if met is None else "met" if met else "not_met"


def truth(
    tree: Logic,
    facts: Facts,
    selected: Mapping[str, Selected],
    hits: Mapping[str, tuple[Hit, ...]],
    verdicts: Mapping[str, Verdict],
) -> Truth:
    if isinstance(tree, Not):
        part = truth(tree.part, facts, selected, hits, verdicts)
        return None if part is None else not part
    if isinstance(tree, All | Any_):
        parts = [truth(part, facts, selected, hits, verdicts) for part in tree.parts]
        if isinstance(tree, All):
            return False if False in parts else None if None in parts else True
        return True if True in parts else None if None in parts else False
    if isinstance(tree, Exists):
        if selected[tree.find].missing:
            return None
        return len(hits[tree.find]) >= tree.at_least
    if isinstance(tree, Relate):
        if selected[tree.find].missing or selected[tree.anchor].missing:
            return None
        return relates(tree, facts, hits[tree.find], hits[tree.anchor])
    seen = verdicts.get(tree.rule)
    return None if seen == "undecided" else seen == tree.verdict


def relates(tree: Relate, facts: Facts, finds: Sequence[Hit], anchors: Sequence[Hit]) -> bool:
    chosen = list(anchors)
    if tree.hit == "first":
        chosen = chosen[:1]
    elif tree.hit == "last":
        chosen = chosen[-1:]
    elif isinstance(tree.hit, int):
        chosen = chosen[tree.hit - 1 : tree.hit]
    outcomes = [any(stands(tree, facts, find, anchor) for find in finds) for anchor in chosen]
    return all(outcomes) if tree.hit == "every" else any(outcomes)


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
    return turn == a_turn and find.fact is not anchor.fact


def turn_index(hit: Hit, facts: Facts) -> int:
    if hit.fact.turn is not None:
        return hit.fact.turn
    earlier = [turn.index for turn in facts.turns if turn.start_s <= hit.fact.start_s]
    return max(earlier, default=-1)


def badly_heard(
    rule: Rule, facts: Facts, selected: Mapping[str, Selected], limits: Limits
) -> bool:
    """For whole-window absence only; the tests of anchored absence are tables."""
    tree = rule.met_when
    if not isinstance(tree, Exists) or not selected[tree.find].wanted:
        return False
    search = selected[tree.find].search or search_of(facts, None, None)
    return bool(search.turns) and heard_share(search.turns) < limits.heard_share
