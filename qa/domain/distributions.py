"""Distributions: how the site's own calls lie on a measure, so that rules can compare with them."""

from typing import Literal

from pydantic import Field

from transcribe.noun import Noun
from transcribe.transcript import Language

# So many calls a language before a percentile counts (guess: the 5th percentile of 200 calls
# still has ten of them below it).
MIN_CALLS = 200


class Distribution(Noun):
    """One measure of one party over the site's calls, as its percentiles 0-100."""

    measure: Literal["pace"]
    language: Language
    speaker: Literal["csr", "customer"]
    per: Literal["call", "turn"]
    unit: str
    calls: int = Field(ge=0, description="calls it was read off")
    values: tuple[float, ...] = Field(
        min_length=101, max_length=101, description="the 0th to the 100th percentile, rising"
    )

    def at(self, percentile: float) -> float:
        """The value below which so many percent lie; between whole percentiles on the line."""
        low = min(int(percentile), 99)
        below, above = self.values[low], self.values[low + 1]
        return round(below + (above - below) * (percentile - low), 1)
