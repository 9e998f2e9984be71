"""Ready for a role or not yet: quizzes, calls, skills with their doubt, and no fatal item."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from qa.coaching.marks import Counted
from qa.coaching.skill_sums import SkillSums
from qa.domain.development import Development, Role, RoleCheck, RoleLine, Standing
from qa.domain.graded import MET
from qa.domain.marks import Floats, totals
from qa.domain.training import TrainingEvent

SURE = 0.8  # guess: so sure that a skill is reached before it counts as reached
LEAST_CHANCES = 8  # fewer tell nothing (guess)


class Tally(NamedTuple):
    """What everybody's calls come to, one a CSR; [csr, skill] for chances, met and skill_calls."""

    csrs: tuple[str, ...]
    skills: tuple[str, ...]
    calls: Floats
    chances: Floats
    met: Floats
    skill_calls: Floats
    fatal_calls: Floats
    pending: Floats

    def number(self, csr_id: str) -> int | None:
        """The CSR's row; None for one without calls."""
        return self.csrs.index(csr_id) if csr_id in self.csrs else None


def tally_of(counts: Counted) -> Tally:
    """Decided items, those met, fatal ones: summed once for all roles and CSRs."""
    of, sums, size = counts.columns, SkillSums(counts), len(counts.columns.csrs)
    return Tally(
        csrs=of.csrs,
        skills=counts.skills,
        calls=totals(of.csr, size),
        chances=sums.count(counts.decided),
        met=sums.count(counts.decided & (of.verdict == MET)),
        skill_calls=sums.calls(counts.decided),
        fatal_calls=totals(of.csr[np.unique(of.at[counts.fatal])], size),
        pending=totals(of.csr[of.at[counts.pending]], size),
    )


def check_role(
    csr_id: str,
    role: Role,
    tally: Tally,
    training: Sequence[TrainingEvent],
    pass_percents: Mapping[str, int],
    next_course: Mapping[str, str],
) -> RoleCheck:
    """How a CSR stands to what a role asks; ready where everything is met.

    A skill is reached where its met-rate is at least what is asked with probability 0.8
    (uniform prior on the CSR's own share; items of one call go together, so calls count, not
    items). pass_percents: by course; of several sittings the last counts. next_course: by skill.
    """
    row = tally.number(csr_id)
    calls = 0 if row is None else int(tally.calls[row])
    lines = [_calls_line(role, calls)] if role.least_calls else []
    lines += [
        _skill_line(skill, wanted, row, tally, next_course.get(skill))
        for skill, wanted in role.skills.items()
    ]
    lines += [_quiz_line(csr_id, course, training, pass_percents) for course in role.quizzes]
    if role.skills:
        lines.append(_fatal_line(row, tally))
    return RoleCheck(
        csr_id=csr_id,
        role_id=role.id,
        ready=all(line.standing == "met" for line in lines),
        lines=tuple(lines),
    )


def development(
    csr_id: str,
    held: str | None,
    roles: Sequence[Role],
    check: Mapping[str, RoleCheck],
) -> Development:
    """The role held, or where nobody told it the highest one reached in a row from the first
    role on, and the checks of every role it leads to.
    """
    by_id = {role.id: role for role in roles}
    role = by_id[held] if held in by_id else roles[0]
    if held not in by_id:
        seen = {role.id}
        while onward := [one for one in role.next if check[one].ready and one not in seen]:
            role = by_id[onward[0]]
            seen.add(role.id)
    return Development(
        csr_id=csr_id, role_id=role.id, checks=tuple(check[one] for one in role.next)
    )


def _calls_line(role: Role, calls: int) -> RoleLine:
    short = max(0, role.least_calls - calls)
    return RoleLine(
        kind="calls",
        subject="",
        wanted=role.least_calls,
        has=calls,
        standing="cannot_tell" if short else "met",
        more_calls=short or None,
    )


def _skill_line(
    skill: str, wanted: float, row: int | None, tally: Tally, course_id: str | None
) -> RoleLine:
    at = None if row is None or skill not in tally.skills else (row, tally.skills.index(skill))
    chances = 0 if at is None else int(tally.chances[at])
    if at is None or not chances:
        return RoleLine(
            kind="skill", subject=skill, wanted=wanted, has=None, standing="cannot_tell",
            more_calls=LEAST_CHANCES, course_id=None,
        )  # fmt: skip
    from scipy.special import betainc

    share = float(tally.met[at]) / chances
    calls = int(tally.skill_calls[at])
    sure = 1 - float(betainc(share * calls + 1, (1 - share) * calls + 1, wanted))
    standing: Standing = "met" if sure >= SURE else "not_met" if sure <= 1 - SURE else "cannot_tell"
    if chances < LEAST_CHANCES:
        standing = "cannot_tell"
    more = _more_calls(share, wanted, calls) if standing == "cannot_tell" else None
    return RoleLine(
        kind="skill", subject=skill, wanted=wanted, has=round(share, 4), standing=standing,
        sure=round(sure, 4), more_calls=more,
        course_id=course_id if standing != "met" and share < wanted else None,
    )  # fmt: skip


def _more_calls(share: float, wanted: float, calls: int) -> int:
    """About so many more calls until the doubt is as narrow as the distance; at most 200."""
    away = max(abs(share - wanted), 0.02)
    needed = math.ceil((0.8416 / away) ** 2 * max(share * (1 - share), 0.05))  # z of 0.8
    return min(200, max(1, needed - calls, LEAST_CHANCES - calls))


def _quiz_line(
    csr_id: str,
    course: str,
    training: Sequence[TrainingEvent],
    pass_percents: Mapping[str, int],
) -> RoleLine:
    sat = [
        one
        for one in training
        if one.csr_id == csr_id and one.course_id == course and one.kind == "quiz"
    ]
    last = max(sat, key=lambda one: one.at, default=None)
    wanted = pass_percents.get(course, 80)
    has = last.score_percent if last else None
    passed = has is not None and has >= wanted
    return RoleLine(
        kind="quiz",
        subject=course,
        wanted=wanted,
        has=has,
        standing="met" if passed else "cannot_tell" if has is None else "not_met",
        course_id=None if passed else course,
    )


def _fatal_line(row: int | None, tally: Tally) -> RoleLine:
    """Confirmed fatal items count against; those that wait for a person leave it open."""
    confirmed = 0 if row is None else int(tally.fatal_calls[row])
    pending = 0 if row is None else int(tally.pending[row])
    standing: Standing = "not_met" if confirmed else "cannot_tell" if pending else "met"
    return RoleLine(kind="fatal", subject="", wanted=0, has=confirmed + pending, standing=standing)
