"""评分 -> 辅导: stored evaluations to weak points, strengths and courses."""

from collections.abc import Collection, Iterable, Mapping

from qa.coaching.courses import match_courses
from qa.coaching.strengths import strengths
from qa.coaching.weak_points import weak_points
from qa.domain.coaching import Evaluated, Recommendation, Strength, Window
from qa.domain.packs import Packs
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
    graded: Iterable[Graded], store: Store, packs: Packs, *, every_form: bool = False
) -> tuple[Evaluated, ...]:
    """Stored evaluations with the form they were marked on and their findings.

    A call graded on several forms counts once, by the form it was marked on last, so that no
    point is lost twice; `every_form` gives them all. An evaluation on a form that the packs no
    longer have in that version is left out; `qa run` makes a new one.
    """
    cards = {(card.id, card.version): card for card in packs.scorecards}
    known = [g for g in graded if _form_of(g) in cards]
    newest = {g.call.id: g.record.id for g in sorted(known, key=lambda g: g.record.id)}
    found = []
    for one in known:
        if not every_form and one.record.id != newest[one.call.id]:
            continue
        card = cards[_form_of(one)]
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


def _form_of(graded: Graded) -> tuple[str, str]:
    return graded.record.evaluation.scorecard, graded.record.evaluation.version


def advise(
    store: Store,
    packs: Packs,
    *,
    window: Window,
    csr_id: str | None = None,
    failed: Mapping[tuple[str, str], Collection[str]] | None = None,
) -> tuple[Advice, ...]:
    """Advice for each CSR with graded calls in the window, or for one; sorted by CSR id.

    failed: by CSR and skill, courses that did not help; see `match_courses`.
    """
    wanted = CallFilter(csr_id=csr_id, from_=window.from_at, to=window.to_at)
    all_evaluated = evaluated_of(store.latest_evaluations(wanted), store, packs)
    by_csr: dict[str, list[Evaluated]] = {}
    for one in all_evaluated:
        if one.call.csr_id is not None:
            by_csr.setdefault(one.call.csr_id, []).append(one)
    return tuple(_advice(csr, by_csr[csr], packs, window, failed) for csr in sorted(by_csr))


def _advice(
    csr_id: str,
    own: list[Evaluated],
    packs: Packs,
    window: Window,
    failed: Mapping[tuple[str, str], Collection[str]] | None,
) -> Advice:
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
            points, packs.courses, rules=packs.rules, skills=packs.skills, failed=failed
        ),
    )
