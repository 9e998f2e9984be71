"""Silences that an exception covers: what was said, or was on hold, just before them."""

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.findings.hits import Hit, View, sort_hits

# How long after the notice a silence may begin: time for the customer's "okay" (guess; the same
# as for holds that are heard, qa.facts.holds).
WITHIN_S = 6.0
# The last word's time may lie a little after the voice's end (guess, as above).
_SLACK_S = 0.5


def less_excused(
    view: View,
    hits: tuple[Hit, ...],
    kinds: tuple[str, ...],
    limits: Limits,
    *,
    within_s: float,
) -> tuple[Hit, ...]:
    """The hits less those covered by something of these kinds; perhaps covered is a doubt.

    Covered: it was said (or the hold ended) at most within_s before the silence began, or lasts
    into it.
    """
    if not kinds or not hits:
        return hits
    said = sort_hits(view.of(kinds), limits)
    near = [c for c in view.near(kinds) if c.distance <= limits.near_distance]
    doubtful = (*(hit.fact for hit in said if hit.doubt), *near)
    kept = []
    for hit in hits:
        if any(_covers(one.fact, hit.fact, within_s) for one in said if one.sure):
            continue
        if hit.sure and any(_covers(fact, hit.fact, within_s) for fact in doubtful):
            hit = Hit(hit.fact, "perhaps_excused")
        kept.append(hit)
    return tuple(kept)


def _covers(fact: Fact, silence: Fact, within_s: float) -> bool:
    if fact.start_s >= silence.end_s or fact.start_s > silence.start_s + _SLACK_S:
        return False
    return fact.end_s >= silence.start_s - within_s
