"""`loudness`: a party speaks loudly or quietly, or louder than they usually do."""

from statistics import median
from typing import Literal, Self

from pydantic import model_validator

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.findings.bounds import beyond, require_one, value_of
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun

# What is usual for a party is the middle of so many measured turns or more (guess: with fewer,
# one loud turn is half of what is usual). In a calm call of two people, 27 turns, all lay within
# 4 dB of their own usual.
MIN_USUAL_TURNS = 5
_CHANGES = ("rises_db", "falls_db")


class Loudness(Noun):
    speaker: Party = told("whose voice", "说话方")
    per: Literal["call", "turn"] = told(
        "`call` (one average) or `turn`", "`call`（整通平均）或 `turn`（逐话轮）", "turn"
    )
    above_dbfs: float | None = told(
        "louder than this level, dBFS (0 is full scale; it hangs on the recording chain)",
        "电平高于此值，dBFS（0 为满幅；与录音设备有关）",
        None,
        le=0,
    )
    below_dbfs: float | None = told(
        "quieter than this level, dBFS", "电平低于此值，dBFS", None, le=0
    )
    rises_db: float | None = told(
        "a turn so many dB or more above the party's own usual (the middle of their turns)",
        "该话轮比本人平时（各话轮的中位数）高出多少分贝及以上",
        None,
        gt=0,
    )
    falls_db: float | None = told(
        "a turn so many dB or more below the party's own usual",
        "该话轮比本人平时低多少分贝及以上",
        None,
        gt=0,
    )

    @model_validator(mode="after")
    def _a_bound(self) -> Self:
        require_one(self, "above_dbfs", "below_dbfs", *_CHANGES)
        if self.per == "call" and self.changes:
            raise wrong(
                "rises_db and falls_db are about single turns, not about the call",
                "rises_db、falls_db 只用于逐话轮，不能用于整通",
            )
        return self

    @property
    def changes(self) -> bool:
        """True when a turn is compared with the party's own usual."""
        return any(getattr(self, name) is not None for name in _CHANGES)


@register(
    "loudness",
    title=("loudness", "音量"),
    params=Loudness,
    needs=lambda want: ("speakers", "two_channels", "loudness"),
    example="loudness: {speaker: csr, rises_db: 8}",
    takes_window=lambda want: want.per == "turn",
)
def loudness(view: View, want: Loudness, window: Window | None, limits: Limits) -> Selected:
    """Levels beyond a bound, and turns that stand out from the party's own usual.

    Turns with less than a second of voice are not measured.
    """
    search = view.search(want.speaker, window)
    measured = [
        fact
        for fact in view.of(("loudness",))
        if fact.speaker == want.speaker and (fact.turn is not None) == (want.per == "turn")
    ]
    inside = [fact for fact in measured if window is None or search.holds(fact)]
    found = [
        fact
        for fact in inside
        if beyond(value_of(fact), above=want.above_dbfs, below=want.below_dbfs)
    ]
    if not want.changes:
        return Selected(sort_hits(found, limits, search), search)
    if len(measured) < MIN_USUAL_TURNS:
        return Selected(search=search, missing=("loudness", "too_few_turns"))
    usual_dbfs = median(value_of(fact) for fact in measured)
    level_found = {fact.turn for fact in found}
    found += [
        changed
        for fact in inside
        if fact.turn not in level_found and (changed := _changed(fact, usual_dbfs, want))
    ]
    return Selected(sort_hits(found, limits, search), search)


def _changed(fact: Fact, usual_dbfs: float, want: Loudness) -> Fact | None:
    """The turn's distance from the usual as a fact, where it is far enough."""
    change_db = round(value_of(fact) - usual_dbfs, 1)
    rises = want.rises_db is not None and change_db >= want.rises_db
    falls = want.falls_db is not None and -change_db >= want.falls_db
    if not (rises or falls):
        return None
    kind = "loudness_rise" if rises else "loudness_fall"
    return fact.model_copy(update={"kind": kind, "value": abs(change_db), "unit": "db"})
