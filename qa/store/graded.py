"""Evaluations that hold now, as columns; and by what they can be told to have changed."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, Float, String, and_, case, cast, exists, func, select
from sqlmodel import Session, col

from qa.domain.graded import (
    NOBODY,
    OF_CALL,
    OF_ITEM,
    VERDICT_CODES,
    WORD_OF,
    GradedColumns,
    graded_columns,
)
from qa.store.tables import (
    CallRevisionRow,
    CallRow,
    EvaluationRow,
    ItemScoreRow,
    UngradableRow,
)

SECONDS_A_DAY = 86_400
AT_ONCE = 500  # ids in one query; SQLite allows 32,766 values, others fewer
MANY = 5_000  # evaluations whose items are read at once (guess)
NAN = float("nan")

Told = Callable[[int, int], object]  # evaluations read so far, and all there are to read


class GradedState(NamedTuple):
    """What changes when an evaluation, a call's metadata or its gradability does."""

    evaluation_id: int
    evaluations: int
    revision_id: int
    revisions: int
    ungradable: int
    cleared: int


def graded_state(session: Session) -> GradedState:
    """The database's state as views over evaluations see it; three quick look-ups."""
    closed = UngradableRow
    open_and_closed = select(func.count(), func.count(col(closed.cleared_at))).select_from(closed)
    marked, cleared = session.execute(open_and_closed).one()
    return GradedState(*_rows(session, None), marked, cleared)


def _rows(session: Session, upto: GradedState | None) -> tuple[int, int, int, int]:
    """Last id and count of evaluations, then of revisions; of those that `upto` may have seen."""
    told: list[int] = []
    for id_, last in (
        (col(EvaluationRow.id), upto and upto.evaluation_id),
        (col(CallRevisionRow.id), upto and upto.revision_id),
    ):
        seen = select(func.max(id_), func.count(id_))
        found = session.execute(seen if last is None else seen.where(id_ <= last)).one()
        told += (found[0] or 0, found[1])
    evaluation_id, evaluations, revision_id, revisions = told
    return evaluation_id, evaluations, revision_id, revisions


def calls_changed(session: Session, since: GradedState) -> tuple[str, ...] | None:
    """Ids of calls with a newer evaluation or newer metadata; None where rows of before are gone
    or came late: a database gives ids out before it commits, so one may come after a later one.
    """
    if _rows(session, since) != since[:4]:
        return None
    row, call = EvaluationRow, CallRevisionRow
    graded = select(col(row.call_id)).where(col(row.id) > since.evaluation_id)
    told = select(col(call.call_id)).where(col(call.id) > since.revision_id)
    return tuple(sorted({*session.execute(graded).scalars(), *session.execute(told).scalars()}))


def closed_calls(session: Session) -> frozenset[str]:
    """Ids of calls that cannot be graded as things stand."""
    row = UngradableRow
    return frozenset(
        session.execute(select(col(row.call_id)).where(col(row.cleared_at).is_(None))).scalars()
    )


def graded_of(
    session: Session, call_ids: Collection[str] | None, told: Told | None = None
) -> GradedColumns:
    """The latest evaluations of these calls, or of all; ungradable calls are left out."""
    words = {name: _Words() for name in WORD_OF}
    calls: list[Sequence[Any]] = []
    if call_ids is None:
        calls += _calls(session, None, words)
    else:
        for few in _parts(sorted(call_ids), AT_ONCE):
            calls += _calls(session, few, words)
    place = {one[0]: n for n, one in enumerate(calls)}
    if told is not None:
        told(0, len(place))
    parts = list(_items(session, place, words["refs"], call_ids is None, told))
    columns: dict[str, Any] = {name: () for name in (*OF_CALL, *OF_ITEM)}
    if calls:
        columns |= dict(zip(OF_CALL, zip(*calls, strict=True), strict=True))
    if parts:
        columns |= {n: np.concatenate(p) for n, *p in zip(OF_ITEM, *parts, strict=True)}
    return graded_columns(
        {name: tuple(one.known) for name, one in words.items()}, columns
    ).in_order()


class _Words:
    """Numbers words as they come."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def __call__(self, word: object) -> int:
        return self.known.setdefault(str(word) if word else NOBODY, len(self.known))


def _calls(
    session: Session, call_ids: Sequence[str] | None, words: dict[str, _Words]
) -> Iterator[Sequence[Any]]:
    """Each call's last evaluation on each form, in the order of `OF_CALL`."""
    row, call = EvaluationRow, CallRevisionRow
    few: list[ColumnElement[bool]] = []
    if call_ids is not None:
        few = [col(row.call_id).in_(call_ids)]
    last = (
        select(func.max(col(row.id)).label("id"))
        .where(*few)
        .group_by(col(row.call_id), col(row.scorecard))
        .subquery()
    )
    closed = exists().where(
        col(UngradableRow.call_id) == row.call_id, col(UngradableRow.cleared_at).is_(None)
    )
    now = and_(col(call.call_id) == CallRow.id, col(call.n) == CallRow.n)
    query = (
        select(
            col(row.id), col(row.call_id), col(row.scorecard), col(row.version),
            cast(col(row.score), Float), col(call.csr_id), col(call.team), col(call.queue),
            col(call.language), col(call.started_at), col(call.body),
        )
        .join(last, col(row.id) == last.c.id)
        .join(CallRow, col(row.call_id) == CallRow.id)
        .join(call, now)
        .where(~closed)
    )  # fmt: skip
    for (
        id_, call_id, card, version, score, csr, team, queue, language, started, body,
    ) in session.execute(query):  # fmt: skip
        more = json.loads(body)
        yield (
            id_, call_id, words["csrs"](csr), words["names"](more.get("csr_name")),
            words["teams"](team), words["queues"](queue),
            words["directions"](more.get("direction") or "inbound"),
            words["languages"](language), words["forms"](f"{card}@{version}"),
            NAN if started is None else started.timestamp() / SECONDS_A_DAY,
            NAN if more.get("duration_s") is None else more["duration_s"],
            NAN if score is None else score,
        )  # fmt: skip


_LETTERS = {verdict: chr(ord("c") + code) for verdict, code in VERDICT_CODES.items()}  # from "a"


def _items(
    session: Session, place: dict[int, int], ref: _Words, every: bool, told: Told | None
) -> Iterator[tuple[Any, ...]]:
    """The items of the evaluations in `place`, by parts, in the order of `OF_ITEM`.

    An evaluation's items come joined in one row: a row an item takes four times as long.
    every: `place` holds most of what is stored, so that ranges of ids may be read.
    """
    item = ItemScoreRow
    joined = func.aggregate_strings
    lines = select(
        col(item.evaluation_id),
        joined(col(item.ref_id), "\n"),
        joined(case(_LETTERS, value=col(item.verdict)), ""),
        joined(case((col(item.source) == "human", "1"), else_="0"), ""),
        joined(func.coalesce(cast(col(item.points), String), "nan"), " "),
        joined(cast(col(item.max_points), String), " "),
    ).group_by(col(item.evaluation_id))
    seen: dict[str, Any] = {}
    done, id_ = 0, col(item.evaluation_id)
    for part in _parts(sorted(place), MANY if every else AT_ONCE):
        own = id_.between(part[0], part[-1]) if every else id_.in_(part)
        found = [one for one in session.execute(lines.where(own)) if one[0] in place]
        if found:
            ids, refs, verdicts, humans, points, most = zip(*found, strict=True)
            numbers = [place[one] for one in ids]
            for text in set(refs) - seen.keys():
                seen[text] = np.array([ref(one) for one in text.split("\n")], dtype=np.int64)
            yield (
                np.repeat(np.array(numbers, dtype=np.int64), [len(seen[text]) for text in refs]),
                np.concatenate([seen[text] for text in refs]),
                np.frombuffer("".join(verdicts).encode("ascii"), dtype=np.int8) - ord("c"),
                np.frombuffer("".join(humans).encode("ascii"), dtype=np.int8) == ord("1"),
                np.fromstring(" ".join(points), dtype=np.float64, sep=" "),
                np.fromstring(" ".join(most), dtype=np.float64, sep=" "),
            )
        done += len(part)
        if told is not None:
            told(done, len(place))


def _parts(ids: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
