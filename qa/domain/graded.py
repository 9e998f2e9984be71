"""Graded calls as columns: what views over a whole centre read instead of every form's JSON."""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.domain.marks import Floats, Ints

Words = tuple[str, ...]
MET, NOT_MET, UNDECIDED, NOT_APPLICABLE = 1, 0, -1, -2
VERDICT_CODES = {
    "met": MET, "not_met": NOT_MET, "undecided": UNDECIDED, "not_applicable": NOT_APPLICABLE,
}  # fmt: skip
NOBODY = ""  # the word for what nobody told: no CSR, no team, no queue


@dataclass(frozen=True, eq=False)
class GradedColumns:
    """Evaluations that hold now, by start time, and their items.

    Word lists first; then one entry an evaluation: `id`, `call_id`, indexes into the word lists
    (`form`: scorecard and version with @ between), `day` (days from 1970 UTC, NaN where
    nobody told), `duration_s`, `score` (NaN: none). Then one entry an item: `at`, an index into
    the evaluations; `ref`; `verdict` as coded above; `human`; `points` (NaN: open); `most`.
    """

    csrs: Words
    names: Words
    teams: Words
    queues: Words
    directions: Words
    languages: Words
    forms: Words
    refs: Words
    id: Ints
    call_id: npt.NDArray[np.str_]
    csr: Ints
    name: Ints
    team: Ints
    queue: Ints
    direction: Ints
    language: Ints
    form: Ints
    day: Floats
    duration_s: Floats
    score: Floats
    at: Ints
    ref: Ints
    verdict: npt.NDArray[np.int8]
    human: npt.NDArray[np.bool_]
    points: Floats
    most: Floats

    @property
    def size(self) -> int:
        return len(self.id)

    def where(self, wanted: npt.NDArray[np.bool_]) -> "GradedColumns":
        """The evaluations that `wanted` keeps, and their items; the word lists stay."""
        if wanted.all():
            return self
        kept = wanted[self.at] if len(self.at) else np.zeros(0, dtype=bool)
        new_at = np.cumsum(wanted) - 1
        changed: dict[str, Any] = {name: getattr(self, name)[wanted] for name in OF_CALL}
        changed |= {name: getattr(self, name)[kept] for name in OF_ITEM}
        changed["at"] = new_at[self.at[kept]]
        return replace(self, **changed)

    def with_others(self, others: "GradedColumns") -> "GradedColumns":
        """These and `others`, ordered by day (unknown first), call and form."""
        joined: dict[str, Any] = {}
        for words, index in WORD_OF.items():
            mine, theirs = getattr(self, words), getattr(others, words)
            known = {word: n for n, word in enumerate(mine)}
            moved = np.array(
                [known.setdefault(word, len(known)) for word in theirs], dtype=np.int64
            )
            joined[words] = tuple(known)
            new = moved[getattr(others, index)] if len(moved) else getattr(others, index)
            joined[index] = np.concatenate([getattr(self, index), new])
        for name in (*OF_CALL, *OF_ITEM):
            if name not in joined:
                joined[name] = np.concatenate([getattr(self, name), getattr(others, name)])
        joined["at"] = np.concatenate([self.at, others.at + self.size])
        return GradedColumns(**joined).in_order()

    def in_order(self) -> "GradedColumns":
        """The same by day (unknown first), call and form; an item after its evaluation's others."""
        first = np.where(np.isnan(self.day), -np.inf, self.day)
        order = np.lexsort((self.form, self.call_id, first))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        at = place[self.at] if len(self.at) else self.at
        items = np.argsort(at, kind="stable")
        changed: dict[str, Any] = {name: getattr(self, name)[order] for name in OF_CALL}
        changed |= {name: getattr(self, name)[items] for name in OF_ITEM}
        changed["at"] = at[items]
        return replace(self, **changed)


WORD_OF = {
    "csrs": "csr", "names": "name", "teams": "team", "queues": "queue", "directions": "direction",
    "languages": "language", "forms": "form", "refs": "ref",
}  # fmt: skip
OF_ITEM = ("at", "ref", "verdict", "human", "points", "most")
OF_CALL = tuple(one.name for one in fields(GradedColumns) if one.name not in (*WORD_OF, *OF_ITEM))
KINDS = {
    "call_id": np.str_, "day": np.float64, "duration_s": np.float64, "score": np.float64,
    "verdict": np.int8, "human": np.bool_, "points": np.float64, "most": np.float64,
}  # fmt: skip


def graded_columns(words: dict[str, Words], columns: dict[str, Any]) -> GradedColumns:
    """Columns of plain sequences, each in its own type."""
    made: dict[str, Any] = {**words}
    for name in (*OF_CALL, *OF_ITEM):
        made[name] = np.asarray(columns[name], dtype=KINDS.get(name, np.int64))
    return GradedColumns(**made)


NOTHING = graded_columns(
    {name: () for name in WORD_OF}, {name: [] for name in (*OF_CALL, *OF_ITEM)}
)
