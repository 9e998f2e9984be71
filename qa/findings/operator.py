"""What an operator is, and how one is registered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from inspect import cleandoc
from typing import Any, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qa.domain.facts import NEEDS
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.domain.text import Text
from qa.findings.hits import Selected, View
from transcribe.noun import Noun

Party = Literal["csr", "customer"]


def told(en: str, zh: str, default: Any = ..., **bounds: Any) -> Any:
    """A parameter's field: its default, its bounds, and its manual in both languages."""
    return Field(default, description=en, json_schema_extra={"zh": zh}, **bounds)


def wrong(en: str, zh: str) -> PydanticCustomError:
    """What a parameters' validator raises, sayable in both languages."""
    return PydanticCustomError("told", "{en}", {"en": en, "zh": zh})


@dataclass(frozen=True, slots=True)
class Operator:
    """One word of the rule language: its parameters' model, its needs, its function.

    needs: which measurements (qa.domain.facts.NEEDS) these parameters need.
    select: the facts that fit; never a verdict.
    takes_window: whether a window means anything with these parameters.
    weighs_speakers: its hits in turns of unknown speakers are possible ones, so not knowing
    some speaker leaves only what those turns decide open.
    """

    name: str
    title: Text
    params: type[Noun]
    needs: Callable[[Any], tuple[str, ...]]
    select: Callable[[View, Any, Window | None, Limits], Selected]
    example: str
    doc: str
    takes_window: Callable[[Any], bool]
    weighs_speakers: bool


def run(
    operator: Operator, view: View, want: Noun, window: Window | None, limits: Limits
) -> Selected:
    """What the operator selects, marked unknown where a need is missing."""
    selected = operator.select(view, want, window, limits)
    missing = view.facts.missing
    for need in operator.needs(want) if missing else ():
        weighed = need == "speakers" and operator.weighs_speakers and view.facts.turns
        if need in missing and not weighed:
            return selected._replace(missing=(need, missing[need]))
    return selected


Registry = dict[str, Operator]
_REGISTRY: Registry = {}


def register(
    name: str,
    *,
    title: tuple[str, str],
    params: type[Noun],
    needs: Callable[[Any], tuple[str, ...]],
    example: str,
    takes_window: Callable[[Any], bool] = lambda want: True,
    weighs_speakers: bool = False,
) -> Callable[[Callable[..., Selected]], Callable[..., Selected]]:
    """Decorator that puts a function into the registry; title is (en, zh)."""

    def add(select: Callable[..., Selected]) -> Callable[..., Selected]:
        if name in _REGISTRY:
            raise ValueError(f"operator {name!r} is registered twice")
        _REGISTRY[name] = Operator(
            name=name,
            title=Text(en=title[0], zh=title[1]),
            params=params,
            needs=lambda want: _known(needs(want)),
            select=select,
            example=example,
            doc=cleandoc(select.__doc__ or ""),
            takes_window=takes_window,
            weighs_speakers=weighs_speakers,
        )
        return select

    return add


@lru_cache(maxsize=256)  # guess: far more than there are sets of needs
def _known(needs: tuple[str, ...]) -> tuple[str, ...]:
    unknown = set(needs) - set(NEEDS)
    if unknown:
        raise ValueError(f"needs {sorted(unknown)} are not in qa.domain.facts.NEEDS")
    return needs
