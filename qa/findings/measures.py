"""Selecting measured facts: one kind, a party, a window, bounds on the value."""

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from transcribe.transcript import Speaker


def select_measured(
    view: View,
    kind: str,
    window: Window | None,
    limits: Limits,
    *,
    speaker: Speaker | None = None,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Selected:
    """Facts of `kind` whose value lies in the bounds, both included; None: no bound.

    speaker None: whoever.
    """
    search = view.search(speaker, window)
    found = [
        fact
        for fact in view.of((kind,))
        if isinstance(fact.value, int | float)
        and (speaker is None or fact.speaker in (speaker, "unknown"))
        and (window is None or search.holds(fact))
        and (at_least is None or fact.value >= at_least)
        and (at_most is None or fact.value <= at_most)
    ]
    return Selected(sort_hits(found, limits, search, whose=speaker is not None), search)
