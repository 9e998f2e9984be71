"""The store's door to what calls tell the centre; each method is one transaction."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sqlmodel import Session

from qa.domain.contacts import Contact, Ungathered
from qa.domain.promises import Promise, PromiseEntry
from qa.store import contacts, decisions, outcomes, promises, topics
from qa.store.centre_tables import GatheredRow
from qa.store.centre_views import (
    Benchmark,
    CallDay,
    CallMarks,
    LaterCall,
    Outcome,
    OutcomeMarks,
    PromiseCount,
    PromiseFilter,
    RecordRevision,
    TopicCall,
    TopicDay,
    UnknownPromises,
)
from qa.store.decisions import Answered
from qa.store.records import EvaluationRecord

T = TypeVar("T")
EVERY_PROMISE = PromiseFilter()


class _Transaction(Protocol):
    def __call__(self, work: Callable[[Session], T]) -> T: ...


class CentreStore:
    """Contacts, promises, topics, outcomes and what people entered, of one database."""

    def __init__(self, read: _Transaction, write: _Transaction) -> None:
        self._read = read
        self._write = write

    # gathering ------------------------------------------------------------------------------

    def ungathered(self, lists_digest: str) -> tuple[tuple[str, ...], GatheredRow]:
        return self._read(lambda s: contacts.ungathered(s, lists_digest))

    def gather_inputs(self, call_ids: Sequence[str], lists_digest: str) -> tuple[Ungathered, ...]:
        return self._read(lambda s: contacts.gather_inputs(s, call_ids, lists_digest))

    def save_contacts(self, many: Sequence[Contact]) -> None:
        self._write(lambda s: contacts.save_contacts(s, many))

    def save_reach(self, reach: GatheredRow) -> None:
        self._write(lambda s: contacts.save_reach(s, reach))

    # promises -------------------------------------------------------------------------------

    def promises(
        self, wanted: PromiseFilter = EVERY_PROMISE, *, now: datetime, limit: int | None = None
    ) -> tuple[Promise, ...]:
        return self._read(lambda s: promises.promises(s, wanted, now=now, limit=limit))

    def promise(self, promise_id: int) -> Promise:
        return self._read(lambda s: promises.promise_of(s, promise_id))

    def promise_counts(
        self, wanted: PromiseFilter = EVERY_PROMISE, *, by: str = "csr_id", now: datetime
    ) -> tuple[PromiseCount, ...]:
        return self._read(lambda s: promises.promise_counts(s, wanted, by=by, now=now))

    def unknown_promises(
        self, wanted: PromiseFilter = EVERY_PROMISE, *, examples: int = 3
    ) -> UnknownPromises:
        return self._read(lambda s: promises.unknown_promises(s, wanted, examples))

    def enter_promise(self, entry: PromiseEntry) -> Promise:
        return self._write(lambda s: promises.enter_promise(s, entry))

    def promise_entries(self, promise_id: int) -> tuple[PromiseEntry, ...]:
        return self._read(lambda s: promises.promise_entries(s, promise_id))

    def customer_promises(
        self, keys: Sequence[str]
    ) -> tuple[tuple[Promise, ...], frozenset[int], tuple[LaterCall, ...]]:
        return self._read(lambda s: promises.customer_promises(s, keys))

    def save_settled(self, changed: Iterable[Promise]) -> None:
        kept = tuple(changed)
        self._write(lambda s: promises.save_settled(s, kept))

    # views over days -------------------------------------------------------------------------

    def topic_days(self, first: int, last: int, team: str | None = None) -> tuple[TopicDay, ...]:
        return self._read(lambda s: topics.topic_days(s, first, last, team))

    def call_days(self, first: int, last: int, team: str | None = None) -> tuple[CallDay, ...]:
        return self._read(lambda s: topics.call_days(s, first, last, team))

    def repeats(
        self, first: int, last: int, *, within: timedelta, team: str | None = None
    ) -> dict[str, tuple[int, int]]:
        return self._read(lambda s: topics.repeats(s, first, last, within=within, team=team))

    def topic_calls(
        self,
        first: int,
        last: int,
        *,
        of: Collection[str] = (),
        complaints: bool = True,
        team: str | None = None,
        limit: int | None = None,
    ) -> tuple[TopicCall, ...]:
        return self._read(
            lambda s: topics.topic_calls(
                s, first, last, topics=of, complaints=complaints, team=team, limit=limit
            )
        )

    def complaint_terms(
        self, first: int, last: int, team: str | None = None
    ) -> tuple[tuple[int, str], ...]:
        return self._read(lambda s: topics.complaint_terms(s, first, last, team))

    def call_marks(
        self, first: int, last: int, *, team: str | None = None, csr_id: str | None = None
    ) -> tuple[CallMarks, ...]:
        return self._read(lambda s: topics.call_marks(s, first, last, team=team, csr_id=csr_id))

    def fatal_pending(self, team: str | None = None) -> tuple[CallMarks, ...]:
        return self._read(lambda s: topics.fatal_pending(s, team))

    def fatal_items(self, team: str | None = None) -> dict[str, tuple[str, ...]]:
        return self._read(lambda s: topics.fatal_items(s, team))

    def outcome_marks(
        self, first: int, last: int, kind: str | None = None
    ) -> tuple[OutcomeMarks, ...]:
        return self._read(lambda s: topics.outcome_marks(s, first, last, kind))

    def csr_ids(self) -> tuple[str, ...]:
        return self._read(lambda s: topics.names(s, "csr_id"))

    def teams(self) -> tuple[str, ...]:
        return self._read(lambda s: topics.names(s, "team"))

    def has_csr(self, csr_id: str) -> bool:
        return csr_id in self.csr_ids()

    def day_range(self) -> tuple[int, int] | None:
        return self._read(topics.day_range)

    def trouble_counts(self) -> tuple[int, int]:
        return self._read(topics.trouble_counts)

    # what people enter ------------------------------------------------------------------------

    def known_calls(self, call_ids: Sequence[str]) -> frozenset[str]:
        return self._read(lambda s: outcomes.known_calls(s, call_ids))

    def save_outcomes(
        self, many: Sequence[Outcome], *, at: datetime, by: str
    ) -> tuple[int, int, int]:
        return self._write(lambda s: outcomes.save_outcomes(s, many, at=at, by=by))

    def outcome_kinds(self) -> dict[str, int]:
        return self._read(outcomes.outcome_kinds)

    def save_benchmark(self, one: Benchmark, *, at: datetime, by: str) -> bool:
        return self._write(lambda s: outcomes.save_benchmark(s, one, at=at, by=by))

    def benchmarks(self) -> tuple[Benchmark, ...]:
        return self._read(outcomes.benchmarks)

    def save_record(self, wanted: RecordRevision) -> RecordRevision:
        return self._write(lambda s: outcomes.save_record(s, wanted))

    def save_decision(
        self, wanted: RecordRevision, *, after: int, answered: Answered | None = None
    ) -> RecordRevision | None:
        return self._write(
            lambda s: decisions.save_decision(s, wanted, after=after, answered=answered)
        )

    def save_answered(self, made: Answered) -> EvaluationRecord:
        return self._write(lambda s: decisions.save_answered(s, made))

    def records(self, kind: str) -> tuple[RecordRevision, ...]:
        return self._read(lambda s: outcomes.records(s, kind))
