"""投诉雷达: topics against their own history, repeats, rising words, actions and their effect."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import numpy as np

from qa.centre.changes import Series, changes, rate_ratio
from qa.centre.terms import counted, rising_terms
from qa.domain.keys import canonical_json
from qa.domain.radar import Example, Improvement, ImprovementEffect, Radar, RadarLine
from qa.domain.text import Text
from qa.flow.gathered import Gathered, number_of
from qa.store.centre_views import CallDay, RecordRevision, TopicCall, TopicDay
from qa.store.reading import read_noun
from transcribe.errors import CodedError

RECENT_DAYS = 7
HISTORY_DAYS = 56  # eight of each weekday; guess
REPEAT_WITHIN = timedelta(days=7)  # issue 5: the same customer within a week
EXAMPLES = 3
EFFECT_DAYS = 28  # before and after an action; guess
ACTION = "improvement"


def radar_of(
    site: Gathered, *, to_day: date, days: int = RECENT_DAYS, team: str | None = None
) -> Radar:
    """The radar of the `days` that end with to_day. Raises QA887 for a site without calls."""
    store = site.store.centre
    if store.day_range() is None:
        raise CodedError("QA887", place=site.store.place)
    last = number_of(to_day)
    first = last - days + 1
    begin = max(first - HISTORY_DAYS, (store.day_range() or (first, first))[0])
    calls = store.call_days(begin, last, team)
    seen = store.topic_days(begin, last, team)
    series = series_of(calls, seen, begin, last)
    told, whole = changes(series, recent_days=days)
    again = store.repeats(first, last, within=REPEAT_WITHIN, team=team)
    examples = _examples(store.topic_calls(first, last, team=team))
    actions = improvements(site)
    lines = [
        RadarLine(
            topic=one.topic,
            title=site.title_of(one.topic),
            department=site.department_of(one.topic),
            change=one,
            repeats=again.get(one.topic, (0, 0))[0],
            repeat_customers=again.get(one.topic, (0, 0))[1],
            examples=examples.get(one.topic, ()),
            actions=tuple(
                effect_of(site, action, to_day=to_day)
                for action in actions
                if action.topic == one.topic and action.status != "dropped"
            ),
        )
        for one in told
        if one.complaints or one.topic in again or (one.expected or 0) >= 1
    ]
    order = {"rising": 0, "usual": 1, "cannot_tell": 1, "falling": 2}
    lines.sort(key=lambda x: (order[x.change.movement], -x.change.complaints, x.topic))
    terms = store.complaint_terms(begin, last, team)
    now = [words.split() for day, words in terms if day >= first]
    past = [words.split() for day, words in terms if day < first]
    recent = [one for one in calls if one.day >= first]
    return Radar(
        from_day=to_day - timedelta(days=days - 1),
        to_day=to_day,
        history_days=first - begin,
        calls=sum(one.calls for one in recent),
        complaints=sum(one.complaints for one in recent),
        unknown_customers=sum(one.unknown for one in recent),
        total=whole.model_copy(update={"complaints": sum(one.complaints for one in recent)}),
        lines=tuple(lines),
        terms=rising_terms(
            counted(now), counted(past), recent_calls=len(now), before_calls=len(past)
        ),
    )


def series_of(calls: Sequence[CallDay], seen: Iterable[TopicDay], first: int, last: int) -> Series:
    """Daily counts without gaps, from first to last."""
    size = max(last - first + 1, 1)
    volume = np.zeros(size)
    for one in calls:
        volume[one.day - first] = one.calls
    counts: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    for topic in seen:
        row = counts.setdefault(topic.topic, np.zeros(size))
        row[topic.day - first] = topic.complaints
    return Series(np.arange(first, first + size), volume, counts)


def improvements(site: Gathered) -> tuple[Improvement, ...]:
    """Every action that was entered, as it stands."""
    return tuple(
        read_noun(Improvement, one.body, "record_revision", one.record_id)
        for one in site.store.centre.records(ACTION)
    )


def add_improvement(
    site: Gathered, wanted: Improvement, *, by: str, why: str, now: datetime
) -> Improvement:
    """The action, stored. Raises QA881 for an unknown topic."""
    known = [*dict.fromkeys(one.id for one in site.topics), "other"]
    if wanted.topic not in known:
        options = ", ".join(known)
        raise CodedError("QA881", place=wanted.topic, topic=wanted.topic, options=options)
    site.store.centre.save_record(
        RecordRevision(
            kind=ACTION,
            record_id=wanted.id,
            n=1,
            subject=wanted.topic,
            status=wanted.status,
            at=now,
            by=by,
            why=why,
            body=canonical_json(wanted),
        )
    )
    return wanted


def improvement_of(site: Gathered, action_id: str) -> Improvement:
    """The action of this id. Raises QA882."""
    known = {one.id: one for one in improvements(site)}
    if action_id not in known:
        options = ", ".join(known) or "-"
        raise CodedError(
            "QA882", place=action_id, what="改进措施 / action", record=action_id, options=options
        )
    return known[action_id]


def effect_of(site: Gathered, action: Improvement, *, to_day: date) -> ImprovementEffect:
    """Complaints a day since the action against the weeks before, all other topics' change out."""
    start = number_of(action.from_day)
    first = start - EFFECT_DAYS
    last = min(number_of(to_day), start + EFFECT_DAYS - 1)
    days = site.store.centre.day_range()
    first = max(first, days[0]) if days else first
    seen = site.store.centre.topic_days(first, max(last, first))
    series = series_of((), seen, first, max(last, first))
    own = series.counts.get(action.topic, series.calls)
    rest = np.sum([c for t, c in series.counts.items() if t != action.topic], axis=0)
    rest = rest if np.ndim(rest) else series.calls
    cut = max(start - first, 0)
    before, after = own[:cut], own[cut:] if last >= start else own[:0]
    found = rate_ratio(before, after, (float(rest[:cut].sum()), float(rest[cut:].sum())))
    counts = int(before.sum()), int(after.sum())
    if found is None:
        why = Text(
            zh=f"措施前 {len(before)} 天、后 {len(after)} 天，各需 7 天以上才能比较。",
            en=f"{len(before)} days before and {len(after)} after; each needs 7 to compare.",
        )
        return ImprovementEffect(
            action=action, before=counts[0], after=counts[1], ratio=None, low=None, high=None,
            naive=None, verdict="cannot_tell", why=why,
        )  # fmt: skip
    ratio, low, high, naive = found
    verdict = "fewer" if high < 1 else "more" if low > 1 else "no_clear_change"
    if verdict == "no_clear_change" and (high > 1.5 and low < 0.67):
        verdict = "cannot_tell"
    return ImprovementEffect.model_validate(
        {
            "action": action, "before": counts[0], "after": counts[1],
            "ratio": round(ratio, 3), "low": round(low, 3), "high": round(high, 3),
            "naive": round(naive, 3), "verdict": verdict, "why": _why(verdict, found, counts),
        }
    )  # fmt: skip


_SAYS = {
    "fewer": Text(zh="比之前少", en="fewer than before"),
    "more": Text(zh="比之前多", en="more than before"),
    "no_clear_change": Text(zh="看不出变化", en="no clear change"),
    "cannot_tell": Text(zh="数量太少，还说不准", en="too few to tell yet"),
}


def _why(verdict: str, found: tuple[float, float, float, float], counts: tuple[int, int]) -> Text:
    ratio, low, high, _ = found
    said = _SAYS[verdict]
    return Text(
        zh=f"{said.zh}：投诉 {counts[0]} → {counts[1]} 次，扣除其他主题同期变化后为之前的 "
        f"{ratio:.0%}（95% 区间 {low:.0%}-{high:.0%}）。高峰后的回落也会像效果，不等于因果。",
        en=f"{said.en}: complaints {counts[0]} → {counts[1]}; without what other topics did, "
        f"{ratio:.0%} of before (95 % interval {low:.0%}-{high:.0%}). A fall after a peak looks "
        "like an effect too; this is no proof of cause.",
    )


def _examples(calls: Iterable[TopicCall]) -> dict[str, tuple[Example, ...]]:
    """The newest calls of each topic, at most three, of different CSRs where there are."""
    found: dict[str, dict[str | None, TopicCall]] = {}
    more: dict[str, list[TopicCall]] = {}
    for one in calls:
        own = found.setdefault(one.topic, {})
        if one.csr_id not in own:
            own[one.csr_id] = one
        elif len(more.setdefault(one.topic, [])) < EXAMPLES:
            more[one.topic].append(one)
    chosen = {}
    for topic, own in found.items():
        several = [*list(own.values())[:EXAMPLES], *more.get(topic, ())][:EXAMPLES]
        chosen[topic] = tuple(
            Example(call_id=one.call_id, start_s=one.start_s, quote=one.quote) for one in several
        )
    return chosen
