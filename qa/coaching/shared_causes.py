"""Common cause or this person: items that most of a team, or of the site, fails."""

from collections.abc import Collection, Mapping

import numpy as np

from qa.domain.estimates import SharedCause
from qa.domain.marks import Floats, Marks
from qa.domain.text import Text

# Under this met-rate an item is failed rather than slipped (guess; a site sets its own).
TARGET_SHARE = 0.75
# A CSR with fewer chances says nothing of an item; so many CSRs, and half of the team, must
# say something (guesses).
LEAST_CHANCES = 5
LEAST_CSRS = 3

OWNERS = {
    "team_course": Text(zh="该组班组长", en="the team's lead"),
    "script": Text(zh="质检主管（话术）", en="the QA supervisor (script)"),
    "process": Text(zh="运营经理（流程）", en="the operations manager (process)"),
}


def shared_causes(
    marks: Marks,
    *,
    target_share: float = TARGET_SHARE,
    scripted: Collection[str] = (),
    titles: Mapping[str, Text] | None = None,
) -> tuple[SharedCause, ...]:
    """Items that more than half of a team's CSRs fail, surely; most points lost first.

    A team fails an item when the 95 % interval of its met-rate (Jeffreys) ends under
    `target_share` and more than half of its CSRs are under it. Where more than half of the
    teams do, it is the site's: a script to mend for an item of `scripted` (judged by wording),
    else a process.
    """
    count = len(marks.csrs)
    cell = marks.item * count + marks.csr
    shape = (len(marks.items), count)
    every = np.bincount(cell, minlength=shape[0] * count).reshape(shape)
    met = np.bincount(cell, marks.met, shape[0] * count).reshape(shape)
    found: list[SharedCause] = []
    for index, item in enumerate(marks.items):
        groups = [np.flatnonzero(marks.team_of == team) for team in range(len(marks.teams))]
        failed = [
            team
            for team, group in enumerate(groups)
            if _fails(every[index, group], met[index, group], target_share)
        ]
        whole = len(failed) * 2 > len(groups) and len(groups) > 1
        kind = "script" if item in scripted else "process"
        for team in [None] if whole else failed:
            group = np.arange(count) if team is None else groups[team]
            if team is None and not _fails(every[index], met[index], target_share):
                continue
            name = None if team is None else marks.teams[team]
            found.append(
                _cause(
                    marks, index, name, every[index, group], met[index, group],
                    kind if team is None else "team_course", target_share, titles or {},
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: -_lost(one, marks)))


def interval(met: float, chances: float, level: float = 0.95) -> tuple[float, float]:
    """Jeffreys interval of a share; (0, 1) without a chance."""
    if chances <= 0:
        return 0.0, 1.0
    from scipy.special import betaincinv  # slow to load: only where something is estimated

    tail = (1 - level) / 2
    low = float(betaincinv(met + 0.5, chances - met + 0.5, tail)) if met > 0 else 0.0
    high = float(betaincinv(met + 0.5, chances - met + 0.5, 1 - tail)) if met < chances else 1.0
    return low, high


def limits(share: float, chances: Floats, level: float = 0.998) -> tuple[Floats, Floats]:
    """Exact binomial limits of a funnel or p-chart around `share`, one a number of chances.

    level: 0.998 is the usual three-sigma funnel.
    """
    from scipy.stats import binom  # slow to load: only for charts

    tail = (1 - level) / 2
    many = np.maximum(chances, 1)
    low = binom.ppf(tail, many, share) / many
    high = binom.ppf(1 - tail, many, share) / many
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)


def _fails(every: Floats, met: Floats, target_share: float) -> bool:
    telling = every >= LEAST_CHANCES
    if telling.sum() < max(LEAST_CSRS, len(every) / 2):
        return False
    under = met[telling] < target_share * every[telling]
    high = interval(float(met.sum()), float(every.sum()))[1]
    return bool(high < target_share and under.mean() > 0.5)


def _cause(
    marks: Marks,
    index: int,
    team: str | None,
    every: Floats,
    met: Floats,
    kind: str,
    target_share: float,
    titles: Mapping[str, Text],
) -> SharedCause:
    item = marks.items[index]
    telling = every >= LEAST_CHANCES
    failing = int((met[telling] < target_share * every[telling]).sum())
    share = float(met.sum() / every.sum())
    low, high = interval(float(met.sum()), float(every.sum()))
    title = titles.get(item, Text(zh=item, en=item))
    csrs = int(telling.sum())
    where = Text(zh=f"{team} 组" if team else "全中心", en=f"team {team}" if team else "the site")
    why = Text(
        zh=f"{where.zh} {csrs} 人中有 {failing} 人“{title.zh}”达标率低于 {target_share:.0%}，"
        f"整体 {share:.0%}（{low:.0%}–{high:.0%}）：不是某个人的问题，不必逐一面谈。",
        en=f"{failing} of {csrs} CSRs of {where.en} are under {target_share:.0%} on “{title.en}”, "
        f"{share:.0%} in all ({low:.0%}-{high:.0%}): no matter of one person, no one-to-ones.",
    )
    return SharedCause.model_validate(
        {
            "item": item,
            "skill": marks.skills[int(marks.skill_of[index])],
            "team": team,
            "met_share": round(share, 4),
            "low": round(low, 4),
            "high": round(high, 4),
            "chances": int(every.sum()),
            "failing_csrs": failing,
            "csrs": csrs,
            "kind": kind,
            "owner": OWNERS[kind],
            "why": why,
        }
    )


def _lost(cause: SharedCause, marks: Marks) -> float:
    points = float(marks.points_of[marks.items.index(cause.item)])
    return points * cause.chances * (1 - cause.met_share)
