"""Selecting measured facts: one kind, a party, a window, bounds on the value."""

from qa.domain.facts import Fact, Facts
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, search_of, sort_hits
from transcribe.transcript import Speaker


def select_measured(
    facts: Facts,
    kind: str,
    window: Window | None,
    limits: Limits,
    *,
    speaker: Speaker | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
    below: float | None = None,
    above: float | None = None,
    turns: bool | None = None,
) -> Selected:
    """Facts of `kind` whose value lies in the bounds.

    speaker None: whoever. turns: True only facts of a turn, False only facts of the whole call.
    """
    search = search_of(facts, None, window)

    def fits(fact: Fact) -> bool:
        value = fact.value if isinstance(fact.value, int | float) else None
        return (
            fact.kind == kind
            and (speaker is None or fact.speaker in (speaker, "unknown"))
            and (turns is None or (fact.turn is not None) == turns)
            and (window is None or search.holds(fact))
            and (at_least is None or (value is not None and value >= at_least))
            and (at_most is None or (value is not None and value <= at_most))
            and (below is None or (value is not None and value < below))
            and (above is None or (value is not None and value > above))
        )

    found = [fact for fact in facts.facts if fits(fact)]
    return Selected(hits=sort_hits(found, limits), search=search)
