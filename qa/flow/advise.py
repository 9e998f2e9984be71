"""评分 -> 辅导: stored evaluations to weak points, strengths and courses."""

from collections.abc import Iterable

from qa.coaching.courses import match_courses
from qa.coaching.strengths import strengths
from qa.coaching.weak_points import weak_points
from qa.domain.coaching import Evaluated, Recommendation, Strength, Window
from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.store.records import CallFilter, Graded
from qa.store.store import Store
from transcribe.noun import Noun


class Advice(Noun):
    """What one CSR's evaluations say: strengths first, then recommendations, worst first."""

    csr_id: str
    csr_name: str | None
    team: str | None
    calls: int
    mean_score: float | None
    strengths: tuple[Strength, ...]
    recommendations: tuple[Recommendation, ...]


def evaluated_of(
    graded: Iterable[Graded], store: Store, packs: Packs, scorecard: Scorecard | None = None
) -> tuple[Evaluated, ...]:
    """Stored evaluations with the form they were marked on and their findings.

    An evaluation on a form that the packs no longer have in that version is left out; `qa run`
    makes a new one.
    """
    cards = {(c.id, c.version): c for c in (*packs.scorecards, *([scorecard] if scorecard else ()))}
    found = []
    for one in graded:
        card = cards.get((one.record.evaluation.scorecard, one.record.evaluation.version))
        if card is None:
            continue
        call = one.call
        if call.language is None:
            call = call.model_copy(update={"language": card.language})
        found.append(
            Evaluated(
                call=call,
                scorecard=card,
                evaluation=one.record.evaluation,
                findings=store.findings(one.record.findings_key) or (),
            )
        )
    return tuple(found)


def advise(
    store: Store, packs: Packs, *, window: Window, csr_id: str | None = None
) -> tuple[Advice, ...]:
    """Advice for each CSR with graded calls in the window, or for one; sorted by CSR id."""
    wanted = CallFilter(csr_id=csr_id, from_=window.from_at, to=window.to_at)
    all_evaluated = evaluated_of(store.latest_evaluations(wanted), store, packs)
    by_csr: dict[str, list[Evaluated]] = {}
    for one in all_evaluated:
        if one.call.csr_id is not None:
            by_csr.setdefault(one.call.csr_id, []).append(one)
    return tuple(_advice(csr, by_csr[csr], packs, window) for csr in sorted(by_csr))


def _advice(csr_id: str, own: list[Evaluated], packs: Packs, window: Window) -> Advice:
    points = weak_points(own, window=window)
    scores = [e.evaluation.score for e in own if e.evaluation and e.evaluation.score is not None]
    return Advice(
        csr_id=csr_id,
        csr_name=next((e.call.csr_name for e in own if e.call.csr_name), None),
        team=next((e.call.team for e in own if e.call.team), None),
        calls=len(own),
        mean_score=round(float(sum(scores) / len(scores)), 2) if scores else None,
        strengths=strengths(own, window=window),
        recommendations=match_courses(
            points, packs.courses, rules=packs.rules, skills=packs.skills
        ),
    )
