"""`pace`: a party's speech rate lies outside a band."""

from typing import Literal, Self

from pydantic import model_validator

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun


class Pace(Noun):
    speaker: Party = told("whose pace", "说话方")
    per: Literal["call", "turn"] = told(
        "`call` (one average) or `turn`", "`call`（整通平均）或 `turn`（逐话轮）", "call"
    )
    above_per_min: float | None = told(
        "faster than this: characters (zh) or words (en) a minute",
        "快于此值：字/分或词/分",
        None,
        gt=0,
    )
    below_per_min: float | None = told(
        "slower than this: characters (zh) or words (en) a minute",
        "慢于此值：字/分或词/分",
        None,
        gt=0,
    )

    @model_validator(mode="after")
    def _a_bound(self) -> Self:
        if self.above_per_min is None and self.below_per_min is None:
            raise wrong(
                "give above_per_min, below_per_min or both",
                "请写 above_per_min、below_per_min 或两者",
            )
        return self

    def outside(self, rate: float) -> bool:
        """True for a rate above the one bound or below the other."""
        return (self.above_per_min is not None and rate > self.above_per_min) or (
            self.below_per_min is not None and rate < self.below_per_min
        )


@register(
    "pace",
    title=("pace", "语速"),
    params=Pace,
    needs=lambda want: ("speakers", "turn_ends", "activity"),
    example="pace: {speaker: csr, above_per_min: 320}",
    takes_window=lambda want: want.per == "turn",
)
def pace(view: View, want: Pace, window: Window | None, limits: Limits) -> Selected:
    """Paces outside the band: above the one bound or below the other."""
    search = view.search(want.speaker, window)
    found = [
        fact
        for fact in view.of(("pace",))
        if fact.speaker == want.speaker
        and (fact.turn is not None) == (want.per == "turn")
        and (window is None or search.holds(fact))
        and isinstance(fact.value, int | float)
        and want.outside(fact.value)
    ]
    return Selected(hits=sort_hits(found, limits, search), search=search)
