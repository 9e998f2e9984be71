"""Transfers come from the switch's events alone."""

from qa.domain.call import Call, CallEvent
from qa.facts.transfers import transfers


def test_transfers_are_facts_with_who_took_over() -> None:
    events = (
        CallEvent(kind="hold", start_s=1, end_s=2),
        CallEvent(kind="transfer", start_s=9.5, to="2002"),
        CallEvent(kind="transfer", start_s=20),
    )
    found = transfers(Call(id="c", source="c", events=events))
    assert [(f.kind, f.start_s, f.value) for f in found] == [
        ("transfer", 9.5, "2002"),
        ("transfer", 20, None),
    ]


def test_nobody_told_of_events() -> None:
    assert transfers(Call(id="c", source="c")) == ()
