"""What the store gives back of a whole centre: filters, counts and the rows of views."""

from typing import NamedTuple

from pydantic import AwareDatetime, Field

from transcribe.noun import Noun


class PromiseFilter(Noun):
    """Which promises; an empty field does not restrict. Times are of when they were said."""

    csr_id: str | None = None
    team: str | None = None
    status: str | None = None
    overdue: bool = False
    from_: AwareDatetime | None = None
    to: AwareDatetime | None = None


class PromiseCount(Noun):
    """One CSR's or team's promises. broken: kept late or not at all. without_time: open, and no
    clock can tell when they are due."""

    name: str | None
    promises: int
    open: int
    overdue: int
    kept: int
    broken: int
    without_time: int


class UnknownPromises(NamedTuple):
    """Promises of speakers nobody knows: how many, in how many calls, and the latest of these."""

    promises: int
    calls: int
    examples: tuple[str, ...]


class LaterCall(NamedTuple):
    """A customer's call, to see what became of promises made before it."""

    call_id: str
    customer_key: str
    at: AwareDatetime
    outbound: bool


class TopicDay(NamedTuple):
    """One topic's calls of one day, and how many of them complained."""

    topic: str
    day: int
    calls: int
    complaints: int


class CallDay(NamedTuple):
    """All calls of one day; unknown: no customer is known of them."""

    day: int
    calls: int
    complaints: int
    unknown: int


class TopicCall(Noun):
    """A call about a topic, for examples and exports."""

    call_id: str
    topic: str
    complaint: bool
    csr_id: str | None
    team: str | None
    queue: str | None
    customer_key: str | None
    started_at: AwareDatetime | None
    start_s: float
    end_s: float
    quote: str


class CallMarks(NamedTuple):
    """One call in a view: who, when, how it was marked. marks: `OPEN-1+ ACC-1?`."""

    call_id: str
    csr_id: str | None
    team: str | None
    queue: str | None
    language: str | None
    day: int | None
    complaint: bool
    score: float | None
    coverage: float | None
    passed: bool | None
    fatal_pending: bool
    marks: str


class Outcome(Noun):
    """What came of a call. kind: csat, resolved, sale, sale_amount or complaint_filed."""

    call_id: str
    kind: str
    value: float


class OutcomeMarks(NamedTuple):
    """An outcome beside the marks of its call."""

    kind: str
    value: float
    csr_id: str | None
    queue: str | None
    language: str | None
    score: float | None
    marks: str


class Benchmark(Noun):
    """A figure of other centres. queue, period: "-" where the source names none."""

    metric: str
    queue: str = "-"
    source: str = Field(min_length=1)
    period: str = "-"
    value: float


class RecordRevision(Noun):
    """One state of something people entered; `body` is its noun as JSON."""

    kind: str
    record_id: str
    n: int = Field(ge=1)
    subject: str
    status: str
    at: AwareDatetime
    by: str
    why: str
    body: str
    new: bool = False
