"""`role`: how much of the call is a party's, or nobody knows whose."""

from typing import Literal, Self

from pydantic import model_validator

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.bounds import beyond, require_one
from qa.findings.hits import Hit, Selected, View
from qa.findings.operator import register, told
from transcribe.noun import Noun


class Role(Noun):
    is_: Literal["csr", "customer", "unknown"] = told(
        "whose turns: csr, customer, or unknown (nobody knows whose)",
        "谁的话轮：csr 座席、customer 客户、unknown 说话人不明",
        alias="is",
    )
    above_share: float | None = told(
        "more than this part of the turns, 0-1", "话轮占比高于此值，0-1", None, ge=0, lt=1
    )
    below_share: float | None = told(
        "less than this part of the turns, 0-1", "话轮占比低于此值，0-1", None, gt=0, le=1
    )

    @model_validator(mode="after")
    def _a_bound(self) -> Self:
        require_one(self, "above_share", "below_share")
        return self


@register(
    "role",
    title=("role", "角色"),
    params=Role,
    needs=lambda want: (),
    example="role: {is: unknown, above_share: 0.2}",
)
def role(view: View, want: Role, window: Window | None, limits: Limits) -> Selected:
    """The searched stretch, when the role's part of its turns lies beyond a bound.

    Where turns of unknown speakers decide, the part of a party is unknown.
    """
    search = view.search(None, window)
    turns = len(search.turns)
    if not turns:
        return Selected(search=search, missing=("speakers", "no_turns"))
    own = sum(turn.speaker == want.is_ for turn in search.turns)
    unknown = sum(turn.speaker == "unknown" for turn in search.turns)
    most = own if want.is_ == "unknown" else own + unknown
    fits = {
        beyond(count / turns, above=want.above_share, below=want.below_share)
        for count in range(own, most + 1)
    }
    if len(fits) > 1:
        return Selected(search=search, missing=("speakers", "unknown_turns"))
    if fits == {False}:
        return Selected(search=search)
    fact = Fact(
        kind="role",
        speaker=want.is_,
        start_s=search.span.start_s,
        end_s=search.span.end_s,
        value=round(own / turns, 4),
        unit="share",
    )
    return Selected((Hit(fact),), search)
