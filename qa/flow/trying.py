"""`qa try`: what a file's rules say of a call, and what came nearest where they found nothing."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from qa.domain.facts import Facts
from qa.domain.findings import Evidence, Finding
from qa.domain.limits import Limits
from qa.domain.logic import Relate
from qa.domain.rules import Rule
from qa.domain.text import Text
from qa.findings.compile import Program, Use, compile_rules
from qa.findings.hits import Hit, Selected, View
from qa.findings.logic import leaves_of
from qa.findings.operator import run
from qa.findings.operators import OPERATORS
from qa.findings.reasons import clock
from qa.flow.lines import CallRef
from transcribe.noun import Noun
from transcribe.transcript import Turn


class Miss(Noun):
    """Something that was nearly a hit of a condition or of a relation.

    by: how far it was from being one, in `unit` (s, turns, per_min, distance); share: the same
    as part of what was wanted, 0 a hit, so that misses of different kinds compare.
    """

    condition: str
    by: float = Field(ge=0)
    unit: str
    share: float = Field(ge=0)
    text: Text
    turn: int | None = None
    start_s: float | None = None
    quote: str | None = None


class ConditionSeen(Noun):
    """A condition of the rule on this call. missing: the measurement it lacks."""

    name: str
    operator: str
    hits: tuple[Evidence, ...]
    missing: str | None = None
    misses: tuple[Miss, ...] = ()


class Tried(Noun):
    """One rule on one call. finding None: the rule is not for this call, as `why_not` says."""

    call: CallRef
    rule_id: str
    finding: Finding | None
    why_not: Text | None = None
    conditions: tuple[ConditionSeen, ...] = ()
    nearest: Miss | None = None


class TriedLine(Noun):
    """`qa try --json`: one call with its turns and every rule of the file."""

    call: CallRef
    turns: tuple[Turn, ...]
    rules: tuple[Tried, ...]


def try_rule(
    rule: Rule, call: CallRef, facts: Facts, finding: Finding | None, limits: Limits
) -> Tried:
    """What the rule says, its conditions' hits, and the nearest miss.

    finding: the rule's on the call; None where it does not apply to the call.
    """
    if finding is None:
        return Tried(call=call, rule_id=rule.id, finding=None, why_not=_why_not(rule, facts))
    view = View(facts)
    program = compile_rules([rule], OPERATORS, whole=False)
    uses = dict(zip((c.name for c in rule.conditions), _uses(program, rule), strict=True))
    selected = {name: run(u.operator, view, u.want, u.window, limits) for name, u in uses.items()}
    seen = tuple(
        ConditionSeen(
            name=name,
            operator=use.operator.name,
            hits=tuple(_evidence(hit) for hit in selected[name].hits),
            missing=_lacking(selected[name]),
            misses=() if selected[name].hits else tuple(_near_misses(name, use, view, limits)),
        )
        for name, use in uses.items()
    )
    misses = [*(m for one in seen for m in one.misses), *_gaps(rule, selected, view)]
    return Tried(
        call=call,
        rule_id=rule.id,
        finding=finding,
        conditions=seen,
        nearest=min(misses, key=lambda miss: miss.share, default=None),
    )


def _why_not(rule: Rule, facts: Facts) -> Text:
    if rule.language != facts.language:
        return Text(
            zh=f"规则用于 {rule.language}，通话是 {facts.language}",
            en=f"the rule is for {rule.language}, the call is in {facts.language}",
        )
    return Text(
        zh="规则已停用，或 applies_to 不包含这通电话",
        en="the rule is retired, or its applies_to leaves this call out",
    )


def _uses(program: Program, rule: Rule) -> list[Use]:
    """The rule's uses in the order of its conditions; equal conditions share one."""
    by_key = {use.key: use for use in program.uses}
    (compiled,) = (one for level in program.levels for one in level.rules)
    assert compiled.rule.id == rule.id
    return [by_key[key] for key in compiled.uses]


def _lacking(selected: Selected) -> str | None:
    return ": ".join(selected.missing) if selected.missing else None


def _evidence(hit: Hit) -> Evidence:
    fact = hit.fact
    return Evidence(
        turn=fact.turn,
        speaker=fact.speaker,
        start_s=fact.start_s,
        end_s=fact.end_s,
        quote=fact.quote,
    )


def _near_misses(name: str, use: Use, view: View, limits: Limits) -> Iterator[Miss]:
    """Misses of a condition without hits: misheard, outside the window, the other's, too short."""
    yield from _misheard(name, use, view, limits)
    yield from _outside(name, use, view, limits)
    speaker = getattr(use.want, "speaker", None)
    if speaker in ("csr", "customer") and use.operator.name == "says":
        other = "customer" if speaker == "csr" else "csr"
        want = use.want.model_copy(update={"speaker": other})
        for hit in run(use.operator, view, _fresh(want), use.window, limits).hits[:1]:
            yield _miss(
                name, hit, by=1, unit="speaker", share=0.8,
                zh=f"说的是 {other}，不是 {speaker}", en=f"said by the {other}, not the {speaker}",
            )  # fmt: skip
    yield from _too_little(name, use, view, limits)


def _fresh(want: Noun) -> Noun:
    """The parameters made anew, so that what they cached of the old ones is gone."""
    return type(want).model_validate(want.model_dump(exclude_unset=True, by_alias=True))


def _misheard(name: str, use: Use, view: View, limits: Limits) -> Iterator[Miss]:
    near = run(use.operator, view, use.want, use.window, limits).near
    for one in sorted(near, key=lambda c: c.distance)[:1]:
        limit = limits.near_distance
        by = max(0.0, one.distance - limit)
        yield _miss(
            name, Hit(one), by=by, unit="distance", share=by / (1 - limit) if limit < 1 else 0,
            zh=f"与“{one.wanted}”的读音距离 {one.distance:.2f}，界限 {limit:g}",
            en=f'sounds {one.distance:.2f} away from "{one.wanted}", the limit is {limit:g}',
        )  # fmt: skip


def _outside(name: str, use: Use, view: View, limits: Limits) -> Iterator[Miss]:
    """The hit nearest to the window, where one lies outside it."""
    if use.window is None:
        return
    search = run(use.operator, view, use.want, use.window, limits).search
    anywhere = run(use.operator, view, use.want, None, limits).hits
    if search is None or not anywhere:
        return
    span = search.span

    def away_s(hit: Hit) -> float:
        start_s = hit.fact.start_s
        return max(span.start_s - start_s, start_s - span.end_s, 0.0)

    hit = min(anywhere, key=away_s)
    by = round(away_s(hit), 2)
    yield _miss(
        name, hit, by=by, unit="s", share=by / max(view.end_s, 1.0),
        zh=f"在窗口（{clock(span.start_s)}-{clock(span.end_s)}）外 {by:g} 秒",
        en=f"{by:g} s outside the window ({clock(span.start_s)}-{clock(span.end_s)})",
    )  # fmt: skip


def _too_little(name: str, use: Use, view: View, limits: Limits) -> Iterator[Miss]:
    """The measured value nearest to a bound."""
    want = use.want
    bounds = {
        field: value
        for field in ("min_s", "max_s", "above_per_min", "below_per_min")
        if isinstance(value := getattr(want, field, None), int | float)
    }
    if not bounds:
        return
    speaker = getattr(want, "speaker", None) or getattr(want, "by", None)
    per_turn = getattr(want, "per", "call") == "turn"
    best: tuple[float, Miss] | None = None
    for fact in view.of((use.operator.name,)):
        if not isinstance(fact.value, int | float) or (speaker and fact.speaker != speaker):
            continue
        if use.operator.name in ("pace", "filler") and (fact.turn is not None) != per_turn:
            continue
        for field, bound in bounds.items():
            lower = field in ("min_s", "above_per_min")
            by = (bound - fact.value) if lower else (fact.value - bound)
            if by < 0:
                continue
            unit = "s" if field.endswith("_s") else "per_min"
            miss = _miss(
                name, Hit(fact), by=round(by, 2), unit=unit, share=by / bound,
                zh=f"测得 {fact.value:.1f}，{field} 为 {bound:g}，差 {by:.1f}",
                en=f"measured {fact.value:.1f}, {field} is {bound:g}: {by:.1f} away",
            )  # fmt: skip
            if best is None or miss.share < best[0]:
                best = (miss.share, miss)
    if best is not None:
        yield best[1]


def _gaps(rule: Rule, selected: Mapping[str, Selected], view: View) -> Iterator[Miss]:
    """The nearest pair of each relation that is bounded and whose ends were both found."""
    trees = [tree for tree in (rule.only_if, rule.unless, rule.met_when) if tree is not None]
    for leaf in (leaf for tree in trees for leaf in leaves_of(tree)):
        if not isinstance(leaf, Relate) or not (leaf.within_s or leaf.within_turns):
            continue
        pairs = [
            (_gap(leaf, find, anchor, view), find)
            for find in selected[leaf.find].hits
            for anchor in selected[leaf.anchor].hits
        ]
        missed = [(gap, find) for gap, find in pairs if gap[0] > 0]
        if not missed or len(missed) < len(pairs):
            continue
        (by, unit, wanted), find = min(missed, key=lambda one: one[0][0] / one[0][2])
        shown = f"{leaf.where} {leaf.find} {leaf.anchor}"
        yield _miss(
            shown, find, by=round(by, 2), unit=unit, share=by / wanted,
            zh=f"“{leaf.find}”离“{leaf.anchor}”太远或次序相反，差 {by:g} {unit}（限 {wanted:g}）",
            en=f'"{leaf.find}" is too far from "{leaf.anchor}" or on its wrong side: '
            f"{by:g} {unit} too much (limit {wanted:g})",
        )  # fmt: skip


def _gap(leaf: Relate, find: Hit, anchor: Hit, view: View) -> tuple[float, str, float]:
    """(how far beyond the bound, unit, bound); at the wrong side the whole way back counts."""
    if leaf.within_s is not None:
        before, after = anchor.fact.start_s - find.fact.end_s, find.fact.start_s - anchor.fact.end_s
        wanted, unit = leaf.within_s, "s"
    else:
        turns = view.turn_of(anchor.fact) - view.turn_of(find.fact)
        before, after = float(turns), float(-turns)
        wanted, unit = float(leaf.within_turns or 1), "turns"
    lag = {"before": before, "after": after}.get(leaf.where, max(before, after))
    return (max(0.0, lag - wanted) if lag >= 0 else -lag, unit, wanted)


def _miss(
    condition: str, hit: Hit, *, by: float, unit: str, share: float, zh: str, en: str
) -> Miss:
    fact = hit.fact
    return Miss(
        condition=condition,
        by=by,
        unit=unit,
        share=round(max(share, 0.0), 4),
        text=Text(zh=zh, en=en),
        turn=fact.turn,
        start_s=fact.start_s,
        quote=fact.quote,
    )
