"""The promise ledger as a table."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from qa.domain.promises import Promise
from qa.domain.text import Text
from qa.reports.evaluations import Table
from transcribe.transcript import Language

STATUS: dict[str, tuple[str, str]] = {
    "open": ("未了结", "open"),
    "kept": ("按时兑现", "kept"),
    "late": ("迟了", "kept late"),
    "not_kept": ("没做到", "not kept"),
    "withdrawn": ("客户不要了", "withdrawn"),
    "mistaken": ("不是承诺", "no promise"),
}
_HEADS: tuple[tuple[str, str], ...] = (
    ("编号", "no."), ("状态", "state"), ("逾期小时", "hours overdue"), ("到期", "due"),
    ("时限原话", "deadline said"), ("座席", "CSR"), ("班组", "team"), ("客户", "customer"),
    ("通话", "call"), ("秒", "second"), ("原话", "words"), ("说于", "said"),
    ("了结者", "closed by"), ("后续外呼", "later call to the customer"),
    ("客户又来电", "customer called again"), ("置信度", "confidence"),
)  # fmt: skip


def promise_table(
    promises: Iterable[Promise], *, zone: ZoneInfo, language: Language, now: datetime
) -> Table:
    """One row a promise, in the given order; times are the site's."""
    rows = []
    for one in promises:
        late_h = None
        if one.status == "open" and one.due_at is not None and one.due_at < now:
            late_h = round((now - one.due_at).total_seconds() / 3600, 1)
        state = Text(zh=STATUS[one.status][0], en=STATUS[one.status][1])
        rows.append(
            (
                one.id, state.of(language), late_h, _shown(one.due_at, zone), one.deadline,
                one.csr_id, one.team, customer_of(one), one.call_id, round(one.start_s, 1),
                one.quote, _shown(one.said_at, zone), one.closed_by, one.followed_by, one.chased,
                round(one.confidence, 2),
            )
        )  # fmt: skip
    heads = tuple(zh if language == "zh" else en for zh, en in _HEADS)
    return Table("promises", Text(zh="承诺台账", en="promises"), heads, tuple(rows))


def customer_of(one: Promise) -> str:
    """The customer as people may see them: the last characters of the salted hash."""
    return "-" if one.customer_key is None else one.customer_key[-8:]


def _shown(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
