"""`says_number`: a party reads out a number, however it is said."""

from functools import cached_property
from typing import Any, Self

import re2
from pydantic import model_validator

from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun


class SaysNumber(Noun):
    speaker: Party | None = told("who reads it out; empty: anyone", "说话方；空为任何一方", None)
    matches: str | None = told(
        "RE2 pattern that the whole number must match, in digits: 138\\d{8}",
        "整个号码（写成数字）须符合的 RE2 正则，如 138\\d{8}",
        None,
        min_length=1,
    )
    min_digits: int = told("fewest digits", "最少位数", 3, ge=3, le=64)
    max_digits: int = told("most digits", "最多位数", 64, ge=3, le=64)

    @model_validator(mode="after")
    def _can_match(self) -> Self:
        if self.min_digits > self.max_digits:
            raise wrong(
                "min_digits is more than max_digits, so no number fits",
                "min_digits 大于 max_digits，没有号码能符合",
            )
        if self.matches is not None:
            try:
                assert self.pattern is not None
            except re2.error as error:
                why = error.args[0] if error.args else ""
                shown = why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)
                raise wrong(
                    f"matches is no RE2 pattern: {shown} (no look-around, no back-references)",
                    f"matches 不是 RE2 正则：{shown}（没有前后断言和回溯引用）",
                ) from error
        return self

    @cached_property
    def pattern(self) -> Any:
        """`matches` compiled, None without it. Raises re2.error."""
        if self.matches is None:
            return None
        options = re2.Options()
        options.log_errors = False
        return re2.compile(self.matches, options)

    def fits(self, digits: str) -> bool:
        """True for a number of the right length that the pattern matches as a whole."""
        return self.min_digits <= len(digits) <= self.max_digits and (
            self.pattern is None or self.pattern.fullmatch(digits) is not None
        )


@register(
    "says_number",
    title=("says a number", "报号码"),
    params=SaysNumber,
    needs=lambda want: ("speakers",) if want.speaker else (),
    example='says_number: {speaker: customer, matches: "1[3-9][0-9]{9}"}',
    weighs_speakers=True,
)
def says_number(view: View, want: SaysNumber, window: Window | None, limits: Limits) -> Selected:
    """Numbers read out digit by digit: "one three eight double five", 幺三八五五 or 13855.

    Masked numbers are no longer there: `discloses` finds those by their kind.
    """
    search = view.search(want.speaker, window)
    found = [
        fact
        for fact in view.of(("number",))
        if (want.speaker is None or fact.speaker in (want.speaker, "unknown"))
        and search.holds(fact)
        and want.fits(str(fact.value))
    ]
    hits = sort_hits(found, limits, search, whose=want.speaker is not None)
    return Selected(hits, search, wanted=("number",))
