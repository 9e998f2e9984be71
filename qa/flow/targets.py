"""目标: set, agreed, acknowledged, and where their subject stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from qa.centre.relations import level_of
from qa.domain.keys import canonical_json
from qa.domain.outcomes import (
    LOWER_IS_BETTER,
    OUTCOMES,
    Acknowledged,
    Attainment,
    Level,
    Target,
)
from qa.flow.gathered import Gathered, number_of, start_of
from qa.store.centre_views import CallMarks, PromiseFilter, RecordRevision
from qa.store.reading import read_noun
from transcribe.errors import CodedError

TARGET = "target"
PEERS_SHARE = 0.9  # a target beyond what a tenth of peers reach is told so (guess; guard 2)
LEAST_PEERS = 5


def targets(site: Gathered) -> tuple[Target, ...]:
    """Every target as it stands."""
    return tuple(
        read_noun(Target, one.body, "record_revision", one.record_id)
        for one in site.store.centre.records(TARGET)
    )


def target_of(site: Gathered, target_id: str) -> Target:
    """The target of this id. Raises QA882."""
    known = {one.id: one for one in targets(site)}
    if target_id not in known:
        options = ", ".join(known) or "-"
        raise CodedError(
            "QA882", place=target_id, what="目标 / target", record=target_id, options=options
        )
    return known[target_id]


def save_target(site: Gathered, target: Target, *, by: str, why: str, now: datetime) -> Target:
    """The target, stored as a revision."""
    site.store.centre.save_record(
        RecordRevision(
            kind=TARGET, record_id=target.id, n=1, subject=target.whom, status=target.status,
            at=now, by=by, why=why, body=canonical_json(target),
        )
    )  # fmt: skip
    return target


def acknowledge(
    site: Gathered,
    target_id: str,
    role: Literal["manager", "csr", "team_lead"],
    *,
    by: str,
    now: datetime,
) -> Target:
    """The target with one more name; agreed when the manager and who is to reach it gave theirs.

    Raises QA882, QA886.
    """
    target = target_of(site, target_id)
    if any(one.role == role for one in target.acknowledged):
        raise CodedError("QA886", place=target_id, target=target_id, role=role)
    names = (*target.acknowledged, Acknowledged(role=role, by=by, at=now))
    roles = {one.role for one in names}
    wanted = {"manager", "csr" if target.scope == "csr" else "team_lead"}
    status = "agreed" if wanted <= roles else target.status
    changed = target.model_copy(update={"acknowledged": names, "status": status})
    return save_target(site, changed, by=by, why=f"acknowledged as {role}", now=now)


def attainment(site: Gathered, target: Target, *, today: date) -> Attainment:
    """Where the target's subject stands, with its interval."""
    first = number_of(target.from_day)
    last = number_of(min(today, target.to_day))
    level = Level(metric=target.metric, calls=0, value=None, low=None, high=None)
    own = site.store.centre.call_marks(
        first, last, **({"csr_id": target.whom} if target.scope == "csr" else {"team": target.whom})
    )
    if last >= first:
        level = level_for(site, target, own, first, last)
    standing: Literal["reached", "not_reached", "cannot_tell", "not_started"] = "cannot_tell"
    if today < target.from_day:
        standing = "not_started"
    elif level.low is not None and level.high is not None:
        lower = target.metric in LOWER_IS_BETTER
        if level.high <= target.value if lower else level.low >= target.value:
            standing = "reached"
        elif level.low > target.value if lower else level.high < target.value:
            standing = "not_reached"
    return Attainment(target=target, level=level, standing=standing, reach=_reach(site, target))


def level_for(
    site: Gathered, target: Target, own: Sequence[CallMarks], first: int, last: int
) -> Level:
    """The metric's level of the calls."""
    if target.metric == "promise_kept_share":
        wanted = PromiseFilter(
            csr_id=target.whom if target.scope == "csr" else None,
            team=target.whom if target.scope == "team" else None,
            from_=start_of(target.from_day, site.zone),
        )
        found = site.store.centre.promises(wanted, now=start_of(target.to_day, site.zone))
        decided = [one for one in found if one.status in ("kept", "late", "not_kept")]
        values = [float(one.status == "kept") for one in decided]
        return level_of(target.metric, values, [one.csr_id for one in decided])
    if target.metric in OUTCOMES:
        ids = {one.csr_id for one in own}
        rows = site.store.centre.outcome_marks(first, last, target.metric)
        inside = [one for one in rows if one.csr_id in ids]
        return level_of(target.metric, [x.value for x in inside], [x.csr_id for x in inside])
    values, csrs = values_of(target.metric, own)
    return level_of(target.metric, values, csrs)


def values_of(metric: str, calls: Sequence[CallMarks]) -> tuple[list[float], list[str | None]]:
    """The metric's value of each call that has one, and the call's CSR."""
    found: list[tuple[float, str | None]] = []
    for one in calls:
        value: float | None = None
        if metric == "score":
            value = one.score
        elif metric == "pass_share":
            value = None if one.passed is None else float(one.passed)
        elif metric == "complaint_share":
            value = float(one.complaint)
        elif metric.startswith("item:"):
            item = metric.removeprefix("item:")
            marks = one.marks.split()
            value = 1.0 if f"{item}+" in marks else 0.0 if f"{item}-" in marks else None
        if value is not None:
            found.append((value, one.csr_id))
    return [value for value, _ in found], [csr for _, csr in found]


def _reach(site: Gathered, target: Target) -> Literal["within_peers", "beyond_peers", "unknown"]:
    """Whether some peers reach it already: over the 60 days before the target begins."""
    if target.metric in OUTCOMES or target.metric == "promise_kept_share":
        return "unknown"
    start = number_of(target.from_day)
    calls = site.store.centre.call_marks(start - 60, start - 1)
    peers: dict[str, list[float]] = {}
    values, csrs = values_of(target.metric, calls)
    for value, csr in zip(values, csrs, strict=True):
        peers.setdefault(csr or "-", []).append(value)
    means = sorted(sum(own) / len(own) for own in peers.values() if len(own) >= LEAST_PEERS)
    if len(means) < LEAST_PEERS:
        return "unknown"
    if target.metric in LOWER_IS_BETTER:
        best = means[int(len(means) * (1 - PEERS_SHARE))]
        return "within_peers" if target.value >= best else "beyond_peers"
    best = means[min(len(means) - 1, int(len(means) * PEERS_SHARE))]
    return "within_peers" if target.value <= best else "beyond_peers"
