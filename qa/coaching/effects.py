"""Does it help: coached CSRs against peers who were not coached yet, on the same items.

Those with the lowest rates are chosen for coaching, and low rates are partly bad luck: they rise
by themselves. So each CSR's rate afterwards is compared with what their own rate before,
already pooled towards the team, lets expect; peers with the same standing show it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qa.coaching.estimates import expected_shares, sums_of
from qa.coaching.pooling import pool
from qa.domain.effects import Coached, Effect
from qa.domain.marks import Floats, Ints, Marks, totals
from qa.domain.text import Text

WINDOW_DAYS = 60.0  # calls so long before and after count (guess)
LEAST_CSRS = 4  # coached, and as many peers: fewer give no interval worth reading (guess)
LEAST_CHANCES = 5
WORTH = 0.05  # an effect of five points of met-rate is worth having (guess)


def coaching_effect(
    marks: Marks,
    coached: Sequence[Coached],
    *,
    skill: str,
    course_id: str | None = None,
    window_days: float = WINDOW_DAYS,
    every_coached: Sequence[Coached] | None = None,
) -> Effect:
    """The mean effect of `coached` on `skill`.

    coached: the events to judge (one course, one trainer, one plan), others are ignored.
    every_coached: all coaching in the skill, so that nobody coached elsewhere is a peer;
    `coached` when None. People coached on other days form cohorts of their own; a peer is
    whoever was not coached in the skill before the cohort's window ends.
    """
    if skill not in marks.skills:
        return _effect(skill, course_id, _NOBODY, None)
    inside = marks.where(marks.skill == marks.skills.index(skill))
    judged = [one for one in coached if one.skill == skill]
    others = [one for one in every_coached or coached if one.skill == skill]
    units: list[Units] = []
    for number, day in enumerate(sorted({one.day for one in judged})):
        units.append(cohort_units(inside, judged, others, day, number, window_days))
    if not units:
        return _effect(skill, course_id, _NOBODY, None)
    joined = Units(*(np.concatenate(parts) for parts in zip(*units, strict=True)))
    return _effect(skill, course_id, joined, _fit(joined))


class Units(NamedTuple):
    """One entry a CSR of a cohort. before: pooled; chances: afterwards."""

    csr: Ints
    cohort: Ints
    coached: Floats
    before: Floats
    raw_before: Floats
    after: Floats
    variance: Floats
    chances: Floats
    calls: Floats


_NOBODY = Units(
    np.zeros(0, np.int64), np.zeros(0, np.int64), *(np.zeros(0) for _ in range(7))
)  # fmt: skip


class _Fit(NamedTuple):
    estimate: float
    low: float
    high: float
    sampling: float
    whole: float


def cohort_units(
    marks: Marks,
    judged: Sequence[Coached],
    others: Sequence[Coached],
    day: float,
    number: int,
    window_days: float,
) -> Units:
    """Who was coached on `day`, and peers nobody coached around it, with enough chances on both
    sides.
    """
    count = len(marks.csrs)
    index = {csr: n for n, csr in enumerate(marks.csrs)}
    treated = np.zeros(count, dtype=bool)
    barred = np.zeros(count, dtype=bool)
    for one in others:
        if one.csr_id in index and day - window_days < one.day < day + window_days:
            barred[index[one.csr_id]] = True
    for one in judged:
        if one.csr_id in index and one.day == day:
            treated[index[one.csr_id]] = True
    # coached in the skill twice within the window: no clean before or after
    twice = {o.csr_id for o in others if o.day != day and abs(o.day - day) < window_days}
    treated &= ~np.array([csr in twice for csr in marks.csrs], dtype=bool)
    barred &= ~treated
    near = marks.where(
        (marks.day >= day - window_days) & (marks.day < day + window_days) & ~barred[marks.csr]
    )
    if not near.size:
        return _NOBODY
    late = near.day >= day
    expected = _peers_expected(near, late & treated[near.csr])
    ones = np.ones(near.size)
    before = sums_of(near.where(~late), expected[~late], ones[~late])
    after = sums_of(near.where(late), expected[late], ones[late])
    used = np.flatnonzero((before.chances >= LEAST_CHANCES) & (after.chances >= LEAST_CHANCES))
    if not len(used):
        return _NOBODY
    team_of = near.team_of[used]
    pooled = pool(before.gap[used], before.weighing[used], team_of, len(marks.teams))
    calls = near.where(late).calls_of_csr().astype(np.float64)
    return Units(
        csr=used,
        cohort=np.full(len(used), number),
        coached=treated[used].astype(np.float64),
        before=pooled.gap + pooled.team[team_of],
        raw_before=before.gap[used],
        after=after.gap[used],
        variance=after.weighing[used],
        chances=after.chances[used],
        calls=calls[used],
    )


def _peers_expected(near: Marks, touched: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """Expected shares learned without the marks that coaching may have changed."""
    if touched.all():
        return expected_shares(near)
    mixes = len(near.mixes)
    clean = near.where(~touched)
    learned = expected_shares(clean)
    items = len(near.items)
    by_item = totals(clean.item, items, learned) / np.maximum(totals(clean.item, items), 1)
    table = np.repeat(by_item, mixes)
    table[clean.item * mixes + clean.mix] = learned
    return np.asarray(table[near.item * mixes + near.mix], dtype=np.float64)


def _fit(units: Units) -> _Fit | None:
    """Weighted least squares with a level a cohort, robust to unequal spread (HC3), or by CSR
    where one CSR stands in several cohorts.
    """
    from statsmodels.regression.linear_model import WLS  # a second to load: only when asked

    treated = units.coached > 0
    if min(treated.sum(), (~treated).sum()) < LEAST_CSRS:
        return None
    # the slope may differ for the coached: the estimate is the mean effect on them, not a mix
    centred = units.before - units.before[treated].mean()
    levels = (units.cohort[:, None] == np.unique(units.cohort)).astype(np.float64)
    design = np.column_stack([units.coached, centred, centred * units.coached, levels])
    spread = _between(units, design)
    model = WLS(units.after, design, weights=1 / (units.variance + spread))
    if len(np.unique(units.csr)) < len(units.csr):
        fitted = model.fit(cov_type="cluster", cov_kwds={"groups": units.csr}, use_t=True)
    else:
        fitted = model.fit(cov_type="HC3", use_t=True)
    low, high = fitted.conf_int(0.05)[0]
    sampling = sum(
        float(np.mean(units.variance[group])) / int(group.sum()) for group in (treated, ~treated)
    )
    return _Fit(
        float(fitted.params[0]), float(low), float(high), sampling, float(fitted.bse[0]) ** 2
    )


def _between(units: Units, design: Floats) -> float:
    """Variance of CSRs' true rates afterwards beyond what the design explains, at least 0."""
    from statsmodels.regression.linear_model import OLS

    rest = np.asarray(OLS(units.after, design).fit().resid, dtype=np.float64)
    freedom = max(1, len(rest) - design.shape[1])
    spread: float = float(np.sum(rest**2)) / freedom - float(np.mean(units.variance))
    return spread if spread > 0 else 0.0


def _effect(skill: str, course_id: str | None, units: Units, fit: _Fit | None) -> Effect:
    treated = units.coached > 0
    naive = float(np.mean((units.after - units.raw_before)[treated])) if treated.any() else None
    verdict, calls, csrs = _verdict(units, fit)
    return Effect.model_validate(
        {
            "skill": skill,
            "course_id": course_id,
            "coached": int(treated.sum()),
            "peers": int((~treated).sum()),
            "estimate": None if fit is None else round(fit.estimate, 4),
            "low": None if fit is None else round(fit.low, 4),
            "high": None if fit is None else round(fit.high, 4),
            "naive": None if naive is None else round(naive, 4),
            "verdict": verdict,
            "more_calls": calls,
            "more_csrs": csrs,
            "why": _why(treated, fit, verdict, calls, csrs),
        }
    )


def _verdict(units: Units, fit: _Fit | None) -> tuple[str, int | None, int | None]:
    """What may be said, and what is still needed: more calls a CSR, or more coached CSRs."""
    if fit is None:
        return "cannot_tell", None, max(0, LEAST_CSRS - int((units.coached > 0).sum())) or None
    if fit.low > 0:
        return "helps", None, None
    if fit.high < 0:
        return "harms", None, None
    if fit.high < WORTH and fit.low > -WORTH:
        return "no_large_effect", None, None
    half = (fit.high - fit.low) / 2
    wanted = fit.whole * (max(WORTH, abs(fit.estimate)) / half) ** 2
    fixed = max(0.0, fit.whole - fit.sampling)
    treated = units.coached > 0
    if wanted > fixed * 1.05:
        factor = fit.sampling / (wanted - fixed)
        calls = float(np.mean(units.calls[treated]))
        return "cannot_tell", max(1, int(np.ceil(calls * (factor - 1)))), None
    return "cannot_tell", None, max(1, int(np.ceil(treated.sum() * (fit.whole / wanted - 1))))


def _why(
    treated: np.ndarray[tuple[int], np.dtype[np.bool_]],
    fit: _Fit | None,
    verdict: str,
    calls: int | None,
    csrs: int | None,
) -> Text:
    many, peers = int(treated.sum()), int((~treated).sum())
    if fit is None:
        return Text(
            zh=f"还说不准：前后都有通话的受训者 {many} 人、未受训同事 {peers} 人，各至少要 "
            f"{LEAST_CSRS} 人。",
            en=f"Cannot tell yet: {many} coached CSRs and {peers} peers have calls before and "
            f"after; {LEAST_CSRS} of each are needed.",
        )
    span = f"{fit.estimate:+.1%} [{fit.low:+.1%}, {fit.high:+.1%}]"
    zh = f"受训 {many} 人对未受训 {peers} 人，达标率变化 {span}"
    en = f"{many} coached against {peers} peers, change of the met-rate {span}"
    if verdict == "helps":
        return Text(zh=zh + "：有效。", en=en + ": it helps.")
    if verdict == "harms":
        return Text(zh=zh + "：变差了。", en=en + ": it made things worse.")
    if verdict == "no_large_effect":
        return Text(zh=zh + "：没有值得一提的效果。", en=en + ": no effect worth having.")
    if calls:
        return Text(
            zh=zh + f"：还说不准，每人约需再评 {calls} 通。",
            en=en + f": cannot tell yet, about {calls} more calls a CSR.",
        )
    return Text(
        zh=zh + f"：还说不准，约需再有 {csrs} 人受训。",
        en=en + f": cannot tell yet, about {csrs} more coached CSRs are needed.",
    )
