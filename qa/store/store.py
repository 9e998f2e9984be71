"""The store's door: every method is one transaction, takes its times and gives back nouns."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from qa.domain.call import Call
from qa.domain.derivations import DerivedFact
from qa.domain.evaluations import Answer, Evaluation
from qa.domain.facts import Facts
from qa.domain.findings import Finding, StoredVerdict
from qa.domain.graded import GradedColumns
from qa.domain.keys import EvaluationInputs, FactsInputs, FindingsInputs, TranscriptInputs
from qa.domain.plans import CoachingPlan
from qa.domain.training import TrainingEvent
from qa.store import calls, derived, drawn, evaluations, failures, graded, plans
from qa.store.centre import CentreStore
from qa.store.derived import derived_of, save_findings, verdicts_of
from qa.store.drawn import Drawn
from qa.store.engine import BUSY_TIMEOUT_S, checked_url, make_engine, place_of, translated
from qa.store.graded import GradedState, Told
from qa.store.migrate import migrate
from qa.store.records import (
    AnswerRecord,
    CallFilter,
    EvaluationRecord,
    Failure,
    Graded,
    PlanRevision,
    RecordingFile,
    Revision,
    Step,
    Ungradable,
    WhyEvaluated,
)
from transcribe.errors import CodedError
from transcribe.transcript import Transcript

T = TypeVar("T")
RACES = 5  # guess: how often a write is tried again after another worker was first
EVERY_CALL = CallFilter()


def open_store(url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> "Store":
    """The store at a database address, brought to this program's schema.

    url: sqlite:////folder/qa.sqlite or postgresql://user:password@host/name. Many workers may
    open it at once. Raises QA600-QA609.
    """
    checked = checked_url(url)
    place = place_of(checked)
    with translated(place, busy_timeout_s=busy_timeout_s):
        migrate(checked, busy_timeout_s=busy_timeout_s)
        engine = make_engine(checked, busy_timeout_s=busy_timeout_s)
    return Store(engine, place, busy_timeout_s)


class Store:
    """One database. Saving the same thing twice changes nothing; close it when done."""

    def __init__(self, engine: Engine, place: str, busy_timeout_s: float) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)
        self._busy_timeout_s = busy_timeout_s
        self.place = place

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # calls ------------------------------------------------------------------------------

    def save_call(self, call: Call, *, at: datetime, by: str, why: str) -> Revision:
        return self._write(lambda s: calls.save_call(s, call, at=at, by=by, why=why))

    def save_calls(
        self, many: Sequence[Call], *, at: datetime, by: str, why: str
    ) -> tuple[Revision, ...]:
        """All of them or none; much faster than one by one."""
        return self._write(
            lambda s: tuple(calls.save_call(s, call, at=at, by=by, why=why) for call in many)
        )

    def call(self, call_id: str) -> Call | None:
        return self._read(lambda s: calls.call_of(s, call_id))

    def calls(self, wanted: CallFilter = EVERY_CALL) -> tuple[Call, ...]:
        return self._read(lambda s: calls.calls(s, wanted))

    def call_revisions(self, call_id: str) -> tuple[Revision, ...]:
        return self._read(lambda s: calls.revisions(s, call_id))

    def save_recording(self, file: RecordingFile) -> None:
        self._write(lambda s: calls.save_recording(s, file))

    def recording(self, path: str) -> RecordingFile | None:
        return self._read(lambda s: calls.recording_of(s, path))

    # what is derived, by key -------------------------------------------------------------

    def save_transcript(
        self, transcript: Transcript, *, made_from: TranscriptInputs, at: datetime
    ) -> bool:
        return self._write(
            lambda s: derived.save_transcript(s, transcript, made_from=made_from, at=at)
        )

    def transcript(self, key: str) -> Transcript | None:
        return self._read(lambda s: derived.transcript_of(s, key))

    def save_facts(self, facts: Facts, *, made_from: FactsInputs, at: datetime) -> bool:
        return self._write(lambda s: derived.save_facts(s, facts, made_from=made_from, at=at))

    def facts(self, key: str) -> Facts | None:
        return self._read(lambda s: derived.facts_of(s, key))

    def facts_of_evaluations(self, ids: Sequence[int]) -> dict[int, Facts]:
        return self._read(lambda s: derived.facts_of_evaluations(s, ids))

    def facts_inputs(self, key: str) -> FactsInputs | None:
        return self._read(lambda s: derived.facts_inputs_of(s, key))

    def save_findings(
        self,
        findings: Iterable[Finding],
        *,
        made_from: FindingsInputs,
        at: datetime,
        derived: Iterable[DerivedFact] = (),
    ) -> bool:
        kept, given = tuple(findings), tuple(derived)
        return self._write(
            lambda s: save_findings(s, kept, derived=given, made_from=made_from, at=at)
        )

    def derived(self, key: str) -> tuple[DerivedFact, ...]:
        """The facts that were derived with the findings of this key."""
        return self._read(lambda s: derived_of(s, key))

    def findings(self, key: str) -> tuple[Finding, ...] | None:
        return self._read(lambda s: derived.findings_of(s, key))

    def verdicts(
        self, keys: Sequence[str]
    ) -> dict[str, tuple[FindingsInputs, str, tuple[StoredVerdict, ...]]]:
        """Findings key -> its inputs, its facts' measurers, and the verdicts alone."""
        return self._read(lambda s: verdicts_of(s, keys))

    def findings_inputs(self, key: str) -> FindingsInputs | None:
        return self._read(lambda s: derived.findings_inputs_of(s, key))

    # evaluations and answers ---------------------------------------------------------------

    def save_evaluation(
        self,
        call_id: str,
        evaluation: Evaluation,
        *,
        made_from: EvaluationInputs,
        at: datetime,
        by: str,
        why: WhyEvaluated = "machine",
        reason: str = "",
    ) -> EvaluationRecord:
        return self._write(
            lambda s: evaluations.save_evaluation(
                s, call_id, evaluation, made_from=made_from, at=at, by=by, why=why, reason=reason
            )
        )

    def evaluations(
        self, call_id: str, *, scorecard: str | None = None
    ) -> tuple[EvaluationRecord, ...]:
        return self._read(lambda s: evaluations.evaluations_of(s, call_id, scorecard))

    def latest_evaluation(self, call_id: str, *, scorecard: str) -> EvaluationRecord | None:
        return self._read(lambda s: evaluations.latest_evaluation_of(s, call_id, scorecard))

    def latest_evaluations(
        self, wanted: CallFilter = EVERY_CALL, *, scorecard: str | None = None
    ) -> tuple[Graded, ...]:
        return self._read(lambda s: evaluations.latest_evaluations(s, wanted, scorecard))

    def graded_state(self) -> GradedState:
        return self._read(graded.graded_state)

    def calls_changed(self, since: GradedState) -> tuple[str, ...] | None:
        return self._read(lambda s: graded.calls_changed(s, since))

    def closed_calls(self) -> frozenset[str]:
        return self._read(graded.closed_calls)

    def graded_columns(
        self, call_ids: Collection[str] | None = None, *, told: Told | None = None
    ) -> GradedColumns:
        """The evaluations that hold now as columns, of some calls or of all."""
        return self._read(lambda s: graded.graded_of(s, call_ids, told))

    def save_drawn(self, many: Sequence[Drawn], *, at: datetime, by: str) -> int:
        return self._write(lambda s: drawn.save_drawn(s, many, at=at, by=by))

    def save_answer(self, call_id: str, answer: Answer, *, scorecard: str) -> AnswerRecord:
        return self._write(
            lambda s: evaluations.save_answer(s, call_id, answer, scorecard=scorecard)
        )

    def answers(self, call_id: str, *, scorecard: str) -> tuple[Answer, ...]:
        """The answers that count: the last one to each item."""
        history = self.answer_history(call_id, scorecard=scorecard)
        last = {record.answer.ref_id: record.answer for record in history}
        return tuple(last.values())

    def answer_history(
        self, call_id: str, *, scorecard: str | None = None
    ) -> tuple[AnswerRecord, ...]:
        return self._read(lambda s: evaluations.answer_history(s, call_id, scorecard))

    # what went wrong -----------------------------------------------------------------------

    def record_failure(
        self, call_id: str, step: Step, error: CodedError, *, at: datetime
    ) -> Failure:
        return self._write(lambda s: failures.record_failure(s, call_id, step, error, at=at))

    def clear_failure(self, call_id: str, step: Step, *, at: datetime) -> None:
        self._write(lambda s: failures.clear_failure(s, call_id, step, at=at))

    def failures(
        self, call_id: str | None = None, *, with_cleared: bool = False
    ) -> tuple[Failure, ...]:
        return self._read(lambda s: failures.failures(s, call_id, with_cleared=with_cleared))

    def mark_ungradable(
        self, call_id: str, reason: str, *, at: datetime, **values: str | float | int | bool | None
    ) -> Ungradable:
        wanted = Ungradable(call_id=call_id, reason=reason, values=values, at=at)
        return self._write(lambda s: failures.mark_ungradable(s, wanted))

    def mark_gradable(self, call_id: str, *, at: datetime) -> None:
        self._write(lambda s: failures.mark_gradable(s, call_id, at=at))

    def ungradable(self, *, with_cleared: bool = False) -> tuple[Ungradable, ...]:
        return self._read(lambda s: failures.ungradable(s, with_cleared=with_cleared))

    # coaching ---------------------------------------------------------------------------------

    def save_plan(self, plan: CoachingPlan, *, at: datetime, by: str, why: str) -> PlanRevision:
        return self._write(lambda s: plans.save_plan(s, plan, at=at, by=by, why=why))

    def plans(self, csr_id: str | None = None) -> tuple[CoachingPlan, ...]:
        return self._read(lambda s: plans.plans(s, csr_id))

    def plan_history(self, plan_id: str) -> tuple[PlanRevision, ...]:
        return self._read(lambda s: plans.plan_history(s, plan_id))

    def save_training(self, event: TrainingEvent, *, at: datetime, by: str) -> bool:
        return self._write(lambda s: plans.save_training(s, event, at=at, by=by))

    def training(self) -> tuple[TrainingEvent, ...]:
        return self._read(lambda s: plans.training(s))

    # what calls tell the centre -----------------------------------------------------------

    @property
    def centre(self) -> CentreStore:
        """Contacts, promises, topics, outcomes and what people entered of the centre."""
        return CentreStore(self._read, self._write)

    # transactions ---------------------------------------------------------------------------

    def _read(self, work: Callable[[Session], T]) -> T:
        place, waited_s = self.place, self._busy_timeout_s
        with translated(place, busy_timeout_s=waited_s), Session(self._engine) as session:
            return work(session)

    def _write(self, work: Callable[[Session], T]) -> T:
        """The work's result, committed; done again when another worker wrote the same first."""
        with translated(self.place, busy_timeout_s=self._busy_timeout_s):
            for left in reversed(range(RACES)):
                try:
                    with Session(self._writing, expire_on_commit=False) as session:
                        made = work(session)
                        session.commit()
                        return made
                except IntegrityError:
                    if not left:
                        raise
        raise AssertionError("a loop that always returns or raises")
