"""The tables of what calls tell the centre: contacts, promises, topics, outcomes, records."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, Text, UniqueConstraint
from sqlmodel import Field

from qa.store.tables import KEY, Row, UtcTime


class ContactRow(Row, table=True):
    """One call in the columns that views over a whole centre read; made again when it changes.

    day: days from 1970 in the site's zone. marks: each decided or open item as `REF+`, `REF-`
    or `REF?`, with spaces between. terms: words of the complaint, with spaces between.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_customer_key_started_at", "customer_key", "started_at"),
        Index("ix_contact_csr_id_day", "csr_id", "day"),
        Index("ix_contact_team_day", "team", "day"),
    )
    call_id: str = Field(foreign_key="call.id", primary_key=True)
    call_n: int
    facts_key: str = Field(sa_type=KEY)
    evaluation_id: int | None = None
    lists_digest: str = Field(sa_type=KEY)
    csr_id: str | None = None
    team: str | None = None
    queue: str | None = None
    language: str | None = None
    direction: str
    customer_key: str | None = None
    started_at: datetime | None = Field(default=None, sa_type=UtcTime)
    day: int | None = Field(default=None, index=True)
    duration_s: float | None = None
    complaint: bool
    complaint_start_s: float | None = None
    complaint_end_s: float | None = None
    complaint_quote: str | None = Field(default=None, sa_type=Text)
    terms: str = Field(default="", sa_type=Text)
    scorecard: str | None = None
    score: Decimal | None = Field(default=None, sa_type=Numeric(9, 2))
    coverage: float | None = None
    passed: bool | None = None
    fatal_pending: bool = Field(default=False, index=True)
    marks: str = Field(default="", sa_type=Text)
    unknown_promises: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class PromiseRow(Row, table=True):
    """A promise to a customer as it stands now; `key` names what was said, so ids stay."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("ix_promise_status_due_at", "status", "due_at"),
        Index("ix_promise_customer_key", "customer_key"),
        CheckConstraint("quote <> ''", name="ck_promise_quote"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=KEY, unique=True)
    call_id: str = Field(foreign_key="call.id", index=True)
    csr_id: str | None = Field(default=None, index=True)
    team: str | None = None
    customer_key: str | None = None
    language: str
    said_at: datetime | None = Field(default=None, sa_type=UtcTime)
    start_s: float
    end_s: float
    quote: str = Field(sa_type=Text)
    confidence: float
    in_touch: bool
    deadline: str | None = None
    due_at: datetime | None = Field(default=None, sa_type=UtcTime)
    status: str
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    closed_by: str | None = None
    followed_by: str | None = None
    chased: int = 0


class PromiseEntryRow(Row, table=True):
    """What a person said became of a promise; never changed, the last one counts."""

    __tablename__ = "promise_entry"
    __table_args__ = (CheckConstraint("made_by <> '' AND note <> ''", name="ck_promise_entry_who"),)
    id: int | None = Field(default=None, primary_key=True)
    promise_id: int = Field(foreign_key="promise.id", index=True)
    status: str
    at: datetime = Field(sa_type=UtcTime)
    made_by: str
    note: str = Field(sa_type=Text)


class CallTopicRow(Row, table=True):
    """A call is about a topic; `complaint` when the customer complained in it."""

    __tablename__ = "call_topic"
    __table_args__ = (
        UniqueConstraint("call_id", "topic"),
        Index("ix_call_topic_day_topic", "day", "topic", "complaint"),
        Index("ix_call_topic_customer_key", "customer_key", "topic", "started_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    call_id: str = Field(foreign_key="call.id")
    topic: str
    complaint: bool
    customer_key: str | None = None
    csr_id: str | None = None
    team: str | None = None
    queue: str | None = None
    started_at: datetime | None = Field(default=None, sa_type=UtcTime)
    day: int | None = None
    start_s: float
    end_s: float
    quote: str = Field(sa_type=Text)


class GatheredRow(Row, table=True):
    """How far calls were gathered, and how many rows there were by then; one row."""

    __tablename__ = "gathered"
    id: int = Field(default=1, primary_key=True)
    facts_at: datetime | None = Field(default=None, sa_type=UtcTime)
    evaluation_id: int = 0
    revision_id: int = 0
    lists_digest: str = Field(default="", sa_type=KEY)
    facts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    evaluations: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    revisions: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class OutcomeRow(Row, table=True):
    """What came of a call, as the business tells; importing it again replaces the value."""

    __tablename__ = "outcome"
    call_id: str = Field(foreign_key="call.id", primary_key=True)
    kind: str = Field(primary_key=True, index=True)
    value: float
    at: datetime = Field(sa_type=UtcTime)
    made_by: str


class BenchmarkRow(Row, table=True):
    """A figure of other centres to stand beside ours."""

    __tablename__ = "benchmark"
    __table_args__ = (UniqueConstraint("metric", "queue", "source", "period"),)
    id: int | None = Field(default=None, primary_key=True)
    metric: str
    queue: str
    source: str
    period: str
    value: float
    at: datetime = Field(sa_type=UtcTime)
    made_by: str


class RecordRevisionRow(Row, table=True):
    """One state of something people entered about the centre: a target, an improvement action.

    subject: whom or what it is about, a CSR, a team or a topic.
    """

    __tablename__ = "record_revision"
    __table_args__ = (
        UniqueConstraint("kind", "record_id", "n"),
        Index("ix_record_revision_kind_subject", "kind", "subject"),
        CheckConstraint("made_by <> '' AND why <> ''", name="ck_record_revision_who_why"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    record_id: str
    n: int
    subject: str
    status: str
    at: datetime = Field(sa_type=UtcTime)
    made_by: str
    why: str
    body: str = Field(sa_type=Text)
