"""The tables of coaching: plans as revisions, and what was attended."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from qa.store.tables import Row, UtcTime


class PlanRevisionRow(Row, table=True):
    """One state of a coaching plan; never changed, the last one holds."""

    __tablename__ = "plan_revision"
    __table_args__ = (
        UniqueConstraint("plan_id", "n"),
        CheckConstraint("made_by <> '' AND why <> ''", name="ck_plan_revision_who_why"),
    )
    id: int | None = Field(default=None, primary_key=True)
    plan_id: str
    n: int
    csr_id: str = Field(index=True)
    status: str
    at: datetime = Field(sa_type=UtcTime)
    made_by: str
    why: str
    body: str = Field(sa_type=Text)


class TrainingEventRow(Row, table=True):
    """A CSR attended a course or sat its quiz; importing it again keeps one row."""

    __tablename__ = "training_event"
    __table_args__ = (UniqueConstraint("csr_id", "course_id", "kind", "at"),)
    id: int | None = Field(default=None, primary_key=True)
    csr_id: str
    course_id: str = Field(index=True)
    kind: str
    at: datetime = Field(sa_type=UtcTime)
    trainer: str | None = None
    score_percent: float | None = None
    recorded_at: datetime = Field(sa_type=UtcTime)
    recorded_by: str
