"""Contacts: what one call tells the centre, in the few columns that whole-centre views read."""

from typing import Literal

from pydantic import AwareDatetime, Field

from qa.domain.call import Call
from qa.domain.evaluations import Evaluation, Points
from qa.domain.facts import Facts
from qa.domain.patterns import WordList
from qa.domain.promises import Said
from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language, Transcript

OTHER = "other"  # a complaint that names no known topic
MARKS = {"met": "+", "not_met": "-", "undecided": "?"}


class Topic(Noun):
    """What customers call about, in one language; a file of them is `rules/topics/zh.yaml`."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    language: Language
    title: Text
    department: Text = Field(description="who can do something about it")
    phrases: tuple[str, ...] = Field(default=(), description="literal wordings")
    regexes: tuple[str, ...] = Field(default=(), description="RE2 patterns on normalised text")
    excludes: tuple[str, ...] = Field(default=(), description="RE2 patterns that are no hit")

    def words(self) -> WordList:
        """The topic as a word list of the customer's, so that the one matcher finds it."""
        return WordList(
            kind=self.id,
            language=self.language,
            title=self.title,
            speaker="customer",
            phrases=self.phrases,
            regexes=self.regexes,
            excludes=self.excludes,
        )


class TopicHit(Noun):
    """Where a call first touches a topic; `complaint` when the customer complained of it."""

    topic: str
    complaint: bool
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    quote: str = Field(min_length=1)


class Ungathered(Noun):
    """A call whose contact is missing or stale, with all it is made of."""

    call: Call
    call_n: int
    facts_key: str
    facts: Facts
    transcript: Transcript | None
    evaluation_id: int | None
    evaluation: Evaluation | None


class Contact(Noun):
    """One call for views over the centre. day: days from 1970 in the site's zone.

    marks: item -> "+", "-" or "?"; items that do not apply are left out.
    """

    call_id: str
    call_n: int
    facts_key: str
    evaluation_id: int | None = None
    lists_digest: str
    csr_id: str | None = None
    team: str | None = None
    queue: str | None = None
    language: str | None = None
    direction: Literal["inbound", "outbound"] = "inbound"
    customer_key: str | None = None
    started_at: AwareDatetime | None = None
    day: int | None = None
    duration_s: float | None = None
    complaint: bool = False
    complaint_start_s: float | None = None
    complaint_end_s: float | None = None
    complaint_quote: str | None = None
    terms: tuple[str, ...] = ()
    scorecard: str | None = None
    score: Points | None = None
    coverage: float | None = None
    passed: bool | None = None
    fatal_pending: bool = False
    marks: dict[str, str] = Field(default_factory=dict)
    promises: tuple[Said, ...] = ()
    unknown_promises: int = Field(
        default=0, ge=0, description="promises of a speaker nobody knows: in no ledger"
    )
    topics: tuple[TopicHit, ...] = ()
