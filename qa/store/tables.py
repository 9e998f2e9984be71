"""The tables: keys, the columns queries need, and the noun as canonical JSON."""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Index,
    MetaData,
    Numeric,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from transcribe.errors import CodedError

KEY = String(64)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, stored as UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise CodedError("QA615", moment=value.isoformat())
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(SQLModel):
    """A row of ours; constraints have stable names, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class CallRow(Row, table=True):
    """A call; what is known of it now is revision `n`."""

    __tablename__ = "call"
    id: str = Field(primary_key=True)
    n: int


class CallRevisionRow(Row, table=True):
    """One state of a call's metadata; never changed."""

    __tablename__ = "call_revision"
    __table_args__ = (
        UniqueConstraint("call_id", "n"),
        CheckConstraint("made_by <> '' AND why <> ''", name="ck_call_revision_who_why"),
        Index("ix_call_revision_csr_started", "csr_id", "started_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    call_id: str = Field(foreign_key="call.id")
    n: int
    digest: str = Field(sa_type=KEY)
    at: datetime = Field(sa_type=UtcTime)
    made_by: str
    why: str
    csr_id: str | None = None
    team: str | None = None
    queue: str | None = None
    language: str | None = None
    started_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    body: str = Field(sa_type=Text)


class RecordingRow(Row, table=True):
    """The digest of a recording file, so that an unchanged file is not read again."""

    __tablename__ = "recording"
    path: str = Field(primary_key=True)
    size_bytes: int = Field(sa_type=BigInteger)
    modified_ns: int = Field(sa_type=BigInteger)
    sha256: str = Field(sa_type=KEY)


class TranscriptRow(Row, table=True):
    """A transcript, named by what made it."""

    __tablename__ = "transcript"
    key: str = Field(primary_key=True, sa_type=KEY)
    recording_sha256: str = Field(sa_type=KEY, index=True)
    model_sha256: str = Field(sa_type=KEY)
    settings_digest: str = Field(sa_type=KEY)
    at: datetime = Field(sa_type=UtcTime)
    body: str = Field(sa_type=Text)


class FactsRow(Row, table=True):
    """The facts of one call, named by what made them."""

    __tablename__ = "facts"
    key: str = Field(primary_key=True, sa_type=KEY)
    transcript_key: str = Field(foreign_key="transcript.key", sa_type=KEY)
    call_id: str = Field(foreign_key="call.id", index=True)
    call_digest: str = Field(sa_type=KEY)
    patterns_digest: str
    limits_digest: str = Field(sa_type=KEY)
    measurers: str
    at: datetime = Field(sa_type=UtcTime, index=True)
    body: str = Field(sa_type=Text)


class FindingsRow(Row, table=True):
    """All findings of one call, named by what made them."""

    __tablename__ = "findings"
    key: str = Field(primary_key=True, sa_type=KEY)
    facts_key: str = Field(foreign_key="facts.key", sa_type=KEY)
    call_id: str = Field(foreign_key="call.id", index=True)
    rules_digest: str = Field(sa_type=KEY)
    judge: str
    at: datetime = Field(sa_type=UtcTime)
    body: str = Field(sa_type=Text)


class EvaluationRow(Row, table=True):
    """One revision of an evaluation; never changed, only replaced (D7)."""

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("call_id", "scorecard", "n"),
        UniqueConstraint("replaces"),
        CheckConstraint("made_by <> ''", name="ck_evaluation_who"),
        CheckConstraint(
            "why IN ('machine', 'answer', 'rescore') AND (why = 'machine' OR reason <> '')",
            name="ck_evaluation_why",
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    call_id: str = Field(foreign_key="call.id")
    scorecard: str
    version: str
    n: int
    replaces: int | None = Field(default=None, foreign_key="evaluation.id")
    key: str = Field(sa_type=KEY, index=True)
    findings_key: str = Field(foreign_key="findings.key", sa_type=KEY)
    scorecard_digest: str
    answers_digest: str = Field(sa_type=KEY)
    scorer: str
    at: datetime = Field(sa_type=UtcTime)
    made_by: str
    why: str
    reason: str
    score: Decimal | None = Field(default=None, sa_type=Numeric(9, 2))
    coverage: float
    passed: bool | None = None
    body: str = Field(sa_type=Text)


class ItemScoreRow(Row, table=True):
    """One item of one evaluation, for queries over many calls."""

    __tablename__ = "item_score"
    __table_args__ = (Index("ix_item_score_ref_id_verdict", "ref_id", "verdict"),)
    evaluation_id: int = Field(foreign_key="evaluation.id", primary_key=True)
    ref_id: str = Field(primary_key=True)
    call_id: str = Field(foreign_key="call.id", index=True)
    verdict: str
    source: str
    points: Decimal | None = Field(default=None, sa_type=Numeric(9, 2))
    max_points: Decimal = Field(sa_type=Numeric(9, 2))


class AnswerRow(Row, table=True):
    """A person's answer to an item; never changed, the last one counts."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("call_id", "scorecard", "ref_id", "n"),
        CheckConstraint("made_by <> '' AND reason <> ''", name="ck_answer_who_why"),
    )
    id: int | None = Field(default=None, primary_key=True)
    call_id: str = Field(foreign_key="call.id")
    scorecard: str
    ref_id: str
    n: int
    verdict: str
    made_by: str
    reason: str
    at: datetime = Field(sa_type=UtcTime)


class FailureRow(Row, table=True):
    """A step that failed on a call; kept after it was cleared."""

    __tablename__ = "failure"
    __table_args__ = (Index("ix_failure_call_id_step", "call_id", "step"),)
    id: int | None = Field(default=None, primary_key=True)
    call_id: str = Field(foreign_key="call.id")
    step: str
    code: str
    place: str
    values_json: str = Field(sa_type=Text)
    first_at: datetime = Field(sa_type=UtcTime)
    last_at: datetime = Field(sa_type=UtcTime)
    times: int
    cleared_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)


class UngradableRow(Row, table=True):
    """Why a call cannot be graded; kept after it was cleared."""

    __tablename__ = "ungradable"
    id: int | None = Field(default=None, primary_key=True)
    call_id: str = Field(foreign_key="call.id", index=True)
    reason: str
    values_json: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcTime)
    cleared_at: datetime | None = Field(default=None, sa_type=UtcTime)
