"""The manager's report of a day, week or month, and a supervisor's list of the day."""

from datetime import date
from typing import Literal

from pydantic import Field

from qa.domain.outcomes import Attainment, Level
from qa.domain.promises import Promise
from qa.domain.radar import ImprovementEffect, Radar
from qa.domain.text import Text
from transcribe.noun import Noun

Period = Literal["day", "week", "month"]
Kind = Literal[
    "promise", "fatal", "signature", "plan_action", "recheck", "failed", "ungradable",
    "improvement", "target", "appeal", "question",
]  # fmt: skip


class ItemMove(Noun):
    """An item that more or fewer calls met than in the period before. Shares 0-1.

    low, high: 95 % interval of the change, CSRs as clusters. adjusted: over all items.
    """

    item: str
    title: Text
    now: float
    before: float
    low: float
    high: float
    adjusted: float


class TeamLine(Noun):
    """One team in the period."""

    team: str
    calls: int
    score: Level
    complaint_share: float
    open_promises: int = 0
    overdue_promises: int = 0


class NextAction(Noun):
    """What is to be done next, by whom and why."""

    what: Text
    owner: Text
    why: Text
    due: date | None = None


class CentreReport(Noun):
    """Everything on one report. Shares 0-1; `before` is the same number of days before.

    coverage: mean share of points that were decided. promises: the longest overdue ones.
    """

    period: Period
    from_day: date
    to_day: date
    calls: int
    calls_before: int
    graded: int
    failed: int
    ungradable: int
    coverage: float | None
    score: Level
    score_before: Level
    passed: Level
    fatal_pending: int
    teams: tuple[TeamLine, ...]
    fell: tuple[ItemMove, ...]
    rose: tuple[ItemMove, ...]
    radar: Radar
    open_promises: int
    overdue_promises: int
    kept_promises: int
    broken_promises: int
    promises: tuple[Promise, ...]
    outcomes: tuple[Level, ...]
    benchmarks: tuple[tuple[str, str], ...] = Field(
        default=(), description="metric and what other centres say of it"
    )
    targets: tuple[Attainment, ...]
    improvements: tuple[ImprovementEffect, ...]
    appeals_open: int = 0
    appeals_late: int = 0
    appeals_overturned: int = Field(default=0, description="decided in the period, of")
    appeals_decided: int = 0
    unknown_promises: int = Field(
        default=0, description="of the period, said by a speaker nobody knows; in no other figure"
    )
    plans_open: int
    plans_unsigned: int
    plan_actions_overdue: int
    rechecks_due: int
    next_actions: tuple[NextAction, ...]


class DayItem(Noun):
    """One thing to do today. late_days: how long overdue; 0 due today, less than 0 to come."""

    kind: Kind
    what: Text
    who: str = Field(description="owner, CSR or team it belongs to")
    due: date | None = None
    late_days: int = 0
    do: str = Field(description="the command that deals with it")
