"""Who deserves praise: steadily strong or surely better, people and teams; never by luck."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qa.coaching.estimates import Z95, expected_shares, skill_estimates, sums_of
from qa.domain.development import Recognition
from qa.domain.estimates import EstimateSettings, SkillEstimate
from qa.domain.marks import Marks
from qa.domain.text import Text

SURE = 0.99  # of the pooled gap (guess)
# One chance in a hundred that anybody of the whole centre is praised for nothing.
LUCK = 0.01
LEAST_CHANCES = 150  # decided items; about ten calls (guess)
WHOLE = "all"


def recognitions(marks: Marks) -> tuple[Recognition, ...]:
    """People and teams to praise, surest first.

    Steady: all items together surely above the team (a team: above the site), pooled, and not
    surely falling. Improved: the rise over the window is beyond luck even though the best of
    many was picked (the level is divided by how many there are).
    """
    if not marks.size:
        return ()
    whole = replace(marks, skills=(WHOLE,), skill_of=np.zeros(len(marks.items), dtype=np.int64))
    people = skill_estimates(whole, settings=EstimateSettings(half_life_days=1e6))
    found = [*_praised(people, "csr")]
    by_team = replace(
        whole,
        csrs=marks.teams,
        teams=("-",),
        team_of=np.zeros(len(marks.teams), dtype=np.int64),
        csr=marks.team_of[marks.csr],
    )
    if len(marks.teams) > 1:
        found += _improved_teams(by_team)
        found += _steady_teams(marks)
    return tuple(sorted(found, key=lambda one: (-one.sure, one.about, one.subject)))


def _praised(estimates: Sequence[SkillEstimate], about: str) -> list[Recognition]:
    from scipy.special import ndtr

    found = []
    for one in estimates:
        if one.chances < LEAST_CHANCES:
            continue
        sd = max((one.gap_high - one.gap_low) / (2 * Z95), 1e-9)
        sure = float(ndtr(one.gap / sd))
        if sure >= SURE and one.trend_high >= 0:
            found.append(_steady(one, sure, about))
        sd = max((one.trend_high - one.trend_low) / (2 * Z95), 1e-9)
        sure = float(ndtr(one.trend_a_month / sd))
        if one.trend_a_month > 0 and 1 - sure < LUCK / len(estimates):
            found.append(_improved(one, sure, about))
    return found


def _steady(one: SkillEstimate, sure: float, about: str) -> Recognition:
    return Recognition.model_validate({
        "about": about, "subject": one.csr_id, "kind": "steady", "sure": round(sure, 4),
        "why": Text(
            zh=f"{one.calls} 通 {one.chances} 次机会达标 {one.met_share:.0%}，同样的通话比同组高 "
            f"{one.gap:.1%}（95% 区间 {one.gap_low:.1%} 到 {one.gap_high:.1%}），没有下滑。",
            en=f"{one.chances} chances in {one.calls} calls, met {one.met_share:.0%}: "
            f"{one.gap:.1%} above the team on the same calls (95 % interval {one.gap_low:.1%} to "
            f"{one.gap_high:.1%}), not falling.",
        ),
    })  # fmt: skip


def _improved(one: SkillEstimate, sure: float, about: str) -> Recognition:
    return Recognition.model_validate({
        "about": about, "subject": one.csr_id, "kind": "improved", "sure": round(sure, 4),
        "why": Text(
            zh=f"{one.calls} 通里达标率每月升 {one.trend_a_month:.1%}"
            f"（95% 区间 {one.trend_low:.1%} 到 {one.trend_high:.1%}），已扣除通话难易，"
            "也排除了“多人里挑最好”的运气。",
            en=f"over {one.calls} calls the met-rate rises by {one.trend_a_month:.1%} a month "
            f"(95 % interval {one.trend_low:.1%} to {one.trend_high:.1%}), call mix removed, and "
            "beyond the luck of the best of many.",
        ),
    })  # fmt: skip


def _improved_teams(by_team: Marks) -> list[Recognition]:
    teams = skill_estimates(by_team, settings=EstimateSettings(half_life_days=1e6))
    return [one for one in _praised(teams, "team") if one.kind == "improved"]


def _steady_teams(marks: Marks) -> list[Recognition]:
    """Teams whose members together are surely above the site; members differ, so they are the
    sample, not their calls.
    """
    from scipy.special import stdtr  # Student's t; scipy.stats is slow to load

    sums = sums_of(marks, expected_shares(marks), np.ones(marks.size))
    found = []
    for number, team in enumerate(marks.teams):
        gaps = sums.gap[(marks.team_of == number) & (sums.chances >= LEAST_CHANCES)]
        if len(gaps) < 3:
            continue
        mean, error = float(gaps.mean()), float(gaps.std(ddof=1)) / np.sqrt(len(gaps))
        sure = float(stdtr(len(gaps) - 1, mean / max(error, 1e-9)))
        if sure >= 1 - LUCK / len(marks.teams):
            found.append(
                Recognition(
                    about="team",
                    subject=team,
                    kind="steady",
                    sure=round(sure, 4),
                    why=Text(
                        zh=f"{len(gaps)} 人同样的通话平均比全中心高 {mean:.1%}，成员之间相当一致。",
                        en=f"{len(gaps)} members are {mean:.1%} above the site on the same calls "
                        "on average, and agree with each other.",
                    ),
                )
            )
    return found
