"""The site's distributions (`rules/distributions.yaml`), and rules that compare with them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from qa.domain.derivations import Derivation
from qa.domain.distributions import MIN_CALLS, Distribution
from qa.domain.rules import Condition, Rule
from qa.packs.derivations import derivation_digest
from qa.packs.nouns import Source, build
from qa.packs.rules import rule_digest
from qa.packs.yaml_reader import read_plain
from transcribe.errors import CodedError, CodedErrors

FILE = "distributions.yaml"
Judged = TypeVar("Judged", Rule, Derivation)
_FILLED_IN = "site_"  # what of a condition's parameters comes from the distributions


def load_distributions(path: Path, *, name: str) -> tuple[Distribution, ...]:
    """The file's distributions; none where there is no file.

    Errors, all at once: those of `read_plain` and `build`; QA213 another top level, QA310
    percentiles that do not rise.
    """
    if not path.is_file():
        return ()
    value, places = read_plain(path, name=name)
    source = Source(name, places)
    body = value.get("distributions") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(body, list):
        raise CodedError("QA213", place=f"{name}:1:1", wanted="distributions: [...]")
    made = []
    for index, raw in enumerate(body):
        one = build(Distribution, raw, source, ("distributions", index))
        if one is not None and list(one.values) != sorted(one.values):
            source.add("QA310", ("distributions", index, "values"), measure=one.measure)
        if one is not None:
            made.append(one)
    if source.errors:
        raise CodedErrors(source.errors)
    return tuple(made)


def compared(rule: Judged, distributions: Sequence[Distribution]) -> Judged:
    """The rule or derivation with the site's values for its percentiles, and its digest with them.

    So another distribution changes only the rules that compare with it, and only these are
    judged again. Rules without a percentile stay as they are.
    """
    changed = tuple(_compared(one, rule, distributions) for one in rule.conditions)
    return _with(rule, changed)


def as_written(rule: Judged) -> Judged:
    """The rule as its file has it, without the site's values: what its own cases are judged by."""
    return _with(
        rule,
        tuple(
            one.model_copy(update={"params": {k: v for k, v in one.params.items() if _written(k)}})
            if not all(map(_written, one.params))
            else one
            for one in rule.conditions
        ),
    )


def _written(name: str) -> bool:
    return not name.startswith(_FILLED_IN)


def _with(rule: Judged, conditions: tuple[Condition, ...]) -> Judged:
    if all(new is old for new, old in zip(conditions, rule.conditions, strict=True)):
        return rule
    made = rule.model_copy(update={"conditions": conditions})
    return made.model_copy(update={"digest": _digest(made)})


def _digest(one: Rule | Derivation) -> str:
    return rule_digest(one) if isinstance(one, Rule) else derivation_digest(one)


def _compared(
    condition: Condition, rule: Rule | Derivation, distributions: Sequence[Distribution]
) -> Condition:
    params = condition.params
    percentiles = {
        side: value
        for side in ("above", "below")
        if isinstance(value := params.get(f"{side}_percentile"), int | float) and 0 <= value <= 100
    }
    if not percentiles:
        return condition
    known = next(
        (
            one
            for one in distributions
            if (one.measure, one.language, one.speaker, one.per)
            == (condition.operator, rule.language, params.get("speaker"), params.get("per", "call"))
        ),
        None,
    )
    site: dict[str, object] = {"site_calls": known.calls if known else 0}
    if known is not None and known.calls >= MIN_CALLS:
        site |= {f"site_{side}_per_min": known.at(value) for side, value in percentiles.items()}
    return condition.model_copy(update={"params": {**params, **site}})
