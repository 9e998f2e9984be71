"""What rose or fell between two periods, item by item, surely enough to be told."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from qa.centre.discoveries import adjusted_for_many
from qa.centre.relations import share_of
from qa.domain.centre_report import ItemMove
from qa.domain.text import Text
from qa.store.centre_views import CallMarks

FALSE_SHARE = 0.05
LEAST_CALLS = 10  # decided in both periods before an item can be said to move (guess)
Counts = npt.NDArray[np.float64]


def item_moves(calls: Sequence[CallMarks], earlier: Sequence[CallMarks]) -> list[ItemMove]:
    """Items that surely moved between two periods, the largest change first; titled by their id.

    Intervals take a CSR's calls as one cluster; of the items told at most `FALSE_SHARE` are
    false (Benjamini-Hochberg).
    """
    now, before = _by_item(calls), _by_item(earlier)
    found: list[tuple[ItemMove, float]] = []
    for item in sorted(now.keys() & before.keys()):
        a, b = share_of(item, *now[item]), share_of(item, *before[item])
        if min(a.calls, b.calls) < LEAST_CALLS or a.value is None or b.value is None:
            continue
        if a.high is None or b.high is None or a.low is None or b.low is None:
            continue
        half = float(np.hypot(a.high - a.low, b.high - b.low)) / 2
        change = a.value - b.value
        if half <= 0:
            continue
        move = ItemMove(
            item=item, title=Text(zh=item, en=item), now=a.value, before=b.value,
            low=round(change - half, 4), high=round(change + half, 4), adjusted=1.0,
        )  # fmt: skip
        found.append((move, 2 * float(ndtr(-abs(change) / (half / 1.96)))))
    if not found:
        return []
    adjusted = adjusted_for_many([probability for _, probability in found])
    told = [
        move.model_copy(update={"adjusted": round(float(value), 6)})
        for (move, _), value in zip(found, adjusted, strict=True)
        if value <= FALSE_SHARE
    ]
    return sorted(told, key=lambda one: -abs(one.now - one.before))


def _by_item(calls: Iterable[CallMarks]) -> dict[str, tuple[Counts, Counts]]:
    """Item -> (met, decided), one entry a CSR."""
    marks: dict[str, list[str]] = {}
    for one in calls:
        marks.setdefault(one.csr_id or "", []).append(one.marks)
    counted = [Counter(" ".join(own).split()) for own in marks.values()]
    items = sorted({mark[:-1] for one in counted for mark in one if mark[-1] != "?"})
    found = {}
    for item in items:
        met = np.array([one[f"{item}+"] for one in counted], dtype=np.float64)
        not_met = np.array([one[f"{item}-"] for one in counted], dtype=np.float64)
        found[item] = (met, met + not_met)
    return found
