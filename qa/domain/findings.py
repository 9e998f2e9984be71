"""Findings: what a rule says of a call, with the proof, also of absence."""

from typing import NamedTuple

from pydantic import Field

from qa.domain.rules import Verdict
from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Span, Speaker


class Reason(Noun):
    """Why the verdict is what it is: a code, its values, and the sentence in both languages."""

    code: str
    values: dict[str, str | float | int | None] = Field(default_factory=dict)
    text: Text


class Evidence(Noun):
    """A place in the call that the verdict rests on; the quote stands in the turn's text."""

    turn: int | None = Field(default=None, ge=0)
    speaker: Speaker | None = None
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    quote: str | None = None


class Nearest(Noun):
    """What came nearest to a phrase that was not found."""

    quote: str
    turn: int = Field(ge=0)
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)
    distance: float = Field(ge=0, le=1)
    wanted: str


class StoredVerdict(NamedTuple):
    """What scoring needs of a stored finding; read by the thousand, so no noun."""

    rule_id: str
    rule_digest: str
    status: str
    verdict: Verdict


class Finding(Noun):
    """One rule's verdict on one call."""

    id: str
    rule_id: str
    rule_digest: str
    status: str = Field(default="live", description="trial findings are shown and cost nothing")
    verdict: Verdict
    reason: Reason
    evidence: tuple[Evidence, ...] = ()
    searched: tuple[Span, ...] = ()
    nearest: Nearest | None = None
