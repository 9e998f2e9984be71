"""`qa course import`: attendance and quiz results from a table."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from qa.domain.packs import Packs
from qa.domain.training import TrainingEvent
from qa.flow import metadata_values as values
from qa.flow.metadata_columns import CALLS
from qa.flow.metadata_rows import Cells, column_names, place_of, split_row, unnamed_columns
from qa.flow.metadata_table import Row, Table, read_table
from qa.flow.metadata_values import Wrong
from qa.flow.training import record_training
from qa.store.store import Store
from transcribe.errors import CodedError

COLUMNS: dict[str, tuple[str, ...]] = {
    "csr_id": CALLS["csr_id"],
    "course_id": ("course", "course id", "课程", "课程编号", "课程代码"),
    "kind": ("type", "类型", "类别"),
    "at": ("date", "day", "time", "日期", "时间", "上课日期", "考试日期", "培训日期"),
    "score": ("score percent", "result", "得分", "分数", "成绩", "测验得分", "考试成绩"),
    "trainer": ("teacher", "培训师", "讲师", "老师"),
}
KINDS = {
    "attended": "attended", "attendance": "attended", "签到": "attended", "出勤": "attended",
    "到课": "attended", "上课": "attended", "quiz": "quiz", "test": "quiz", "exam": "quiz",
    "测验": "quiz", "考试": "quiz", "考核": "quiz",
}  # fmt: skip


class TrainingImport(NamedTuple):
    """How many events were kept, how many plans they moved, and the faulty rows."""

    events: int
    plans: int
    errors: tuple[CodedError, ...]


def import_training(
    path: Path, store: Store, packs: Packs, *, zone: ZoneInfo, now: datetime, by: str
) -> TrainingImport:
    """Every good row into the store; importing again keeps one, a corrected score replaces.

    Without a kind a row with a score is a quiz. Raises CodedErrors (QA801-QA808) when nothing
    can be used. Of single rows: QA809, QA810, QA811, QA815, QA816, QA862 an unknown course.
    """
    table = read_table(path, COLUMNS)
    names = column_names(table, COLUMNS, ("csr_id", "course_id", "at"))
    errors = list(table.errors) + unnamed_columns(table, names)
    kept = moved = 0
    for row in table.rows:
        cells = split_row(row, table, names, COLUMNS, errors)
        event = None if cells is None else _event(cells, row, table, zone, now, errors)
        if event is None:
            continue
        try:
            moved += len(record_training(store, packs, event, now=now, by=by))
            kept += 1
        except CodedError as error:
            place = place_of(table, row, names.index("course_id"))
            errors.append(CodedError(error.code, place=place, **error.values))
    return TrainingImport(kept, moved, tuple(errors))


def _event(
    cells: Cells, row: Row, table: Table, zone: ZoneInfo, now: datetime,
    errors: list[CodedError],
) -> TrainingEvent | None:  # fmt: skip
    column = "csr_id"
    try:
        for column in ("csr_id", "course_id", "at"):
            if not cells.known[column][1]:
                raise Wrong("QA810")
        column = "at"
        at = _moment(cells.known["at"][1], zone)
        if at > now + timedelta(days=1):
            raise Wrong("QA811", value=cells.known["at"][1], wanted=f"<= {now:%Y-%m-%d}")
        column = "score"
        score = _score(cells.known.get("score", (0, ""))[1])
        column = "kind"
        told = cells.known.get("kind", (0, ""))[1]
        kind = values.chosen(told, KINDS) if told else "quiz" if score is not None else "attended"
        column = "score"
        if kind == "quiz" and score is None:
            raise Wrong("QA810")
        column = "csr_id"
        csr_id = values.identifier(cells.known["csr_id"][1])
    except Wrong as wrong:
        index = cells.known.get(column, (0, ""))[0]
        errors.append(wrong.at(place_of(table, row, index), table.header[index]))
        return None
    return TrainingEvent.model_validate({
        "csr_id": csr_id, "course_id": cells.known["course_id"][1].upper(), "kind": kind,
        "at": at, "score_percent": score,
        "trainer": cells.known.get("trainer", (0, ""))[1] or None,
    })  # fmt: skip


def _moment(value: str, zone: ZoneInfo) -> datetime:
    """A day counts from noon, so that no zone moves it to another."""
    return values.moment(
        value if any(mark in value for mark in ":时点") else f"{value} 12:00", zone
    )


def _score(value: str) -> float | None:
    if not value:
        return None
    text = value.strip().rstrip("%％分").strip()
    try:
        score = float(text)
    except ValueError as error:
        raise Wrong("QA811", value=value, wanted="0-100") from error
    if not 0 <= score <= 100:
        raise Wrong("QA811", value=value, wanted="0-100")
    return score
