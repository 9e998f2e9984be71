"""One CSR's pack for a one-to-one, from the store."""

from datetime import UTC, datetime

import numpy as np

from qa.coaching.marks import SECONDS_A_DAY
from qa.coaching.shared_causes import limits
from qa.domain.coaching import Window
from qa.domain.estimates import SkillEstimate
from qa.domain.marks import Marks, totals
from qa.domain.one_to_one import Clip, OneToOne, SkillLine, WeekPoint
from qa.domain.packs import Packs
from qa.domain.text import Text, plural
from qa.flow.advise import Advice, advise
from qa.flow.coaching import is_open
from qa.flow.development import consenting
from qa.flow.examples import example_of
from qa.flow.standing import Centre, estimates_of
from qa.store.store import Store
from transcribe.errors import CodedError

MOST_CLIPS = 6  # guess: what fits a talk of half an hour
MOST_SKILLS = 8
SAYS = {
    "below": Text(zh="低于同组", en="below the team"),
    "not_below": Text(zh="不低于同组", en="not below the team"),
    "cannot_tell": Text(zh="说不准", en="cannot tell"),
}


def pack_of(store: Store, packs: Packs, centre: Centre, csr_id: str, window: Window) -> OneToOne:
    """The CSR's pack: strengths first, trend, skills with their doubt, clips, open plan.

    Raises QA850 for a CSR without graded calls.
    """
    found = advise(store, packs, window=window, csr_id=csr_id)
    if not found:
        known = ", ".join(centre.marks.csrs) or "-"
        raise CodedError("QA850", place=csr_id, csr=csr_id, options=known)
    advice = found[0]
    titles = {skill.id: skill.title for skill in packs.skills}
    own = [one for one in estimates_of(centre, packs).skills if one.csr_id == csr_id]
    trend, mean_share = weekly(centre.marks, csr_id)
    plans = [plan for plan in store.plans(csr_id) if is_open(plan)]
    return OneToOne(
        csr_id=csr_id,
        csr_name=advice.csr_name,
        team=advice.team,
        calls=advice.calls,
        mean_score=advice.mean_score,
        strengths=_strengths(advice, titles),
        skills=tuple(_line(one, titles) for one in own[:MOST_SKILLS]),
        trend=trend,
        mean_share=mean_share,
        clips=(clips := _clips(advice, {p.skill for plan in plans for p in plan.priorities})),
        examples=_examples(store, centre, csr_id, clips),
        plan=plans[-1] if plans else None,
        titles={
            p.skill: titles[p.skill] for plan in plans for p in plan.priorities if p.skill in titles
        },
    )


def weekly(marks: Marks, csr_id: str) -> tuple[tuple[WeekPoint, ...], float | None]:
    """A CSR's met share a week with p-chart limits around their mean, and that mean."""
    if csr_id not in marks.csrs:
        return (), None
    inside = marks.csr == marks.csrs.index(csr_id)
    if not inside.any():
        return (), None
    week = np.floor(marks.day[inside] / 7).astype(np.int64)
    first = int(week.min())
    size = int(week.max()) - first + 1
    chances = totals(week - first, size)
    met = totals(week - first, size, marks.met[inside])
    mean = float(met.sum() / chances.sum())
    low, high = limits(mean, chances)
    points = tuple(
        WeekPoint(
            week=datetime.fromtimestamp((first + n) * 7 * SECONDS_A_DAY, UTC).date().isoformat(),
            share=float(met[n] / chances[n]),
            low=float(low[n]),
            high=float(high[n]),
            chances=int(chances[n]),
        )
        for n in range(size)
        if chances[n]
    )
    return points, mean


def _strengths(advice: Advice, titles: dict[str, Text]) -> tuple[Text, ...]:
    found = []
    for one in advice.strengths:
        title = titles.get(one.skill, Text(zh=one.skill, en=one.skill))
        zh = f"{title.zh}：{one.calls} 通里 {one.items} 次机会，一分未失"
        en = f"{title.en}: {one.items} chances in {one.calls} calls, no point lost"
        found.append(Text(zh=zh, en=en))
    return tuple(found)


def _line(one: SkillEstimate, titles: dict[str, Text]) -> SkillLine:
    says = SAYS[one.standing]
    more = one.standing == "cannot_tell" and one.more_calls
    return SkillLine(
        title=titles.get(one.skill, Text(zh=one.skill, en=one.skill)),
        chances=one.chances,
        met_share=one.met_share,
        team_share=one.expected_share,
        says=Text(
            zh=f"{says.zh}（{one.below_probability:.0%}）"
            + (f"，还需约 {one.more_calls} 通" if more else ""),
            en=f"{says.en} ({one.below_probability:.0%})"
            + (f", about {plural(one.more_calls, 'more call')}" if more else ""),
        ),
    )


def _examples(
    store: Store, centre: Centre, csr_id: str, clips: tuple[Clip, ...]
) -> tuple[Clip, ...]:
    """For each item of the clips a colleague's place that was right, where one agreed."""
    willing = consenting(store)
    found = []
    for item in dict.fromkeys(one.item for one in clips) if willing else ():
        one = example_of(
            store, centre, csr_id=csr_id, item=item, languages=centre.languages(csr_id),
            consenting=willing,
        )  # fmt: skip
        if one is not None:
            quote = Text(zh=f"“{one.quote}”", en=f"“{one.quote}”")
            found.append(Clip(call_id=one.call_id, start_s=one.start_s, item=item, reason=quote))
    return tuple(found)


def _clips(advice: Advice, skills: set[str]) -> tuple[Clip, ...]:
    """Places of the plan's skills; of the dearest skill where there is no plan."""
    chosen = [r for r in advice.recommendations if r.weak_point.skill in skills]
    found = [
        Clip(
            call_id=one.call_id,
            start_s=one.evidence[0].start_s if one.evidence else None,
            item=one.item,
            reason=one.reason,
            say=one.say[:1],
        )
        for recommendation in chosen or advice.recommendations[:1]
        for one in recommendation.weak_point.instances[:MOST_CLIPS]
    ]
    return tuple(found[:MOST_CLIPS])
