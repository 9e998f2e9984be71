"""`turn_count`: how many turns the call, or a party, has."""

from typing import Self

from pydantic import model_validator

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.bounds import require_one
from qa.findings.hits import Hit, Selected, View
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class TurnCount(Noun):
    speaker: Party | None = told("whose turns; empty: all", "说话方；空为双方", None)
    at_least: int | None = told("so many turns or more", "不少于几个话轮", None, ge=1)
    at_most: int | None = told("so many turns or fewer", "不多于几个话轮", None, ge=0)

    @model_validator(mode="after")
    def _a_bound(self) -> Self:
        require_one(self, "at_least", "at_most")
        return self


@register(
    "turn_count",
    title=("turn count", "话轮数"),
    params=TurnCount,
    needs=lambda want: (),
    example="turn_count: {speaker: customer, at_least: 2}",
)
def turn_count(view: View, want: TurnCount, window: Window | None, limits: Limits) -> Selected:
    """The searched stretch, when its turns are so many; both bounds together mean between.

    Where turns of unknown speakers decide, the count is unknown.
    """
    search = view.search(want.speaker, window)
    most = len(search.turns)
    own = [turn for turn in search.turns if want.speaker in (None, turn.speaker)]
    sure = len(own) - sum(turn.index in search.unsure for turn in own)
    if _fits(want, sure) != _fits(want, most):
        return Selected(search=search, missing=("speakers", "unknown_turns"))
    if not _fits(want, sure):
        return Selected(search=search)
    fact = Fact(
        kind="turn_count",
        speaker=want.speaker,
        start_s=search.span.start_s,
        end_s=search.span.end_s,
        value=float(sure),
        unit="turns",
    )
    return Selected((Hit(fact),), search)


def _fits(want: TurnCount, count: int) -> bool:
    return (want.at_least is None or count >= want.at_least) and (
        want.at_most is None or count <= want.at_most
    )
