"""Transfers, as the switch told them."""

from qa.domain.call import Call
from qa.domain.facts import Fact

VERSION = "1"


def transfers(call: Call) -> tuple[Fact, ...]:
    """Facts of kind "transfer", value who took the call over (null when nobody said)."""
    return tuple(
        Fact(kind="transfer", start_s=event.start_s, end_s=event.start_s, value=event.to)
        for event in call.events or ()
        if event.kind == "transfer"
    )
