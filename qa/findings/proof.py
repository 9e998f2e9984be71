"""The places in a call that prove what is said of it, as findings and derived facts carry them."""

from collections.abc import Iterable, Mapping, Sequence

from qa.domain.facts import Candidate, Fact
from qa.domain.findings import Nearest
from qa.findings.ground import Ground
from qa.findings.hits import Hit, Selected

# The fields of evidence; the noun that holds it makes and checks it, in half the time.
Place = Mapping[str, object]

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


def place_of(fact: Fact) -> Place:
    """Where the fact stands, and what is said there."""
    return {
        "turn": fact.turn,
        "speaker": fact.speaker,
        "start_s": fact.start_s,
        "end_s": fact.end_s,
        "quote": fact.quote,
    }


def evidence_of(hits: Iterable[Hit]) -> list[Place]:
    """The places of the hits, each once."""
    made: list[Place] = []
    for hit in hits:
        place = place_of(hit.fact)
        if place not in made:
            made.append(place)
            if len(made) == MAX_EVIDENCE:
                break
    return made


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
