"""What one plan did: its CSR afterwards against what peers of the same standing let expect."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qa.coaching.effects import LEAST_CHANCES, WINDOW_DAYS, WORTH, Units, cohort_units
from qa.domain.effects import Coached, Effect
from qa.domain.marks import Floats, Marks
from qa.domain.text import Text

# A nominal 98 % interval: who is coached stands at the end of the peers' line, so that plain
# 95 % ones held only 92-98 % of simulated truths (seeds 9100-9119 of `simulate_coaching`).
QUANTILE = 0.99
LEAST_PEERS = 8  # fewer give no line worth predicting from (guess)


class _Fit(NamedTuple):
    """reach: the t quantile; fixed: variance that more calls of this CSR do not lessen."""

    estimate: float
    sampling: float
    fixed: float
    reach: float

    @property
    def half(self) -> float:
        return self.reach * float(np.sqrt(self.sampling + self.fixed))


def plan_effect(marks: Marks, event: Coached, every_coached: Sequence[Coached]) -> Effect:
    """The effect of one coaching event on its CSR, with a prediction interval (QUANTILE).

    As `coaching_effect`, but the line from before to after is the peers' alone, since one
    person has none of their own. every_coached: all coaching in the skill; what this CSR had
    within a day of the event is the event itself.
    """
    others = [
        one
        for one in every_coached
        if one.skill == event.skill
        and not (one.csr_id == event.csr_id and abs(one.day - event.day) <= 1)
    ]
    if event.skill not in marks.skills:
        return _told(event, None, None)
    inside = marks.where(marks.skill == marks.skills.index(event.skill))
    units = cohort_units(inside, [event], [*others, event], event.day, 0, WINDOW_DAYS)
    treated = units.coached > 0
    if treated.sum() != 1 or (~treated).sum() < LEAST_PEERS:
        return _told(event, units, None)
    return _told(event, units, _fit(units, float(inside.met.mean())))


def _fit(units: Units, usual: float) -> _Fit:
    """usual: the skill's met-rate over the site; one below it varies more from call to call."""
    from scipy.special import stdtrit  # Student's t; scipy.stats is slow to load

    own = int(np.flatnonzero(units.coached > 0)[0])
    peers = units.coached == 0
    before, after, noise = units.before[peers], units.after[peers], units.variance[peers]
    design = np.column_stack([np.ones(len(before)), before - units.before[own]])
    freedom = len(before) - 2
    line = np.linalg.lstsq(design, after, rcond=None)[0]
    between = max(0.0, float(((after - design @ line) ** 2).sum()) / freedom - float(noise.mean()))
    weight = 1 / (noise + between)
    spread: Floats = np.linalg.pinv(design.T @ (design * weight[:, None]))
    line = spread @ (design.T @ (weight * after))
    wider = max(1.0, float((weight * (after - design @ line) ** 2).sum()) / freedom)
    share = min(max(usual + float(line[0]), 0.03), 0.97)
    usual = min(max(usual, 0.03), 0.97)
    lower = max(1.0, share * (1 - share) / (usual * (1 - usual)))
    return _Fit(
        estimate=float(units.after[own] - line[0]),
        sampling=wider * lower * float(units.variance[own]),
        fixed=wider * (float(spread[0, 0]) + between),
        reach=float(stdtrit(freedom, QUANTILE)),
    )


def _told(event: Coached, units: Units | None, fit: _Fit | None) -> Effect:
    treated = units.coached > 0 if units is not None else np.zeros(0, dtype=bool)
    seen = units is not None and bool(treated.any())
    naive = float((units.after - units.raw_before)[treated][0]) if units and seen else None
    calls = float(units.calls[treated][0]) if units and seen else 0.0
    more = _more_calls(fit, calls) if fit else None if seen else LEAST_CHANCES
    low, high = (fit.estimate - fit.half, fit.estimate + fit.half) if fit else (None, None)
    verdict = "cannot_tell"
    if low is not None and high is not None:
        if low > 0 or high < 0:
            verdict = "helps" if low > 0 else "harms"
        elif high < WORTH and low > -WORTH:
            verdict = "no_large_effect"
    peers = int((~treated).sum())
    waits = verdict == "cannot_tell"
    return Effect.model_validate(
        {
            "skill": event.skill,
            "plan_id": event.plan_id,
            "coached": int(seen),
            "peers": peers,
            "estimate": None if fit is None else round(fit.estimate, 4),
            "low": None if low is None else round(low, 4),
            "high": None if high is None else round(high, 4),
            "naive": None if naive is None else round(naive, 4),
            "verdict": verdict,
            "more_calls": more if waits else None,
            "why": _why(event, fit, verdict, more, peers, seen),
        }
    )


def _more_calls(fit: _Fit, calls: float) -> int | None:
    """Calls until an effect of this size could be told; None where calls alone would not do."""
    wanted = (max(WORTH, abs(fit.estimate)) / fit.reach) ** 2
    if wanted <= fit.fixed * 1.05:
        return None
    return max(1, int(np.ceil(calls * (fit.sampling / (wanted - fit.fixed) - 1))))


def _why(
    event: Coached, fit: _Fit | None, verdict: str, more: int | None, peers: int, seen: bool
) -> Text:
    csr = event.csr_id
    if fit is None and not seen:
        return Text(
            zh=f"还说不准：{csr} 在培训前后的通话太少，各至少要 {LEAST_CHANCES} 次机会。",
            en=f"Cannot tell yet: {csr} has too few calls before or after; about {LEAST_CHANCES} "
            "more calls on that side.",
        )
    if fit is None:
        return Text(
            zh=f"还说不准：可比的未受训同事 {peers} 人，至少要 {LEAST_PEERS} 人。",
            en=f"Cannot tell: {peers} peers to compare with; {LEAST_PEERS} are needed.",
        )
    span = f"{fit.estimate:+.1%} [{fit.estimate - fit.half:+.1%}, {fit.estimate + fit.half:+.1%}]"
    zh = f"{csr} 对未受训 {peers} 人，达标率变化 {span}"
    en = f"{csr} against {peers} peers, change of the met-rate {span}"
    if verdict != "cannot_tell":
        ends = {
            "helps": ("：有效。", ": it helped."),
            "harms": ("：变差了。", ": it got worse."),
            "no_large_effect": ("：没有值得一提的效果。", ": no effect worth having."),
        }[verdict]
        return Text(zh=zh + ends[0], en=en + ends[1])
    if more is not None:
        return Text(
            zh=zh + f"：还说不准，约需再评 {more} 通。",
            en=en + f": cannot tell yet, about {more} more calls.",
        )
    return Text(
        zh=zh + "：只凭一个人说不准，看同一课程的整体效果。",
        en=en + ": one person alone cannot tell; see the course's own row.",
    )
