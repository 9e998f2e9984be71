"""申诉: a mark contested in time, decided by somebody else; the outcome is a person's mark."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from qa.domain.appeals import Appeal, AppealCount, Appellant
from qa.domain.evaluations import Answer, ItemScore
from qa.domain.keys import canonical_json
from qa.domain.packs import Packs
from qa.domain.rules import Verdict
from qa.flow.answering import answered
from qa.store.centre_views import RecordRevision
from qa.store.decisions import Answered
from qa.store.reading import read_noun
from qa.store.records import EvaluationRecord
from qa.store.store import Store
from transcribe.errors import CodedError

APPEAL = "appeal"
LEVELS = 2  # an appeal and a second one (glossary); then the mark stands


class _Kept(NamedTuple):
    """An appeal, and which of its revisions it is."""

    appeal: Appeal
    n: int


def appeals(store: Store) -> tuple[Appeal, ...]:
    """Every appeal as it stands, the first raised first."""
    return tuple(one.appeal for one in _kept(store))


def open_appeals(store: Store) -> tuple[Appeal, ...]:
    """Appeals that wait for a decision, the first due first."""
    return tuple(one.appeal for one in _waiting(_kept(store)))


def raise_appeal(
    store: Store,
    call_id: str,
    item: str,
    *,
    wanted: Verdict,
    role: Appellant,
    by: str,
    reason: str,
    days: int,
    answer_hours: float,
    now: datetime,
) -> Appeal:
    """The appeal against an item of the call's latest evaluation, kept.

    days: so long after the mark was made it may be contested; after a decision, again.
    Raises QA849 unknown call, QA853 no evaluation, QA854 unknown item, QA855 nothing to contest,
    QA856 too late, QA857 open or at its last level already.
    """
    records = _records(store, call_id)
    latest, score = records[-1], _item(records[-1], item)
    if score.verdict == "undecided" or score.verdict == wanted:
        raise CodedError("QA855", place=call_id, item=item, verdict=score.verdict, call=call_id)
    form = latest.evaluation.scorecard
    kept = _kept(store)
    earlier = _earlier(kept, call_id, form, item)
    if earlier and (earlier[-1].status == "open" or earlier[-1].level >= LEVELS):
        last = earlier[-1]
        raise CodedError("QA857", place=call_id, item=item, status=last.status, level=last.level)
    since = max([_marked_at(records, item), *(one.decided_at or one.at for one in earlier)])
    if now - since > timedelta(days=days):
        shown = f"{since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        raise CodedError("QA856", place=call_id, item=item, days=days, since=shown)
    call = store.call(call_id)
    made = Appeal(
        call_id=call_id, scorecard=form, item=item, level=len(earlier) + 1,
        csr_id=call.csr_id if call else None, team=call.team if call else None,
        role=role, by=by, reason=reason, at=now, marked=score.verdict,
        marked_by=_marked_by(store, call_id, form, score), wanted=wanted,
        due_at=now + timedelta(hours=answer_hours),
    )  # fmt: skip
    after = next((one.n for one in kept if one.appeal.id == made.id), 0)
    if not _save(store, made, after, by=by, why=reason, now=now):
        raise CodedError("QA857", place=call_id, item=item, status="open", level=made.level)
    return made


def decide_appeal(
    store: Store,
    packs: Packs,
    call_id: str,
    item: str,
    decision: Literal["overturned", "upheld"],
    *,
    by: str,
    reason: str,
    now: datetime,
) -> Appeal:
    """The appeal with its outcome; the evaluation gets the decision as a person's answer.

    Both outcomes are a person's mark, so a later run of the machine changes neither; upholding
    a fatal item that waited confirms it. Nothing is marked where the call was graded since on
    another form, or on a version of it without the item. Raises QA858 nothing open, also where
    another judge was first, QA859 a judge who is party, those of `answered`.
    """
    kept = _kept(store)
    found, n = _open_one(kept, call_id, item)
    _require_other_judge(store, kept, found, by)
    verdict = found.wanted if decision == "overturned" else found.marked
    answer = Answer(ref_id=item, verdict=verdict, by=by, reason=reason, at=now)
    latest = _records(store, call_id)[-1].evaluation
    counts = latest.scorecard == found.scorecard and item in {one.ref_id for one in latest.items}
    made = found.model_copy(
        update={"status": decision, "decided_by": by, "decided_at": now, "decision": reason}
    )
    marked = answered(store, packs, call_id, answer) if counts else None
    if not _save(store, made, n, by=by, why=reason, now=now, answered=marked):
        raise _none_open(_kept(store), call_id, item)
    return made


def withdraw_appeal(
    store: Store, call_id: str, item: str, *, by: str, reason: str, now: datetime
) -> Appeal:
    """The appeal taken back by who raised it; nothing is marked. Raises QA858, QA863."""
    found, n = _open_one(_kept(store), call_id, item)
    if _name(by) != _name(found.by):
        raise CodedError("QA863", place=call_id, by=by, owner=found.by)
    made = found.model_copy(
        update={"status": "withdrawn", "decided_by": by, "decided_at": now, "decision": reason}
    )
    if not _save(store, made, n, by=by, why=reason, now=now):
        raise _none_open(_kept(store), call_id, item)
    return made


def appeal_counts(many: Iterable[Appeal]) -> tuple[AppealCount, ...]:
    """How appeals ended, one line an item, the most overturned first."""
    by_item: dict[str, list[Appeal]] = {}
    for one in many:
        by_item.setdefault(one.item, []).append(one)
    found = [
        AppealCount(
            item=item,
            raised=len(own),
            open=sum(one.status == "open" for one in own),
            upheld=sum(one.status == "upheld" for one in own),
            overturned=sum(one.status == "overturned" for one in own),
        )
        for item, own in by_item.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.overturned, -one.raised, one.item)))


def _records(store: Store, call_id: str) -> list[EvaluationRecord]:
    """The revisions on the form of the call's latest evaluation, oldest first."""
    if store.call(call_id) is None:
        raise CodedError("QA849", place=call_id, call=call_id)
    every = sorted(store.evaluations(call_id), key=lambda one: one.id)
    if not every:
        raise CodedError("QA853", place=call_id, call=call_id)
    form = every[-1].evaluation.scorecard
    return [one for one in every if one.evaluation.scorecard == form]


def _item(record: EvaluationRecord, item: str) -> ItemScore:
    for one in record.evaluation.items:
        if one.ref_id == item:
            return one
    options = ", ".join(one.ref_id for one in record.evaluation.items)
    raise CodedError("QA854", place=record.call_id, item=item, options=options)


def _marked_at(records: Sequence[EvaluationRecord], item: str) -> datetime:
    """When the mark that stands was made: grading again without changing it starts no clock."""
    last = _item(records[-1], item)
    since = records[-1].at
    for record in reversed(records):
        before = next((one for one in record.evaluation.items if one.ref_id == item), None)
        if before is None or (before.verdict, before.source) != (last.verdict, last.source):
            break
        since = record.at
    return since


def _marked_by(store: Store, call_id: str, form: str, score: ItemScore) -> str:
    if score.source != "human":
        return "machine"
    given = [one for one in store.answers(call_id, scorecard=form) if one.ref_id == score.ref_id]
    return given[-1].by if given else "machine"


def _kept(store: Store) -> tuple[_Kept, ...]:
    """Every appeal as it stands, the first raised first."""
    found = (
        _Kept(read_noun(Appeal, one.body, "record_revision", one.record_id), one.n)
        for one in store.centre.records(APPEAL)
    )
    return tuple(sorted(found, key=lambda one: (one.appeal.at, one.appeal.id)))


def _waiting(kept: Iterable[_Kept]) -> tuple[_Kept, ...]:
    """Those that are open, the first due first."""
    waiting = [one for one in kept if one.appeal.status == "open"]
    return tuple(sorted(waiting, key=lambda one: (one.appeal.due_at, one.appeal.id)))


def _earlier(kept: Iterable[_Kept], call_id: str, form: str, item: str) -> list[Appeal]:
    """The item's appeals that were not withdrawn, by level."""
    mine = [
        one
        for one, _ in kept
        if (one.call_id, one.scorecard, one.item) == (call_id, form, item)
        and one.status != "withdrawn"
    ]
    return sorted(mine, key=lambda one: one.level)


def _open_one(kept: Iterable[_Kept], call_id: str, item: str) -> _Kept:
    waiting = _waiting(kept)
    for one in waiting:
        if (one.appeal.call_id, one.appeal.item) == (call_id, item):
            return one
    raise _none_open(waiting, call_id, item)


def _none_open(kept: Iterable[_Kept], call_id: str, item: str) -> CodedError:
    waiting = _waiting(kept)[:20]
    options = ", ".join(f"{one.call_id} {one.item}" for one, _ in waiting) or "-"
    return CodedError("QA858", place=call_id, call=call_id, item=item, options=options)


def _require_other_judge(store: Store, kept: Iterable[_Kept], appeal: Appeal, by: str) -> None:
    """Nobody judges their own cause (Q4): the appellant, the CSR by number or name, who gave the
    mark that was contested or the one that stands now, who judged it before.
    """
    before = _earlier(kept, appeal.call_id, appeal.scorecard, appeal.item)
    call = store.call(appeal.call_id)
    given = store.answers(appeal.call_id, scorecard=appeal.scorecard)
    parties = {
        _name(one)
        for one in (
            appeal.by, appeal.csr_id, appeal.marked_by, *(one.decided_by for one in before),
            *((call.csr_id, call.csr_name) if call else ()),
            *(one.by for one in given if one.ref_id == appeal.item),
        )
        if one
    }  # fmt: skip
    if _name(by) in parties:
        raise CodedError("QA859", place=appeal.call_id, by=by, item=appeal.item)


def _name(person: str) -> str:
    """One spelling of a name: wide letters, capitals and spaces make nobody somebody else."""
    return " ".join(unicodedata.normalize("NFKC", person).casefold().split())


def _save(
    store: Store,
    appeal: Appeal,
    after: int,
    *,
    by: str,
    why: str,
    now: datetime,
    answered: Answered | None = None,
) -> bool:
    """True when kept; False, and nothing is, where it stands otherwise than it did at `after`."""
    record = RecordRevision(
        kind=APPEAL, record_id=appeal.id, n=after + 1, subject=appeal.csr_id or "-",
        status=appeal.status, at=now, by=by, why=why, body=canonical_json(appeal),
    )  # fmt: skip
    return store.centre.save_decision(record, after=after, answered=answered) is not None
