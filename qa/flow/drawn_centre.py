"""A large centre in minutes: what happens in each call is drawn, and scored, but not judged."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from qa.domain.call import Call
from qa.domain.evaluations import Evaluation
from qa.domain.findings import Finding, Reason
from qa.domain.packs import Packs
from qa.domain.rules import Verdict
from qa.domain.text import Text
from qa.flow.simulated import BY
from qa.scoring.score import score
from qa.simulate.site import SimulatedPlan
from qa.store.drawn import Drawn
from qa.store.store import Store

AT_ONCE = 500
_DRAWN = Reason(code="drawn", text=Text(zh="模拟判定", en="drawn, not judged"))


def keep_plans(store: Store, packs: Packs, plans: Iterable[SimulatedPlan]) -> int:
    """How many calls were kept. The same things happening in two calls are scored once.

    Verdicts of rules are those the plan's faults make; the real rules are not asked, which
    `keep_scripts` does. No transcript, fact or finding is kept.
    """
    seen: dict[tuple[Verdict, ...], Evaluation] = {}
    ready = iter(_drawn(packs, plans, seen))
    kept = 0
    while batch := list(islice(ready, AT_ONCE)):
        kept += store.save_drawn(batch, at=datetime.now(UTC), by=BY)
    return kept


def _drawn(
    packs: Packs,
    plans: Iterable[SimulatedPlan],
    seen: dict[tuple[Verdict, ...], Evaluation],
) -> Iterator[Drawn]:
    for plan in plans:
        key = tuple(plan.verdicts.values())
        if key not in seen:
            seen[key] = _scored(plan.call, packs, plan.verdicts)
        yield Drawn(plan.call, seen[key])


def _scored(call: Call, packs: Packs, verdicts: dict[str, Verdict]) -> Evaluation:
    digests = {rule.id: rule.digest for rule in packs.rules if rule.language == call.language}
    findings = tuple(
        Finding(id=rule, rule_id=rule, rule_digest=digests[rule], status="live",
                verdict=verdict, reason=_DRAWN)
        for rule, verdict in verdicts.items()
        if rule in digests
    )  # fmt: skip
    made = score(call, findings, packs.scorecard_for(call))
    items = tuple(one.model_copy(update={"findings": ()}) for one in made.items)
    by_ref = {one.ref_id: one for one in items}
    sections = tuple(
        part.model_copy(update={"items": tuple(by_ref[one.ref_id] for one in part.items)})
        for part in made.sections
    )
    return made.model_copy(update={"items": items, "sections": sections})
