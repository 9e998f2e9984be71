"""How near a call came to a hit: misheard, outside the window, too little, of another value."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import Field

from qa.domain.limits import Limits
from qa.domain.logic import Relate
from qa.domain.rules import Rule
from qa.domain.text import Text
from qa.findings.hits import Hit, Selected, View
from qa.findings.logic import leaves_of
from qa.findings.operator import run
from qa.findings.operators.derived import Derived
from qa.findings.program import Use
from qa.findings.reasons import clock
from qa.flow.near_bounds import bounds_of, measured_for
from transcribe.noun import Noun


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


def near_misses(name: str, use: Use, view: View, limits: Limits) -> Iterator[Miss]:
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
    if isinstance(use.want, Derived):
        yield from _otherwise_derived(name, use.want, view)


def _otherwise_derived(name: str, want: Derived, view: View) -> Iterator[Miss]:
    """Facts of the kind asked for that have another value, the nearest level first."""
    for given in view.given(want.kind):
        for hit in given.hits[:1]:
            if want.at_least is not None and isinstance(given.value, int | float):
                by = max(0.0, want.at_least - given.value)
                yield _miss(
                    name, hit, by=by, unit="level", share=by / (abs(want.at_least) or 1.0),
                    zh=f"推得的 {want.kind} 为 {given.value:g}，要求至少 {want.at_least:g}",
                    en=f"{want.kind} was derived as {given.value:g}, "
                    f"at least {want.at_least:g} is wanted",
                )  # fmt: skip
            elif want.value is not None and given.value != want.value:
                yield _miss(
                    name, hit, by=1, unit="value", share=0.8,
                    zh=f"推得的 {want.kind} 为 {given.value}，不是 {want.value}",
                    en=f"{want.kind} was derived as {given.value}, not {want.value}",
                )  # fmt: skip


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
    bounds = list(bounds_of(use.want))
    best: Miss | None = None
    for fact, value in measured_for(use.operator.name, use.want, view) if bounds else ():
        for bound in bounds:
            by = bound.short_by(value)
            if by < 0:
                continue
            digits = 2 if bound.unit == "share" else 1
            miss = _miss(
                name, Hit(fact), by=round(by, 2), unit=bound.unit,
                share=by / (abs(bound.value) or 1.0),
                zh=f"测得 {value:.{digits}f}，{bound.field} 为 {bound.value:g}，差 {by:.{digits}f}",
                en=f"measured {value:.{digits}f}, {bound.field} is {bound.value:g}: "
                f"{by:.{digits}f} away",
            )  # fmt: skip
            if best is None or miss.share < best.share:
                best = miss
    if best is not None:
        yield best


def gaps(rule: Rule, selected: Mapping[str, Selected], view: View) -> Iterator[Miss]:
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
        missed = [(gap, find) for gap, find in pairs if gap.by > 0]
        if not missed or len(missed) < len(pairs):
            continue
        gap, find = min(missed, key=lambda one: one[0].by / one[0].limit)
        zh, en = _gap_texts(leaf, gap)
        yield _miss(
            f"{leaf.find} {leaf.where} {leaf.anchor}", find, by=round(gap.by, 2), unit=gap.unit,
            share=gap.by / gap.limit, zh=zh, en=en,
        )  # fmt: skip


class Gap(NamedTuple):
    """How far beyond the bound a pair stands; `wrong_side`: the whole way back counts."""

    by: float
    unit: str
    limit: float
    wrong_side: bool


_SIDES = {"before": ("之前", "before"), "after": ("之后", "after")}
_UNITS = {"s": ("秒", "s"), "turns": ("个话轮", "turns")}


def _gap_texts(leaf: Relate, gap: Gap) -> tuple[str, str]:
    zh_side, en_side = _SIDES.get(leaf.where, ("附近", "near"))
    zh_unit, en_unit = _UNITS[gap.unit]
    by, limit = f"{gap.by:.1f}".removesuffix(".0"), f"{gap.limit:g}"
    if gap.wrong_side:
        return (
            f"“{leaf.find}”应在“{leaf.anchor}”{zh_side}，却在另一边，差 {by} {zh_unit}",
            f'"{leaf.find}" should stand {en_side} "{leaf.anchor}" and stands {by} {en_unit} '
            "on the other side",
        )
    return (
        f"“{leaf.find}”在“{leaf.anchor}”{zh_side}，但比限定的 {limit} {zh_unit}多 {by} {zh_unit}",
        f'"{leaf.find}" stands {en_side} "{leaf.anchor}", but {by} {en_unit} beyond the limit of '
        f"{limit} {en_unit}",
    )


def _gap(leaf: Relate, find: Hit, anchor: Hit, view: View) -> Gap:
    """How the pair stands to the relation's bound."""
    if leaf.within_s is not None:
        before, after = anchor.fact.start_s - find.fact.end_s, find.fact.start_s - anchor.fact.end_s
        wanted, unit = leaf.within_s, "s"
    else:
        turns = view.turn_of(anchor.fact) - view.turn_of(find.fact)
        before, after = float(turns), float(-turns)
        wanted, unit = float(leaf.within_turns or 1), "turns"
    lag = {"before": before, "after": after}.get(leaf.where, max(before, after))
    return Gap(max(0.0, lag - wanted) if lag >= 0 else -lag, unit, wanted, lag < 0)


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
