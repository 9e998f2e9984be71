"""`talk_share`: a party's part of all the talking is large or small."""

from typing import Self

from pydantic import model_validator

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.bounds import beyond, of_whole_call, require_one, value_of
from qa.findings.hits import Hit, Selected, View
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class TalkShare(Noun):
    speaker: Party = told("whose share", "说话方")
    above_share: float | None = told(
        "more than this part of the talking, 0-1", "占比高于此值，0-1", None, ge=0, lt=1
    )
    below_share: float | None = told(
        "less than this part of the talking, 0-1", "占比低于此值，0-1", None, gt=0, le=1
    )

    @model_validator(mode="after")
    def _a_bound(self) -> Self:
        require_one(self, "above_share", "below_share")
        return self


@register(
    "talk_share",
    title=("talk share", "通话占比"),
    params=TalkShare,
    needs=lambda want: ("two_channels", "activity"),
    example="talk_share: {speaker: csr, above_share: 0.8}",
    takes_window=lambda want: False,
)
def talk_share(view: View, want: TalkShare, window: Window | None, limits: Limits) -> Selected:
    """The party's voiced time over that of both, when it lies beyond a bound."""
    fact = of_whole_call(view, "talk_share", want.speaker)
    search = view.search(None, None)
    if fact is None:
        return Selected(search=search, missing=("talk_share", "nobody_spoke"))
    if not beyond(value_of(fact), above=want.above_share, below=want.below_share):
        return Selected(search=search)
    return Selected((Hit(fact),), search)
