"""What the store gives back beside the nouns it keeps: revisions, failures, filters."""

from typing import Literal

from pydantic import AwareDatetime, Field

from qa.domain.call import Call
from qa.domain.evaluations import Answer, Evaluation
from qa.domain.plans import CoachingPlan
from transcribe.noun import Noun
from transcribe.transcript import Language

Step = Literal["import", "transcribe", "measure", "find", "score"]
WhyEvaluated = Literal["machine", "answer", "rescore"]


class Revision(Noun):
    """One state of a call's metadata. `new` is false when saving changed nothing."""

    call_id: str
    n: int = Field(ge=1)
    digest: str
    at: AwareDatetime
    by: str
    why: str
    new: bool = False


class EvaluationRecord(Noun):
    """One revision of a call's evaluation on one scorecard; `replaces` is the id before it."""

    id: int
    call_id: str
    n: int = Field(ge=1)
    replaces: int | None
    key: str
    findings_key: str
    at: AwareDatetime
    by: str
    why: WhyEvaluated
    reason: str
    evaluation: Evaluation
    new: bool = False


class Graded(Noun):
    """A call as it stands now and its latest evaluation."""

    call: Call
    record: EvaluationRecord


class AnswerRecord(Noun):
    """A person's answer; the n-th to this item of this scorecard, the last one counts."""

    call_id: str
    scorecard: str
    n: int = Field(ge=1)
    answer: Answer


class PlanRevision(Noun):
    """One state of a coaching plan. `new` is false when saving changed nothing."""

    plan: CoachingPlan
    n: int = Field(ge=1)
    at: AwareDatetime
    by: str
    why: str
    new: bool = False


class Failure(Noun):
    """A step that failed on a call. `cleared_at` is set when the step succeeded later."""

    call_id: str
    step: Step
    code: str
    place: str
    values: dict[str, str | float | int | bool | None]
    first_at: AwareDatetime
    last_at: AwareDatetime
    times: int = Field(ge=1, description="how often the same failure came again")
    cleared_at: AwareDatetime | None = None


class Ungradable(Noun):
    """Why a call cannot be graded; it enters no average until `cleared_at`."""

    call_id: str
    reason: str = Field(description="code of the reason, e.g. too_little_speech")
    values: dict[str, str | float | int | bool | None] = Field(default_factory=dict)
    at: AwareDatetime
    cleared_at: AwareDatetime | None = None


class RecordingFile(Noun):
    """A recording's digest, good as long as size and modification time stay the same."""

    path: str
    size_bytes: int = Field(ge=0)
    modified_ns: int = Field(ge=0)
    sha256: str


class CallFilter(Noun):
    """Which calls; an empty field does not restrict. Times are half-open: from <= t < to.

    A call without a start time is in no window.
    """

    call_ids: tuple[str, ...] = ()
    csr_id: str | None = None
    team: str | None = None
    queue: str | None = None
    language: Language | None = None
    from_: AwareDatetime | None = None
    to: AwareDatetime | None = None
