"""What each CSR does well: feedback starts there."""

from collections.abc import Sequence

from qa.coaching.losses import ZERO, Loss, losses
from qa.coaching.weak_points import by_csr_and_skill, calls_of
from qa.domain.coaching import Evaluated, Strength, Window
from qa.domain.points import rounded

# So many chances without a loss are called a strength (guess).
LEAST_ITEMS = 3


def strengths(
    evaluated: Sequence[Evaluated], *, window: Window, least_items: int = LEAST_ITEMS
) -> tuple[Strength, ...]:
    """Skills without a loss over at least `least_items` decided items, most chances first.

    Items without points are no chance to lose any and do not count. A skill with a fatal item
    that was confirmed or that still waits to be is no strength.
    Raises CodedErrors of QA501, QA502, QA503 (see `losses`).
    """
    found = [
        _strength(csr_id, skill, group)
        for csr_id, _, skill, group in by_csr_and_skill(losses(evaluated, window))
        if _spotless(group) and len(_chances(group)) >= least_items
    ]
    return tuple(sorted(found, key=lambda one: (one.csr_id, -one.items)))


def _chances(group: Sequence[Loss]) -> list[Loss]:
    return [loss for loss in group if loss.applicable]


def _spotless(group: Sequence[Loss]) -> bool:
    return not any(
        loss.lost or loss.fatal or (loss.waits and loss.marked.verdict == "not_met")
        for loss in group
    )


def _strength(csr_id: str, skill: str, group: Sequence[Loss]) -> Strength:
    chances = _chances(group)
    return Strength(
        csr_id=csr_id,
        skill=skill,
        calls=calls_of(chances),
        items=len(chances),
        applicable_points=rounded(sum((loss.applicable for loss in chances), ZERO)),
        open_items=sum(loss.waits for loss in group),
    )
