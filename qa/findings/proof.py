"""The places in a call that prove what is said of it, as findings and derived facts carry them."""

from collections.abc import Iterable, Mapping, Sequence

from qa.domain.facts import Candidate
from qa.domain.findings import Evidence, Nearest
from qa.findings.ground import Ground
from qa.findings.hits import Hit, Selected

MAX_EVIDENCE = 12  # guess: more places than a person will listen to


def proven_by(
    ground: Ground, uses: Iterable[str], selected: Mapping[str, Selected]
) -> Sequence[Hit]:
    """The ground's hits, those that sum up several places by these; and how far a flow came."""
    summed = [one for use in uses if (one := selected[use]).proof]
    if not summed:
        return ground.hits
    places = {hit: one.proof for one in summed for hit in one.hits}
    proof = [place for hit in ground.hits for place in places.get(hit, (hit,))]
    return proof + [place for absence in ground.absent for place in selected[absence.use].proof]


def evidence_of(hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    """The places of the hits, each once."""
    made: dict[tuple[object, ...], Evidence] = {}
    for hit in hits:
        fact = hit.fact
        key = (fact.turn, fact.speaker, fact.start_s, fact.end_s, fact.quote)
        if key not in made:
            made[key] = Evidence(
                turn=fact.turn,
                speaker=fact.speaker,
                start_s=fact.start_s,
                end_s=fact.end_s,
                quote=fact.quote,
            )
            if len(made) == MAX_EVIDENCE:
                break
    return tuple(made.values())


def nearest_noun(candidate: Candidate | None) -> Nearest | None:
    """What came nearest, where it was said in a turn."""
    if candidate is None or candidate.turn is None or not candidate.quote:
        return None
    return Nearest(
        quote=candidate.quote,
        turn=candidate.turn,
        start_s=candidate.start_s,
        end_s=candidate.end_s,
        distance=candidate.distance,
        wanted=candidate.wanted,
    )
