"""结果: sales, satisfaction and resolution of calls, beside their items; figures of others."""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qa.centre.relations import Pairs, level_of, relations
from qa.domain.outcomes import METRICS, OUTCOMES, Level, Relation
from qa.flow.gathered import Gathered, number_of
from qa.flow.metadata_rows import Cells, column_names, place_of, split_row, unnamed_columns
from qa.flow.metadata_table import Table, read_table
from qa.store.centre_views import Benchmark, Outcome, OutcomeMarks
from transcribe.errors import CodedError, CodedErrors, place_key

BATCH = 500  # guess: rows a transaction
COLUMNS: dict[str, tuple[str, ...]] = {
    "call_id": (
        "call id", "id", "通话ID", "通话编号", "通话标识", "流水号", "通话流水号", "录音流水号",
    ),
    "csat": (
        "satisfaction", "csat score", "满意度", "满意度得分", "满意度评分", "客户满意度", "评价",
    ),
    "resolved": (
        "resolution", "fcr", "first contact resolution", "是否解决", "解决", "解决率", "一次解决",
        "首次解决",
    ),
    "sale": ("sold", "sales", "是否成交", "成交", "成单", "销售成功"),
    "sale_amount": ("amount", "revenue", "成交金额", "销售额", "金额"),
}  # fmt: skip
BENCHMARK_COLUMNS: dict[str, tuple[str, ...]] = {
    "metric": ("指标", "kpi"),
    "value": ("数值", "值", "标杆值", "基准值"),
    "source": ("来源", "出处"),
    "queue": ("队列", "技能组", "业务队列"),
    "period": ("时期", "期间", "时间段", "年份"),
}
_YES = ("1", "yes", "y", "true", "是", "已解决", "解决", "成交", "已成交", "成功", "√", "对")
_NO = ("0", "no", "n", "false", "否", "未解决", "没解决", "未成交", "失败", "×", "错")
_CSAT = {
    "非常满意": 5.0, "很满意": 5.0, "满意": 4.0, "基本满意": 4.0, "一般": 3.0, "不满意": 2.0,
    "非常不满意": 1.0, "很不满意": 1.0, "very satisfied": 5.0, "satisfied": 4.0, "neutral": 3.0,
    "dissatisfied": 2.0, "very dissatisfied": 1.0,
}  # fmt: skip
_TITLES = {text: key for key, words in METRICS.items() for text in (key, words.zh, words.en)}


class OutcomeReport(NamedTuple):
    """What an import did, and the faults of its rows."""

    name: str
    new: int
    corrected: int
    unchanged: int
    errors: tuple[CodedError, ...]


class Beside(NamedTuple):
    """Outcomes of some days, with their relation to items."""

    levels: tuple[Level, ...]
    relations: tuple[Relation, ...]


def import_outcomes(path: Path, site: Gathered, *, now: datetime, by: str) -> OutcomeReport:
    """The report of saving every good row's outcomes; a corrected value replaces the old one.

    Raises CodedErrors (QA801-QA808, QA885) when nothing of the table can be used. Row faults:
    QA809-QA819 of reading, QA811 a value that is none, QA884 a call nobody stored.
    """
    table = read_table(path, COLUMNS)
    names = column_names(table, COLUMNS, ("call_id",))
    if not set(names) & set(OUTCOMES):
        options = ", ".join(f"{one} ({COLUMNS[one][-1]})" for one in OUTCOMES)
        found = ", ".join(filter(None, table.header))[:200]
        place = f"{table.name}:1:1"
        raise CodedErrors([CodedError("QA885", place=place, options=options, found=found)])
    errors = list(table.errors) + unnamed_columns(table, names)
    rows: list[tuple[str, str, list[Outcome]]] = []
    for row in table.rows:
        cells = split_row(row, table, names, COLUMNS, errors)
        if cells is not None:
            rows.append(_outcomes(cells, table, errors))
    counts = [0, 0, 0]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        known = site.store.centre.known_calls([call_id for call_id, _, _ in batch])
        errors += [
            CodedError("QA884", place=place, call_id=call_id)
            for call_id, place, _ in batch
            if call_id and call_id not in known
        ]
        kept = [one for call_id, _, several in batch for one in several if call_id in known]
        saved = site.store.centre.save_outcomes(kept, at=now, by=by)
        counts = [a + b for a, b in zip(counts, saved, strict=True)]
    errors.sort(key=lambda error: place_key(error.place))
    return OutcomeReport(table.name, counts[0], counts[1], counts[2], tuple(errors))


def import_benchmarks(path: Path, site: Gathered, *, now: datetime, by: str) -> OutcomeReport:
    """The report of saving figures of other centres; metrics as `METRICS`, shares in percent or
    0-1. Row faults: QA810, QA811."""
    table = read_table(path, BENCHMARK_COLUMNS)
    names = column_names(table, BENCHMARK_COLUMNS, ("metric", "value", "source"))
    errors = list(table.errors) + unnamed_columns(table, names)
    counts = [0, 0]
    for row in table.rows:
        cells = split_row(row, table, names, BENCHMARK_COLUMNS, errors)
        one = _benchmark(cells, table, errors) if cells is not None else None
        if one is not None:
            new = site.store.centre.save_benchmark(one, at=now, by=by)
            counts[0 if new else 1] += 1
    errors.sort(key=lambda error: place_key(error.place))
    return OutcomeReport(table.name, counts[0], counts[1], 0, tuple(errors))


def beside(site: Gathered, *, first: date, last: date, kind: str | None = None) -> Beside:
    """Levels of each outcome and its relation to every item, of calls of these days."""
    rows = site.store.centre.outcome_marks(number_of(first), number_of(last), kind)
    by_kind: dict[str, list[OutcomeMarks]] = {}
    for one in rows:
        by_kind.setdefault(one.kind, []).append(one)
    levels = tuple(
        level_of(kind, [one.value for one in own], [one.csr_id for one in own])
        for kind, own in sorted(by_kind.items())
    )
    pairs = [pair for kind, own in sorted(by_kind.items()) for pair in _pairs(kind, own)]
    return Beside(levels, relations(pairs))


def metric_of(name: str) -> str:
    """The metric a name means, in either language, or item:REF. Raises QA883."""
    plain = unicodedata.normalize("NFKC", name).strip()
    if plain in _TITLES:
        return _TITLES[plain]
    if plain.startswith("item:") and len(plain) > len("item:"):
        return plain
    options = ", ".join((*METRICS, "item:OPEN-1"))
    raise CodedError("QA883", place=name, metric=name, options=options)


def _outcomes(
    cells: Cells, table: Table, errors: list[CodedError]
) -> tuple[str, str, list[Outcome]]:
    """The row's call, its place, and the outcomes that can be read."""
    index, call_id = cells.known.get("call_id", (0, ""))
    place = place_of(table, cells.row, index)
    if not call_id:
        errors.append(CodedError("QA810", place=place, column="call_id"))
        return "", place, []
    found = []
    for kind in OUTCOMES:
        column, text = cells.known.get(kind, (0, ""))
        if not text:
            continue
        value = _value(kind, text)
        if value is None:
            at = place_of(table, cells.row, column)
            wanted = _WANTED[kind]
            errors.append(
                CodedError(
                    "QA811", place=at, column=table.header[column], value=text, wanted=wanted
                )
            )
        else:
            found.append(Outcome(call_id=call_id, kind=kind, value=value))
    return call_id, place, found


_WANTED = {
    "csat": "0-10, 5 = 非常满意 / very satisfied",
    "resolved": "是/否, yes/no, 1/0",
    "sale": "是/否, yes/no, 1/0",
    "sale_amount": "1234.50",
}


def _value(kind: str, text: str) -> float | None:
    """The value a cell means; None where it means none."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if kind in ("resolved", "sale"):
        return 1.0 if plain in _YES else 0.0 if plain in _NO else None
    if kind == "csat" and plain in _CSAT:
        return _CSAT[plain]
    number = _number(plain.replace(",", "").removeprefix("¥").removesuffix("分"))
    if number is None or number < 0 or (kind == "csat" and number > 10):
        return None
    return number


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _benchmark(cells: Cells, table: Table, errors: list[CodedError]) -> Benchmark | None:
    told = {name: text for name, (_, text) in cells.known.items() if text}
    place = place_of(table, cells.row, 0)
    for column in ("metric", "value", "source"):
        if column not in told:
            errors.append(CodedError("QA810", place=place, column=column))
            return None
    text = told["value"].strip()
    number = _number(text.removesuffix("%"))
    try:
        metric = metric_of(told["metric"])
    except CodedError as error:
        errors.append(CodedError(error.code, place=place, **error.values))
        return None
    if number is None:
        errors.append(
            CodedError("QA811", place=place, column="value", value=text, wanted="85, 0.85, 85%")
        )
        return None
    return Benchmark(
        metric=metric,
        value=number / 100 if text.endswith("%") else number,
        source=told["source"],
        queue=told.get("queue", "-"),
        period=told.get("period", "-"),
    )


def _pairs(kind: str, rows: Sequence[OutcomeMarks]) -> Iterable[Pairs]:
    """One pair an item: the calls in which it was decided."""
    strata = _numbered([f"{one.queue}/{one.language}" for one in rows])
    csrs = _numbered([one.csr_id or "" for one in rows])
    values = np.array([one.value for one in rows], dtype=np.float64)
    columns: dict[str, list[tuple[int, bool]]] = {}
    for n, one in enumerate(rows):
        for mark in one.marks.split():
            if mark[-1] in "+-":
                columns.setdefault(mark[:-1], []).append((n, mark[-1] == "+"))
    for item, marks in sorted(columns.items()):
        index = np.array([n for n, _ in marks], dtype=np.int64)
        met = np.array([good for _, good in marks], dtype=np.float64)
        yield Pairs(kind, item, met, values[index], strata[index], csrs[index])


def _numbered(names: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.asarray(np.unique(list(names), return_inverse=True)[1], dtype=np.int64)
