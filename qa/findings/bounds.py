"""Bounds on a measured value: above the one, below the other."""

from qa.domain.facts import Fact
from qa.findings.hits import View
from qa.findings.operator import wrong
from transcribe.noun import Noun
from transcribe.transcript import Speaker


def require_one(want: Noun, *names: str) -> None:
    """Raises, sayable in both languages, when none of the named parameters is given."""
    if all(getattr(want, name) is None for name in names):
        *most, last = names
        raise wrong(
            f"give {', '.join(most)} or {last}",
            f"{'、'.join(names)} 至少写一个",
        )


def beyond(value: float, *, above: float | None, below: float | None) -> bool:
    """True for a value above the one bound or below the other; None: no such bound."""
    return (above is not None and value > above) or (below is not None and value < below)


def of_whole_call(view: View, kind: str, speaker: Speaker | None) -> Fact | None:
    """The call's own measure of this kind and speaker (None: of all); None where there is none."""
    for fact in view.of((kind,)):
        if fact.turn is None and fact.speaker == speaker and isinstance(fact.value, int | float):
            return fact
    return None


def value_of(fact: Fact) -> float:
    """The number a measured fact has; 0 where its value is text."""
    return float(fact.value) if isinstance(fact.value, int | float) else 0.0
