"""Where each CSR lost points, skill by skill, with the places that show it."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from qa.coaching.losses import ZERO, Loss, losses
from qa.domain.coaching import SKILLS, Evaluated, Instance, WeakPoint, Window
from qa.domain.findings import Evidence, Finding
from qa.domain.points import rounded
from qa.domain.text import Text
from transcribe.transcript import Language


def weak_points(evaluated: Sequence[Evaluated], *, window: Window) -> tuple[WeakPoint, ...]:
    """Skills in which points were lost or a fatal item was confirmed, worst first within a CSR.

    Order: by CSR; skills with a confirmed fatal item first (most calls first), then by points
    lost. Points are percent of each call's form, summed over calls, so that forms of other
    totals and calls with items that do not apply weigh alike. A fatal costs only its own
    item's points here, whatever it zeroed on the form. Items that wait for a person, fatal
    ones that nobody confirmed, ungradable calls and calls of unknown CSRs cost nothing.
    Raises CodedErrors of QA501, QA502, QA503 (see `losses`).
    """
    found = [
        _weak_point(csr_id, skill, group, languages)
        for csr_id, languages, skill, group in by_csr_and_skill(losses(evaluated, window))
        if any(loss.lost or loss.fatal for loss in group)
    ]
    return tuple(sorted(found, key=_rank))


def by_csr_and_skill(
    all_losses: Sequence[Loss],
) -> Iterable[tuple[str, tuple[Language, ...], str, list[Loss]]]:
    """(csr id, languages of the CSR's calls, skill, losses) in order of CSR and skill."""
    for csr_id, own in groupby(sorted(all_losses, key=lambda loss: loss.csr_id), _csr):
        of_csr = list(own)
        languages = tuple(sorted({language_of(loss.evaluated) for loss in of_csr}))
        for skill in sorted({loss.item.skill for loss in of_csr}, key=skill_order):
            yield csr_id, languages, skill, [x for x in of_csr if x.item.skill == skill]


def skill_order(skill: str) -> tuple[int, str]:
    """Sort key: the order of a call for the skills we know, then the site's own by name."""
    return (SKILLS.index(skill) if skill in SKILLS else len(SKILLS), skill)


def language_of(one: Evaluated) -> Language:
    """The call's language; the form's where nobody told it."""
    return one.call.language or one.scorecard.language


def calls_of(group: Iterable[Loss]) -> int:
    """How many calls the losses come from."""
    return len({loss.evaluated.call.id for loss in group})


def _csr(loss: Loss) -> str:
    return loss.csr_id


def _rank(point: WeakPoint) -> tuple[object, ...]:
    return (point.csr_id, -point.fatal_calls, -point.lost_points, skill_order(point.skill))


def _weak_point(
    csr_id: str, skill: str, group: Sequence[Loss], languages: tuple[Language, ...]
) -> WeakPoint:
    lost = sum((loss.lost for loss in group), ZERO)
    applicable = sum((loss.applicable for loss in group), ZERO)
    instances = [one for loss in group if loss.lost or loss.fatal for one in _instances(loss)]
    return WeakPoint(
        csr_id=csr_id,
        skill=skill,
        calls=calls_of(loss for loss in group if loss.decided),
        lost_points=rounded(lost),
        applicable_points=rounded(applicable),
        lost_share=_share(lost, applicable),
        open_items=sum(loss.waits for loss in group),
        fatal_calls=calls_of(loss for loss in group if loss.fatal),
        languages=languages,
        instances=tuple(sorted(instances, key=_weight)),
    )


def _share(lost: Fraction, applicable: Fraction) -> float:
    """lost / applicable, at most 1 since deductions are lost beyond what was applicable."""
    if not applicable:
        return 1.0 if lost else 0.0
    return float(min(lost / applicable, Fraction(1)))


def _weight(instance: Instance) -> tuple[object, ...]:
    return (
        not instance.fatal,
        -instance.lost_points,
        instance.call_id,
        instance.item,
        instance.rule_id or "",
    )


def _instances(loss: Loss) -> Iterable[Instance]:
    """One for each rule that was not met; one without a rule where only a person judged."""
    behind = _behind(loss)
    for finding in behind or (None,):
        yield Instance(
            call_id=loss.evaluated.call.id,
            language=language_of(loss.evaluated),
            item=loss.item.ref_id,
            rule_id=finding.rule_id if finding else None,
            fatal=loss.fatal,
            lost_points=rounded(loss.lost / max(len(behind), 1)),
            reason=_reason(loss, finding),
            evidence=_places(finding) if finding else (),
            say=(loss.item.guide.of(language_of(loss.evaluated)),),
        )


def _behind(loss: Loss) -> list[Finding]:
    """Findings that speak for the loss: for a person's verdict also hints and open ones."""
    named = [f for f in loss.evaluated.findings if f.id in loss.marked.findings]
    if loss.marked.source == "machine":
        return [f for f in named if f.verdict == "not_met" and f.status == "live"]
    not_met = [finding for finding in named if finding.verdict == "not_met"]
    return not_met or [finding for finding in named if finding.verdict == "undecided"]


def _reason(loss: Loss, finding: Finding | None) -> Text:
    if finding is not None and loss.marked.source == "machine":
        return finding.reason.text
    title = loss.item.title
    return Text(
        zh=f"质检员判为未达标：{title.zh}",
        en=f"Judged not met by a person: {title.en}",
    )


def _places(finding: Finding) -> tuple[Evidence, ...]:
    """What the finding rests on; for something not said, the stretches that were searched."""
    if finding.evidence:
        return finding.evidence
    return tuple(Evidence(start_s=s.start_s, end_s=s.end_s) for s in finding.searched)
