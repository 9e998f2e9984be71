"""The complaint radar as tables: topics, words, and the calls of each department."""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from qa.domain.radar import Radar
from qa.domain.text import Text
from qa.reports.evaluations import Cell, Table
from qa.store.centre_views import TopicCall
from transcribe.transcript import Language

MOVEMENT: dict[str, tuple[str, str]] = {
    "rising": ("上升", "rising"),
    "falling": ("下降", "falling"),
    "usual": ("平常", "usual"),
    "cannot_tell": ("说不准", "cannot tell"),
}
_TOPICS = (
    ("主题", "topic"), ("部门", "department"), ("变化", "movement"), ("投诉", "complaints"),
    ("预期", "expected"), ("常见下限", "usual low"), ("常见上限", "usual high"),
    ("误报概率", "false-alarm share"), ("重复来电", "repeat calls"),
    ("重复客户", "repeat customers"), ("措施", "actions"),
)  # fmt: skip
_CALLS = (
    ("主题", "topic"), ("通话", "call"), ("秒", "second"), ("客户原话", "customer's words"),
    ("座席", "CSR"), ("班组", "team"), ("队列", "queue"), ("客户", "customer"), ("时间", "time"),
)  # fmt: skip
_TERMS = (
    ("词", "term"), ("本期投诉", "recent complaints"), ("此前投诉", "complaints before"),
    ("本期占比", "recent share"), ("此前占比", "share before"), ("z", "z"),
)  # fmt: skip
Titles = Callable[[str], Text]


def radar_tables(radar: Radar, *, language: Language) -> tuple[Table, Table]:
    """Topics and rising words."""
    rows: list[tuple[Cell, ...]] = []
    for one in radar.lines:
        change = one.change
        moved = MOVEMENT[change.movement][0 if language == "zh" else 1]
        actions = "; ".join(f"{a.action.what} ({a.action.owner})" for a in one.actions) or None
        rows.append(
            (
                one.title.of(language), one.department.of(language), moved, change.complaints,
                change.expected, change.low, change.high, change.adjusted, one.repeats,
                one.repeat_customers, actions,
            )
        )  # fmt: skip
    words = tuple(
        (
            one.term, one.recent_calls, one.before_calls, round(one.recent_share, 4),
            round(one.before_share, 4), one.z,
        )
        for one in radar.terms
    )  # fmt: skip
    return (
        Table("topics", Text(zh="投诉主题", en="topics"), _heads(_TOPICS, language), tuple(rows)),
        Table("terms", Text(zh="上升的词", en="rising words"), _heads(_TERMS, language), words),
    )


def department_tables(
    calls: Iterable[TopicCall],
    *,
    title_of: Titles,
    department_of: Titles,
    zone: ZoneInfo,
    language: Language,
) -> tuple[Table, ...]:
    """One table a department, with its calls; the department with most calls first."""
    found: dict[str, list[tuple[Cell, ...]]] = {}
    for one in calls:
        at = None if one.started_at is None else f"{one.started_at.astimezone(zone):%Y-%m-%d %H:%M}"
        customer = None if one.customer_key is None else one.customer_key[-8:]
        row: tuple[Cell, ...] = (
            title_of(one.topic).of(language), one.call_id, round(one.start_s, 1), one.quote,
            one.csr_id, one.team, one.queue, customer, at,
        )  # fmt: skip
        found.setdefault(department_of(one.topic).of(language), []).append(row)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    heads = _heads(_CALLS, language)
    return tuple(
        Table(f"department-{n}", _sheet(name), heads, tuple(rows))
        for n, (name, rows) in enumerate(ordered, start=1)
    )


def _sheet(name: str) -> Text:
    """A sheet's name: spreadsheets refuse some characters."""
    plain = "".join("-" if c in "[]:*?/\\'" else c for c in name)[:31] or "-"
    return Text(zh=plain, en=plain)


def _heads(heads: tuple[tuple[str, str], ...], language: Language) -> tuple[str, ...]:
    return tuple(zh if language == "zh" else en for zh, en in heads)
