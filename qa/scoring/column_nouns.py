"""The columns of many forms: what was judged, what was scored, and their blocks of rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from qa.domain.rules import Verdict
from qa.domain.scorecards import ItemClass, Scorecard

Codes = npt.NDArray[np.int8]
Whole = npt.NDArray[np.signedinteger[Any]]
Flags = npt.NDArray[np.bool_]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)  # a verdict's code is its index
MET, NOT_MET, NOT_APPLICABLE, UNDECIDED = (
    VERDICTS.index(one) for one in ("met", "not_met", "not_applicable", "undecided")
)
NONE = -1  # no live finding of the rule, no answer to the item; in hundredths: no figure
NO_FIGURE = int(np.iinfo(np.int32).min)
CLASSES: tuple[ItemClass, ...] = get_args(ItemClass)


@dataclass(frozen=True)
class Judged:
    """What was judged and answered, a row each call.

    verdicts: rule id -> code of its live finding, NONE where there is none.
    answers: item -> code of a person's answer, NONE where there is none; may lack items.
    """

    rows: int
    verdicts: Mapping[str, Codes]
    answers: Mapping[str, Codes]


@dataclass(frozen=True)
class ItemColumns:
    """One item: verdict code, points in hundredths (NO_FIGURE while undecided), and the rest."""

    verdict: Codes
    answered: Flags
    open: Flags
    points_h: Whole
    weight_h: Whole
    fatal: Flags  # not met on a fatal item


@dataclass(frozen=True)
class Scored:
    """Every figure of the evaluations. `_h`: hundredths, NO_FIGURE where there is none.

    passed: 1, 0, or NONE while it waits; band: index among the bands by start, NONE without.
    """

    scorecard: Scorecard
    rows: int
    items: tuple[ItemColumns, ...]
    score_h: Whole
    low_h: Whole
    high_h: Whole
    coverage: npt.NDArray[np.float64]
    passed: Codes
    band: Codes
    classes: Mapping[ItemClass, tuple[Whole, Whole, Whole]]
    sections: tuple[tuple[Whole, Whole], ...]


def block_of(judged: Judged, start: int, end: int) -> Judged:
    """The rows from `start` up to `end`."""
    return Judged(
        rows=end - start,
        verdicts={name: column[start:end] for name, column in judged.verdicts.items()},
        answers={name: column[start:end] for name, column in judged.answers.items()},
    )


def joined(blocks: Sequence[Scored]) -> Scored:
    """The blocks' rows one after the other."""
    first = blocks[0]
    if len(blocks) == 1:
        return first

    def join(pick: Callable[[Scored], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        return np.concatenate([pick(block) for block in blocks])

    items = tuple(
        ItemColumns(
            *(
                join(lambda block, n=n, name=name: getattr(block.items[n], name))  # type: ignore[misc]
                for name in (field.name for field in fields(ItemColumns))
            )
        )
        for n in range(len(first.items))
    )
    return Scored(
        scorecard=first.scorecard,
        rows=sum(block.rows for block in blocks),
        items=items,
        score_h=join(lambda block: block.score_h),
        low_h=join(lambda block: block.low_h),
        high_h=join(lambda block: block.high_h),
        coverage=join(lambda block: block.coverage),
        passed=join(lambda block: block.passed),
        band=join(lambda block: block.band),
        classes={name: _triple(join, name) for name in first.classes},
        sections=tuple(_pair(join, n) for n in range(len(first.sections))),
    )


Join = Callable[[Callable[[Scored], npt.NDArray[Any]]], npt.NDArray[Any]]


def _triple(join: Join, name: ItemClass) -> tuple[Whole, Whole, Whole]:
    got, most, share = (join(lambda b, k=k: b.classes[name][k]) for k in range(3))  # type: ignore[misc]
    return got, most, share


def _pair(join: Join, number: int) -> tuple[Whole, Whole]:
    got, most = (join(lambda b, k=k: b.sections[number][k]) for k in range(2))  # type: ignore[misc]
    return got, most
