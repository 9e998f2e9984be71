"""Effects: what coaching did, and how surely that can be told."""

from typing import Literal

from pydantic import Field

from qa.domain.text import Text
from transcribe.noun import Noun


class Coached(Noun):
    """One CSR was coached in one skill. day: on the scale of `Marks.day`."""

    csr_id: str
    skill: str
    day: float
    course_id: str | None = None
    trainer: str | None = None
    plan_id: str | None = None


class Effect(Noun):
    """What a course, plan or trainer did to a skill's met-rate, shares 0-1.

    naive: the coached CSRs' own change, which regression to the mean and general drift
    distort; shown so that nobody computes it by hand and believes it.
    """

    skill: str
    course_id: str | None = None
    trainer: str | None = Field(default=None, description="all that this trainer taught in it")
    plan_id: str | None = Field(default=None, description="of one CSR's plan")
    coached: int = Field(ge=0, description="CSRs with chances before and after")
    peers: int = Field(ge=0, description="not yet coached, with chances before and after")
    estimate: float | None
    low: float | None
    high: float | None
    naive: float | None
    verdict: Literal["helps", "harms", "no_large_effect", "cannot_tell"]
    more_calls: int | None = Field(
        default=None, description="more calls a CSR; None where calls alone would not do"
    )
    more_csrs: int | None = Field(default=None, description="more coached CSRs, about")
    why: Text
