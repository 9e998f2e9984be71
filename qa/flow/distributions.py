"""`qa distributions`: how the site's own calls lie, written where its rules find it."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import Field

from qa.domain.derivations import Derivation
from qa.domain.distributions import MIN_CALLS, Distribution
from qa.domain.facts import Facts
from qa.domain.rules import Rule
from qa.flow.kept_columns import current_columns
from qa.packs.distributions import FILE, compared
from qa.store.store import Store
from transcribe.errors import CodedError
from transcribe.noun import Noun
from transcribe.transcript import Language

# The newest calls that are read (guess: a percentile of 5,000 calls stands still to a tenth).
MOST_CALLS = 5_000
AT_ONCE = 500  # evaluations whose facts are held at once (guess)

Group = tuple[Language, Literal["csr", "customer"], Literal["call", "turn"], str]
_HEAD = """# The site's distributions, read off its calls by `qa distributions`; not edited by hand.
# 本站通话的分布，由 `qa distributions` 统计生成，不要手改。
"""


class Waiting(Noun):
    """A rule that compares with a percentile of too few calls."""

    rule_id: str
    language: Language
    calls_short: int = Field(ge=1)


class ReadOff(Noun):
    """`qa distributions --json`: what was read off, where it stands, and which rules wait."""

    path: str
    calls: int = Field(ge=0)
    distributions: tuple[Distribution, ...]
    waiting: tuple[Waiting, ...]


def read_off(store: Store, *, file: Path | None = None) -> tuple[int, tuple[Distribution, ...]]:
    """How many calls were read, and each measure's percentiles over them.

    file: see `current_columns`.
    """
    found: dict[Group, list[float]] = {}
    calls: dict[Group, int] = {}
    count = 0
    for facts in _newest(store, file):
        count += 1
        for group, values in _paces(facts).items():
            found.setdefault(group, []).extend(values)
            calls[group] = calls.get(group, 0) + 1
    made = []
    for group in sorted(found):
        language, speaker, per, unit = group
        values = np.percentile(np.array(found[group]), np.arange(101))
        made.append(
            Distribution(
                measure="pace",
                language=language,
                speaker=speaker,
                per=per,
                unit=unit,
                calls=calls[group],
                values=tuple(round(float(value), 1) for value in values),
            )
        )
    return count, tuple(made)


def write_distributions(root: Path, made: Iterable[Distribution]) -> Path:
    """The file under `root`, replaced whole. Raises QA311 when it cannot be written."""
    path = root / "rules" / FILE
    body = "".join(_entry(one) for one in made)
    text = _HEAD + ("distributions:\n" + body if body else "distributions: []\n")
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=".making-", delete=False
        ) as held:
            held.write(text)
        os.replace(held.name, path)
    except OSError as error:
        why = error.strerror or str(error)
        raise CodedError("QA311", place=str(path), why=why) from error
    return path


def waiting(
    rules: Iterable[Rule],
    made: Sequence[Distribution],
    derivations: Iterable[Derivation] = (),
) -> tuple[Waiting, ...]:
    """The rules and derivations with a percentile of too few calls, with or without a bound."""
    asked: list[Rule | Derivation] = [
        *(compared(one, made) for one in rules if one.status != "retired"),
        *(compared(one, made) for one in derivations),
    ]
    found = []
    for one in asked:
        short = [
            MIN_CALLS - seen
            for condition in one.conditions
            if isinstance(seen := condition.params.get("site_calls"), int) and seen < MIN_CALLS
        ]
        if short:
            found.append(Waiting(rule_id=one.id, language=one.language, calls_short=max(short)))
    return tuple(found)


def _newest(store: Store, file: Path | None) -> Iterator[Facts]:
    """Facts of the newest graded calls, each call once."""
    of = current_columns(store, file)
    call = np.cumsum(of.call_id[1:] != of.call_id[:-1], dtype=np.int64) if of.size else of.id
    order = np.argsort(-np.concatenate([[0], call])[: of.size], kind="stable")
    seen: set[str] = set()
    for start in range(0, of.size, AT_ONCE):
        part = order[start : start + AT_ONCE]
        facts = store.facts_of_evaluations([int(one) for one in of.id[part]])
        for at in part:
            name = str(of.call_id[at])
            if name in seen or int(of.id[at]) not in facts:
                continue
            if len(seen) == MOST_CALLS:
                return
            seen.add(name)
            yield facts[int(of.id[at])]


def _paces(facts: Facts) -> dict[Group, list[float]]:
    found: dict[Group, list[float]] = {}
    for fact in facts.of("pace"):
        if fact.speaker not in ("csr", "customer") or not isinstance(fact.value, float):
            continue
        speaker: Literal["csr", "customer"] = "csr" if fact.speaker == "csr" else "customer"
        per: Literal["call", "turn"] = "call" if fact.turn is None else "turn"
        group = (facts.language, speaker, per, fact.unit or "")
        found.setdefault(group, []).append(fact.value)
    return found


def _entry(one: Distribution) -> str:
    values = ", ".join(f"{value:.1f}" for value in one.values)
    return (
        f"  - measure: {one.measure}\n    language: {one.language}\n    speaker: {one.speaker}\n"
        f"    per: {one.per}\n    unit: {one.unit}\n    calls: {one.calls}\n"
        f"    values: [{values}]\n"
    )
