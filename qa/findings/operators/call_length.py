"""`call_length`: the call is long or short."""

from typing import Self

from pydantic import model_validator

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.bounds import beyond, of_whole_call, require_one, value_of
from qa.findings.hits import Hit, Selected, View
from qa.findings.operator import register, told
from transcribe.noun import Noun


class CallLength(Noun):
    above_s: float | None = told("longer than this, seconds", "长于多少秒", None, gt=0)
    below_s: float | None = told("shorter than this, seconds", "短于多少秒", None, gt=0)

    @model_validator(mode="after")
    def _a_bound(self) -> Self:
        require_one(self, "above_s", "below_s")
        return self


@register(
    "call_length",
    title=("call length", "通话时长"),
    params=CallLength,
    needs=lambda want: (),
    example="call_length: {below_s: 30}",
    takes_window=lambda want: False,
)
def call_length(view: View, want: CallLength, window: Window | None, limits: Limits) -> Selected:
    """The whole call, when it lasts longer than the one bound or less than the other."""
    search = view.search(None, None)
    fact = of_whole_call(view, "duration", None)
    if fact is None:
        return Selected(search=search, missing=("duration", "not_told"))
    if not beyond(value_of(fact), above=want.above_s, below=want.below_s):
        return Selected(search=search)
    return Selected((Hit(fact),), search)
