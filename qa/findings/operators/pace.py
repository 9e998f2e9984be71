"""`pace`: a party's speech rate lies outside a band."""

from typing import Literal, Self

from pydantic import model_validator

from qa.domain.distributions import MIN_CALLS
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.bounds import beyond, require_one, value_of
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun


class Pace(Noun):
    speaker: Party = told("whose pace", "说话方")
    per: Literal["call", "turn"] = told(
        "`call` (one average) or `turn`", "`call`（整通平均）或 `turn`（逐话轮）", "call"
    )
    above_per_min: float | None = told(
        "faster than this: characters (zh) or words (en) a minute; beside a percentile, the bound "
        "in the rule's own cases and until the site has calls enough",
        "快于此值：字/分或词/分；与百分位同写时，用于规则自带案例，以及本站通话还不够多时",
        None,
        gt=0,
    )
    below_per_min: float | None = told(
        "slower than this: characters (zh) or words (en) a minute; beside a percentile as above",
        "慢于此值：字/分或词/分；与百分位同写时同上",
        None,
        gt=0,
    )
    above_percentile: float | None = told(
        "faster than so many percent of the site's own calls (`qa distributions` reads them off)",
        "快于本站百分之多少的通话（由 `qa distributions` 统计）",
        None,
        gt=0,
        lt=100,
    )
    below_percentile: float | None = told(
        "slower than all but so many percent of the site's own calls",
        "慢到只有本站百分之多少的通话更慢",
        None,
        gt=0,
        lt=100,
    )
    site_above_per_min: float | None = told(
        "the site's value; filled in, never written by hand", "本站的值；自动填入，不用手写", None
    )
    site_below_per_min: float | None = told(
        "the site's value; filled in, never written by hand", "本站的值；自动填入，不用手写", None
    )
    site_calls: int = told(
        "calls the site's values rest on; filled in, never written by hand",
        "本站的值所依据的通话数；自动填入，不用手写",
        0,
        ge=0,
    )

    @model_validator(mode="after")
    def _a_bound(self) -> Self:
        require_one(self, "above_per_min", "below_per_min", "above_percentile", "below_percentile")
        above, below = self.above_percentile, self.below_percentile
        if above is not None and below is not None and above <= below:
            raise wrong(
                "every call lies above above_percentile or below below_percentile",
                "所有通话不是高于 above_percentile 就是低于 below_percentile",
            )
        return self

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The upper and the lower bound: the site's own where there are calls enough."""
        above, below = self.site_above_per_min, self.site_below_per_min
        return (
            self.above_per_min if above is None else above,
            self.below_per_min if below is None else below,
        )

    @property
    def calls_short(self) -> int:
        """How many calls more the site needs before a percentile without a fixed bound counts."""
        above, below = self.bounds
        waits = (self.above_percentile is not None and above is None) or (
            self.below_percentile is not None and below is None
        )
        return max(1, MIN_CALLS - self.site_calls) if waits else 0


@register(
    "pace",
    title=("pace", "语速"),
    params=Pace,
    needs=lambda want: ("speakers", "turn_ends", "activity"),
    example="pace: {speaker: csr, above_percentile: 95, above_per_min: 320}",
    takes_window=lambda want: want.per == "turn",
)
def pace(view: View, want: Pace, window: Window | None, limits: Limits) -> Selected:
    """Paces outside the band: above the one bound or below the other.

    A bound is fixed, or a percentile of the site's own calls; until the site has 200 measured
    calls a percentile without a fixed bound beside it abstains and says how many more it needs.
    """
    search = view.search(want.speaker, window)
    if want.calls_short:
        return Selected(search=search, missing=(f"site_pace {want.calls_short}", "too_few_calls"))
    above, below = want.bounds
    found = [
        fact
        for fact in view.of(("pace",))
        if fact.speaker == want.speaker
        and (fact.turn is not None) == (want.per == "turn")
        and (window is None or search.holds(fact))
        and isinstance(fact.value, int | float)
        and beyond(value_of(fact), above=above, below=below)
    ]
    return Selected(sort_hits(found, limits, search), search)
