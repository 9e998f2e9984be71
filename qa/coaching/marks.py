"""Graded calls as marks and sums: what the statistics and the lists of coaching read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.domain.coaching import Window
from qa.domain.graded import MET, NOBODY, NOT_APPLICABLE, NOT_MET, GradedColumns
from qa.domain.marks import Floats, Ints, Marks, totals
from qa.domain.scorecards import Item, Scorecard

NO_TEAM = "-"
LONG_CALL_S = 300.0  # guess: where a call is long rather than short
SECONDS_A_DAY = 86_400
UPSET_SKILL = "empathy"  # an item of this skill applies where the customer is upset

Forms = Mapping[str, Scorecard]  # by id and version with @ between


@dataclass(frozen=True, eq=False)
class Counted:
    """The evaluations that count in a window, and what each of their items cost.

    columns: one evaluation a call, on forms that are known, of known CSRs; all words stay.
    left_out: evaluations in the window on forms that are not known any more.
    Then one entry an item, each made when it is first asked for, since a view over a large
    centre needs few of them: `skill` an index into `skills` (-1: no item of the form, or bonus).
    """

    columns: GradedColumns
    skills: tuple[str, ...]
    left_out: int
    table: "_Table"

    @cached_property
    def skill(self) -> Ints:
        return self._of_form(self.table.skill)

    @cached_property
    def weight(self) -> Floats:
        """Percent of the call's form, of decided items."""
        weight = self._points * self._known
        weight *= self._share
        return weight

    @cached_property
    def lost(self) -> Floats:
        """Percent of the call's form that was lost."""
        of = self.columns
        told = self._known & ~np.isnan(of.points) & (self.skill >= 0)
        lost = np.subtract(of.most, of.points, out=np.zeros(len(of.at)), where=told)
        lost *= self._share
        return lost

    @cached_property
    def decided(self) -> npt.NDArray[np.bool_]:
        """A verdict that counts."""
        return np.asarray(self._known & (self.skill >= 0))

    @cached_property
    def fatal(self) -> npt.NDArray[np.bool_]:
        """Failed and fatal, as a person confirmed."""
        return np.asarray(self._failed_fatal & self.columns.human)

    @cached_property
    def pending(self) -> npt.NDArray[np.bool_]:
        """Failed and fatal, if a person confirms it."""
        return np.asarray(self._failed_fatal & ~self.columns.human)

    @cached_property
    def critical(self) -> npt.NDArray[np.bool_]:
        """Fatal, or critical to customer, business or compliance."""
        return self._of_form(self.table.critical)

    @cached_property
    def waits(self) -> npt.NDArray[np.bool_]:
        """Open, or for a person to confirm."""
        open_ = (self.columns.verdict != NOT_APPLICABLE) & ~self._known
        return np.asarray(open_ | self.pending)

    @cached_property
    def _known(self) -> npt.NDArray[np.bool_]:
        verdict = self.columns.verdict
        return np.asarray((verdict == MET) | (verdict == NOT_MET))

    @cached_property
    def _failed_fatal(self) -> npt.NDArray[np.bool_]:
        fatal = self._of_form(self.table.fatal)
        return np.asarray(fatal & (self.columns.verdict == NOT_MET))

    @cached_property
    def _points(self) -> Floats:
        """Points of items that apply."""
        points: Floats = self._of_form(self.table.points)
        points *= self.columns.verdict != NOT_APPLICABLE
        return points

    @cached_property
    def _share(self) -> Floats:
        """What a point is of the call's form, percent."""
        of = self.columns
        whole = totals(of.at, of.size, self._points)
        share = np.divide(100.0, whole, out=np.zeros_like(whole), where=whole > 0)
        return share[of.at]

    @cached_property
    def _cell(self) -> Ints:
        """Where an item stands in the forms' table."""
        of = self.columns
        cell = (of.form * len(of.refs))[of.at] if of.size else of.at.copy()
        cell += of.ref
        return cell

    def _of_form(self, told: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """One an item: what its form says."""
        return told.ravel()[self._cell] if self.columns.size else told.ravel()[:0]


def counted(columns: GradedColumns, forms: Forms, *, window: Window) -> Counted:
    """What counts of `columns` in the window.

    A call graded on several forms counts once, by the form it was marked on last.
    """
    inside = _inside(columns, window) & (columns.csr != _at(columns.csrs, NOBODY))
    known = np.array([form in forms for form in columns.forms], dtype=bool)
    on_known = known[columns.form] if columns.size else np.zeros(0, dtype=bool)
    kept = columns.where(inside & on_known & _newest(columns, on_known))
    skills, table = _table(kept, forms)
    return Counted(
        columns=kept, skills=skills, left_out=int((inside & ~on_known).sum()), table=table
    )


def marks_of(counts: Counted) -> Marks:
    """Every decided item of calls with a known start.

    Days count from 1970 UTC. A call is of the kind queue, direction, long or short, customer
    upset or not; a CSR belongs to the team of their last call.
    """
    of = counts.columns
    kept = counts.decided & ~np.isnan(of.day)[of.at] if of.size else counts.decided
    at, ref = of.at[kept], of.ref[kept]
    csrs, csr = _used(of.csrs, of.csr[at])
    items, item = _used(of.refs, ref)
    teams, team_of = _teams(of, csrs)
    mixes, mix = _mixes(counts)
    many = np.maximum(totals(item, len(items)), 1)
    first = np.zeros(len(items), dtype=np.int64)
    first[item] = counts.skill[kept]
    met = np.where(
        np.isnan(of.points[kept]) | (of.most[kept] <= 0),
        (of.verdict[kept] == MET).astype(np.float64),
        np.divide(of.points[kept], of.most[kept], out=np.zeros(len(at)), where=of.most[kept] > 0),
    )
    skills, skill_of = _used(counts.skills, first)
    return Marks(
        csrs=csrs,
        teams=teams,
        items=items,
        skills=skills,
        mixes=mixes,
        team_of=team_of,
        skill_of=skill_of,
        points_of=totals(item, len(items), counts.weight[kept]) / many,
        csr=csr,
        item=item,
        mix=mix[at],
        call=at,
        day=of.day[at],
        met=met,
    )


@dataclass(frozen=True)
class _Table:
    """[form, ref] what the forms say of each item."""

    skill: Ints
    points: Floats
    fatal: npt.NDArray[np.bool_]
    critical: npt.NDArray[np.bool_]


def _table(columns: GradedColumns, forms: Forms) -> tuple[tuple[str, ...], _Table]:
    shape = (len(columns.forms), len(columns.refs))
    table = _Table(
        np.full(shape, -1), np.zeros(shape), np.zeros(shape, bool), np.zeros(shape, bool)
    )
    skills: dict[str, int] = {}
    refs = {ref: n for n, ref in enumerate(columns.refs)}
    for row, form in enumerate(columns.forms):
        for item in forms[form].items if form in forms else ():
            column = refs.get(item.ref_id)
            if column is None or item.bonus:
                continue
            table.skill[row, column] = skills.setdefault(item.skill, len(skills))
            table.points[row, column] = max(float(item.points), 0.0)
            table.fatal[row, column] = item.fatal != "none"
            table.critical[row, column] = is_critical(item)
    return tuple(skills), table


def is_critical(item: Item) -> bool:
    """True for an item that is fatal, or critical to customer, business or compliance."""
    return item.fatal != "none" or item.item_class != "nc"


def _inside(columns: GradedColumns, window: Window) -> npt.NDArray[np.bool_]:
    if window.from_at is None and window.to_at is None:
        return np.ones(columns.size, dtype=bool)
    wanted = ~np.isnan(columns.day)
    if window.from_at is not None:
        wanted &= columns.day >= window.from_at.timestamp() / SECONDS_A_DAY
    if window.to_at is not None:
        wanted &= columns.day < window.to_at.timestamp() / SECONDS_A_DAY
    return np.asarray(wanted)


def _newest(columns: GradedColumns, on_known: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Of each call the evaluation made last among those on known forms."""
    found = np.zeros(columns.size, dtype=bool)
    order = np.flatnonzero(on_known)[np.argsort(columns.id[on_known], kind="stable")]
    _, last = np.unique(columns.call_id[order][::-1], return_index=True)
    found[order[::-1][last]] = True
    return found


def _used(words: tuple[str, ...], index: Ints) -> tuple[tuple[str, ...], Ints]:
    """The words that are used, sorted where they are names, and the indexes into them."""
    used = np.unique(index)
    names = sorted((words[n], int(n)) for n in used)
    place = np.zeros(max(len(words), 1), dtype=np.int64)
    for new, (_, old) in enumerate(names):
        place[old] = new
    return tuple(name for name, _ in names), place[index]


def _teams(of: GradedColumns, csrs: tuple[str, ...]) -> tuple[tuple[str, ...], Ints]:
    """The team of each CSR's last call that names one; columns are in order of time."""
    told = (of.team != _at(of.teams, NOBODY)) & ~np.isnan(of.day)
    last = np.full(len(of.csrs), -1, dtype=np.int64)
    last[of.csr[told]] = of.team[told]
    names = [NO_TEAM if (n := last[of.csrs.index(csr)]) < 0 else of.teams[n] for csr in csrs]
    teams = tuple(sorted(set(names)))
    return teams, np.array([teams.index(name) for name in names], dtype=np.int64)


def _mixes(counts: Counted) -> tuple[tuple[str, ...], Ints]:
    """One an evaluation: its kind of call."""
    of = counts.columns
    if not of.size:
        return (), np.zeros(0, dtype=np.int64)
    upset = np.zeros(of.size, dtype=bool)
    if UPSET_SKILL in counts.skills:
        own = (counts.skill == counts.skills.index(UPSET_SKILL)) & (of.verdict != NOT_APPLICABLE)
        upset[of.at[own]] = True
    long = np.nan_to_num(of.duration_s) >= LONG_CALL_S
    coded = ((of.queue * len(of.directions) + of.direction) * 2 + long) * 2 + upset
    codes, kind = np.unique(coded, return_inverse=True)
    names = []
    for code in codes:
        rest, angry = divmod(int(code), 2)
        rest, slow = divmod(rest, 2)
        queue, direction = divmod(rest, len(of.directions))
        parts = [of.queues[queue] or "-", of.directions[direction]]
        names.append("/".join(parts + ["long"] * slow + ["complaint"] * angry))
    return tuple(names), kind.astype(np.int64)


def _at(words: tuple[str, ...], word: str) -> int:
    """The word's number; -1 where it does not occur."""
    return words.index(word) if word in words else -1
