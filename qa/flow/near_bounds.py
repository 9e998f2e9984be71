"""What an operator bounds, and the measured facts it looks at: how far a value was from a hit."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from qa.domain.facts import Fact
from qa.findings.hits import View

# Parameter -> (whether a hit lies above it, unit).
_BOUNDS = {
    "min_s": (True, "s"), "max_s": (False, "s"), "above_s": (True, "s"), "below_s": (False, "s"),
    "above_per_min": (True, "per_min"), "below_per_min": (False, "per_min"),
    "above_share": (True, "share"), "below_share": (False, "share"),
    "above_dbfs": (True, "dbfs"), "below_dbfs": (False, "dbfs"),
    "at_least": (True, "turns"), "at_most": (False, "turns"),
}  # fmt: skip
# What an operator reads, where its facts have another name; measured of a turn or of the call.
_KINDS = {"call_length": "duration"}
_PER_TURN = ("pace", "filler", "loudness")
_OF_ONE_OR_ALL = ("turn_count",)


class Bound(NamedTuple):
    """A bound as the rule writes it; `above`: a hit lies at or above it."""

    field: str
    value: float
    above: bool
    unit: str

    def short_by(self, value: float) -> float:
        """How far the value is from being a hit; negative for a hit."""
        return self.value - value if self.above else value - self.value


def bounds_of(want: Any) -> Iterator[Bound]:
    """The bounds among an operator's parameters; a site's own instead of the fixed one."""
    for field, (above, unit) in _BOUNDS.items():
        own = getattr(want, f"site_{field}", None)
        value = getattr(want, field, None) if own is None else own
        if isinstance(value, int | float):
            yield Bound(field, float(value), above, unit)


def measured_for(operator: str, want: Any, view: View) -> Iterator[tuple[Fact, float]]:
    """The facts that the operator compares with its bounds, and their values."""
    speaker = getattr(want, "speaker", None) or getattr(want, "by", None)
    of_turns = getattr(want, "per", "call") == "turn"
    for fact in view.of((_KINDS.get(operator, operator),)):
        if not isinstance(fact.value, int | float):
            continue
        if fact.speaker != speaker and (speaker or operator in _OF_ONE_OR_ALL):
            continue
        if operator in _PER_TURN and (fact.turn is not None) != of_turns:
            continue
        yield fact, float(fact.value)
