"""Promises to customers: what was said, until when, and what became of it."""

from typing import Literal

from pydantic import AwareDatetime, Field

from transcribe.noun import Noun
from transcribe.transcript import Language

PromiseStatus = Literal["open", "kept", "late", "not_kept", "withdrawn", "mistaken"]
# What a person may say became of a promise; `open` opens it again.
ENTERED = ("kept", "late", "not_kept", "withdrawn", "mistaken", "open")


class Said(Noun):
    """A promise as one call tells it. Times are UTC; `due_at` None: no deadline that a clock
    could tell.

    key: digest of call and words, so that gathering again finds the same entry. in_touch: it is
    kept by getting in touch with the customer (a call back, an answer).
    """

    key: str
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    quote: str = Field(min_length=1)
    confidence: float = Field(ge=0, le=1)
    in_touch: bool
    deadline: str | None
    due_at: AwareDatetime | None


class Promise(Noun):
    """One entry of the ledger, as it stands now.

    closed_by: the call that kept it, or the person who entered it. followed_by: a later call to
    the customer that may have kept it and proves nothing. chased: how often the customer called
    again while it was open.
    """

    id: int
    call_id: str
    csr_id: str | None
    team: str | None
    customer_key: str | None
    language: Language
    said_at: AwareDatetime | None
    start_s: float
    end_s: float
    quote: str
    confidence: float
    in_touch: bool
    deadline: str | None
    due_at: AwareDatetime | None
    status: PromiseStatus
    closed_at: AwareDatetime | None = None
    closed_by: str | None = None
    followed_by: str | None = None
    chased: int = 0


class PromiseEntry(Noun):
    """What a person said became of a promise, and when they said it."""

    promise_id: int
    status: PromiseStatus
    at: AwareDatetime
    by: str = Field(min_length=1)
    note: str = Field(min_length=1)
