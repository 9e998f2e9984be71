"""Where groups fall short: team by skill, queue by skill, and who needs the same course."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from qa.coaching.estimates import expected_shares
from qa.coaching.shared_causes import interval
from qa.domain.coaching import Course
from qa.domain.curriculum import Cohort, Gap
from qa.domain.marks import Floats, Ints, Marks, numbered, totals
from qa.domain.text import Text
from qa.domain.training import Need


def gaps(marks: Marks, groups: Sequence[str], group_of: Ints) -> tuple[Gap, ...]:
    """One a group and skill with at least one decided item, in the order given.

    group_of: one a mark, an index into `groups`, the same for all marks of a call. Items of one
    call go together, so the interval counts calls that vary together as fewer chances. Below:
    surely under what the whole site reaches in the skill.
    """
    if not marks.size:
        return ()
    sums = _sums_of(marks, len(groups), group_of)
    whole = sums.met.sum(axis=0) / np.maximum(sums.chances.sum(axis=0), 1)
    thinner = _thinner(marks)
    found = [
        _gap(sums, (group, skill), groups[group], marks.skills[skill], thinner[skill], whole[skill])
        for group, skill in np.argwhere(sums.chances > 0)
    ]
    order = {name: n for n, name in enumerate(groups)}
    return tuple(sorted(found, key=lambda one: (order[one.group], one.met_share, one.skill)))


class _Sums(NamedTuple):
    """[group, skill] over the marks; calls and csrs: how many different ones."""

    chances: Floats
    met: Floats
    lost: Floats
    calls: Floats
    csrs: Floats


def _sums_of(marks: Marks, groups: int, group_of: Ints) -> _Sums:
    skills = len(marks.skills)
    skill, shape = marks.skill, (groups, skills)
    call, many = numbered(marks.call)
    group_of_call = np.zeros(many, dtype=np.int64)
    group_of_call[call] = group_of
    in_call = np.zeros((many, skills), dtype=bool)
    in_call[call, skill] = True
    of_csr = np.zeros((groups, len(marks.csrs), skills), dtype=bool)
    of_csr[group_of, marks.csr, skill] = True
    cell, size = group_of * skills + skill, groups * skills
    points = marks.points_of[marks.item] * (1 - marks.met)
    calls = np.zeros(shape)
    np.add.at(calls, group_of_call, in_call)
    return _Sums(
        chances=totals(cell, size).reshape(shape),
        met=totals(cell, size, marks.met).reshape(shape),
        lost=totals(cell, size, points).reshape(shape),
        calls=calls,
        csrs=of_csr.sum(axis=1).astype(np.float64),
    )


def _gap(
    sums: _Sums, at: tuple[int, int], group: str, skill: str, thinner: float, whole: float
) -> Gap:
    met, chances, calls = float(sums.met[at]), float(sums.chances[at]), int(sums.calls[at])
    low, high = interval(met / thinner, chances / thinner)
    standing = "below" if high < whole else "above" if low > whole else "-"
    return Gap(
        group=group,
        skill=skill,
        met_share=round(met / chances, 4),
        low=round(low, 4),
        high=round(high, 4),
        chances=int(chances),
        calls=calls,
        csrs=int(sums.csrs[at]),
        lost_points_a_call=round(float(sums.lost[at]) / calls, 2),
        standing=standing,
    )


def _thinner(marks: Marks) -> Floats:
    """One a skill: how many chances count as one, since items of one call and CSR go together;
    from 1.
    """
    expected, skills = expected_shares(marks), len(marks.skills)
    spread = np.clip(expected, 0.03, 0.97)
    rest, spread = marks.met - expected, spread * (1 - spread)
    wanted = totals(marks.skill, skills, spread)
    worth = np.ones(skills)
    for index, many in (numbered(marks.call), (marks.csr, len(marks.csrs))):
        cell = totals(index * skills + marks.skill, many * skills, rest).reshape(many, skills)
        seen = (cell**2).sum(axis=0)
        worth = np.maximum(worth, np.divide(seen, wanted, out=np.ones(skills), where=wanted > 0))
    return worth


def cohorts(
    needs: Sequence[Need], first: Mapping[str, str], courses: Mapping[str, Course]
) -> tuple[Cohort, ...]:
    """People who need the same skill and course together, most points to win first.

    first: the course for a skill; skills without one form a cohort of no course, so that the
    hole in the catalogue is seen.
    """
    grouped: dict[tuple[str, str], list[Need]] = defaultdict(list)
    for need in needs:
        grouped[need.skill, first.get(need.skill, "")].append(need)
    found = []
    for (skill, course_id), own in grouped.items():
        seats = courses[course_id].seats if course_id in courses else 0
        points = sum(need.excess_points_a_month for need in own)
        found.append(
            Cohort(
                course_id=course_id or "-",
                skill=skill,
                csr_ids=tuple(sorted(need.csr_id for need in own)),
                seats=seats,
                sessions=-(-len(own) // seats) if seats else 0,
                points_a_month=round(points, 1),
                why=_why(len(own), points, course_id),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.points_a_month, one.skill)))


def _why(many: int, points: float, course_id: str) -> Text:
    if not course_id:
        return Text(
            zh=f"{many} 人每月多失 {points:.1f} 分，但目录里没有教这项能力的课程。",
            en=f"{many} CSRs lose {points:.1f} points a month beyond their teams, and no course "
            "teaches the skill.",
        )
    return Text(
        zh=f"{many} 人确实低于同组，每月共多失 {points:.1f} 分。",
        en=f"{many} CSRs are surely below their teams and lose {points:.1f} points a month beyond.",
    )
