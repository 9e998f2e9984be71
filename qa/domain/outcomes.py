"""Outcomes beside process: what came of calls, targets, figures of other centres."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from qa.domain.text import Text
from transcribe.noun import Noun

# Outcomes of a call that can be imported. yes/no ones are 1 and 0, and their mean a share.
OUTCOMES: dict[str, Text] = {
    "csat": Text(zh="满意度", en="CSAT"),
    "resolved": Text(zh="解决率", en="resolution"),
    "sale": Text(zh="成交率", en="sales rate"),
    "sale_amount": Text(zh="成交金额", en="sales amount"),
}
SHARES = ("resolved", "sale")
# What targets and benchmarks may be about, beside outcomes.
METRICS: dict[str, Text] = {
    "score": Text(zh="质检均分", en="mean score"),
    "pass_share": Text(zh="合格率", en="pass rate"),
    "complaint_share": Text(zh="投诉率", en="complaint rate"),
    "promise_kept_share": Text(zh="承诺按时兑现率", en="promises kept in time"),
    **OUTCOMES,
}
LOWER_IS_BETTER = ("complaint_share",)
PERCENT = ("pass_share", "complaint_share", "promise_kept_share", *SHARES)


class Relation(Noun):
    """How an outcome differs between calls that met an item and calls that did not.

    difference: of means, within the same queue and language; low and high its 95 % interval,
    CSRs taken as clusters. adjusted: Benjamini-Hochberg over all pairs asked. Never a cause.
    """

    kind: str
    item: str
    met: int = Field(ge=0, description="calls")
    not_met: int = Field(ge=0)
    difference: float | None
    low: float | None
    high: float | None
    probability: float | None
    adjusted: float | None
    verdict: Literal["higher", "lower", "no_sure_relation", "too_few"]


class Level(Noun):
    """A mean with its 95 % interval; None where there is too little."""

    metric: str
    calls: int = Field(ge=0)
    value: float | None
    low: float | None
    high: float | None


class Acknowledged(Noun):
    """Who saw or agreed to a target, and when."""

    role: Literal["manager", "csr", "team_lead"]
    by: str = Field(min_length=1)
    at: AwareDatetime


class Target(Noun):
    """What a person or team is to reach by a day; agreed by a manager, acknowledged by them.

    whom: a CSR id or a team. Shares are 0-1.
    """

    id: str = Field(min_length=1)
    scope: Literal["csr", "team"]
    whom: str = Field(min_length=1)
    metric: str
    value: float
    from_day: date
    to_day: date
    set_by: str = Field(min_length=1)
    acknowledged: tuple[Acknowledged, ...] = ()
    status: Literal["proposed", "agreed", "ended"] = "proposed"


class Attainment(Noun):
    """A target and where its subject stands. reach: against what peers reach today."""

    target: Target
    level: Level
    standing: Literal["reached", "not_reached", "cannot_tell", "not_started"]
    reach: Literal["within_peers", "beyond_peers", "unknown"]
