"""`pace`: a party's speech rate lies outside a band."""

from typing import Literal, Self

from pydantic import model_validator

from qa.domain.facts import Facts
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, sort_hits
from qa.findings.measures import select_measured
from qa.findings.operator import Party, register, told
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
            raise ValueError("give above_per_min, below_per_min or both")
        return self


@register(
    "pace",
    title=("pace", "语速"),
    params=Pace,
    needs=lambda want: ("speakers", "turn_ends", "activity"),
    example="pace: {speaker: csr, above_per_min: 320}",
)
def pace(facts: Facts, want: Pace, window: Window | None, limits: Limits) -> Selected:
    """Paces outside the band: above the one bound or below the other."""
    parts = [
        select_measured(
            facts, "pace", window, limits, speaker=want.speaker, turns=want.per == "turn", **bound
        )
        for bound in ({"above": want.above_per_min}, {"below": want.below_per_min})
        if None not in bound.values()
    ]
    hits = sort_hits([hit.fact for part in parts for hit in part.hits], limits)
    return Selected(hits=hits, search=parts[0].search)
