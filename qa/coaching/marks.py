"""Evaluated calls as marks: what the statistics of coaching read."""

from collections.abc import Collection, Sequence

import numpy as np

from qa.coaching.losses import Loss, losses
from qa.domain.call import Call
from qa.domain.coaching import Evaluated, Window
from qa.domain.marks import Marks

NO_TEAM = "-"
LONG_CALL_S = 300.0  # guess: where a call is long rather than short
SECONDS_A_DAY = 86_400


def marks_of(
    evaluated: Sequence[Evaluated], *, window: Window, complaints: Collection[str] = ()
) -> Marks:
    """Every decided item that has points or is fatal, of gradable calls with a known start.

    complaints: ids of calls in which the customer complained. Days count from 1970 UTC.
    A call is of the kind queue, long or short, complaint or not; a CSR belongs to the team of
    their last call. Raises CodedErrors of QA501, QA502, QA503 (see `losses`).
    """
    decided = [
        one
        for one in losses(evaluated, window)
        if one.decided and one.evaluated.call.started_at is not None
    ]
    csrs = tuple(sorted({one.csr_id for one in decided}))
    items = tuple(dict.fromkeys(one.item.ref_id for one in decided))
    skill_of = {one.item.ref_id: one.item.skill for one in decided}
    skills = tuple(dict.fromkeys(skill_of[item] for item in items))
    angry = frozenset(complaints)
    kinds = [kind_of(one.evaluated.call, angry) for one in decided]
    mixes = tuple(sorted(set(kinds)))
    calls = {call_id: n for n, call_id in enumerate(sorted({_call_id(one) for one in decided}))}
    team_of = _teams(decided)
    teams = tuple(sorted(set(team_of.values())))
    item_index = {item: n for n, item in enumerate(items)}
    csr_index = {csr: n for n, csr in enumerate(csrs)}
    item = np.array([item_index[one.item.ref_id] for one in decided], dtype=np.int64)
    weight = np.array([float(one.applicable) for one in decided], dtype=np.float64)
    many = np.maximum(np.bincount(item, minlength=len(items)), 1)
    return Marks(
        csrs=csrs,
        teams=teams,
        items=items,
        skills=skills,
        mixes=mixes,
        team_of=np.array([teams.index(team_of[csr]) for csr in csrs], dtype=np.int64),
        skill_of=np.array([skills.index(skill_of[one]) for one in items], dtype=np.int64),
        points_of=np.bincount(item, weight, len(items)) / many,
        csr=np.array([csr_index[one.csr_id] for one in decided], dtype=np.int64),
        item=item,
        mix=np.array([mixes.index(kind) for kind in kinds], dtype=np.int64),
        call=np.array([calls[_call_id(one)] for one in decided], dtype=np.int64),
        day=np.array([_day(one) for one in decided], dtype=np.float64),
        met=np.array([_met(one) for one in decided], dtype=np.float64),
    )


def kind_of(call: Call, complaints: Collection[str]) -> str:
    """The kind of a call: queue, length and whether the customer complained."""
    long = call.duration_s is not None and call.duration_s >= LONG_CALL_S
    parts = [call.queue or "-", call.direction]
    return "/".join(parts + ["long"] * long + ["complaint"] * (call.id in complaints))


def _call_id(one: Loss) -> tuple[str, str]:
    return one.evaluated.call.id, one.csr_id


def _day(one: Loss) -> float:
    started_at = one.evaluated.call.started_at
    assert started_at is not None, "calls without a start were left out"
    return started_at.timestamp() / SECONDS_A_DAY


def _met(one: Loss) -> float:
    """The share of the item that was earned; met or not where it has no points."""
    marked = one.marked
    if marked.points is None or marked.max_points <= 0:
        return float(marked.verdict == "met")
    return float(marked.points / marked.max_points)


def _teams(decided: Sequence[Loss]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in sorted(decided, key=_day):
        found[one.csr_id] = one.evaluated.call.team or found.get(one.csr_id, NO_TEAM)
    return found
