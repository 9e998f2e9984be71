"""`says`: a party uses wordings of a list, or phrases written in the rule."""

from typing import Self

from pydantic import model_validator

from qa.domain.facts import Candidate, Fact, Facts
from qa.domain.limits import Limits
from qa.domain.patterns import phrase_of
from qa.domain.rules import Window
from qa.findings.hits import Selected, search_of, sort_hits
from qa.findings.operator import Party, register, told
from transcribe.noun import Noun


class Says(Noun):
    speaker: Party | None = told("who says it; empty: anyone", "说话方；空为任何一方", None)
    words: tuple[str, ...] | str = told(
        "name of a word list in rules/words, or several of which any counts",
        "rules/words 中词表的名称，或多个（任一即可）",
        (),
    )
    phrases: tuple[str, ...] = told(
        "wordings written here, any of which counts", "直接写在规则里的说法，任一即可", ()
    )
    regex: str | None = told(
        "RE2 pattern on normalised text (simplified, lower case)",
        "作用于规范化文本（简体、小写）的 RE2 正则",
        None,
    )
    exclude: str | None = told(
        "RE2 pattern; a hit overlapping one of its matches does not count",
        "排除用的 RE2 正则；与之重叠的命中不算",
        None,
    )
    near: bool = told(
        "offer near sounds of `phrases` as possible hits", "把 `phrases` 的近音作为可能命中", True
    )

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        inline = bool(self.phrases or self.regex)
        if bool(self.lists) == inline:
            raise ValueError("say either words: (a word list) or phrases:/regex:, not both")
        return self

    @property
    def lists(self) -> tuple[str, ...]:
        return (self.words,) if isinstance(self.words, str) else self.words


@register(
    "says",
    title=("says", "说出"),
    params=Says,
    needs=lambda want: ("speakers",) if want.speaker else (),
    example="says: {speaker: csr, words: greeting, window: {first_turns: 2}}",
)
def says(facts: Facts, want: Says, window: Window | None, limits: Limits) -> Selected:
    """Turns in which the wording is used; near sounds are possible hits."""
    search = search_of(facts, want.speaker, window)
    phrase = phrase_of(want.model_dump(exclude={"speaker", "words"}))
    kinds = set(want.lists) or {"phrase"}

    def fits(fact: Fact) -> bool:
        if fact.kind not in kinds or not search.holds(fact):
            return False
        if phrase is not None and not want.lists and fact.value != phrase.key:
            return False
        return want.speaker is None or fact.speaker in (want.speaker, "unknown")

    near = [candidate for candidate in facts.candidates if fits(candidate)]
    possible: list[Fact] = [c for c in near if c.distance <= limits.near_distance]
    found = [fact for fact in facts.facts if fits(fact)]
    return Selected(
        hits=sort_hits(found + possible, limits),
        search=search,
        nearest=min(near, key=_by_distance, default=None),
        wanted=want.lists or want.phrases or ((want.regex,) if want.regex else ()),
    )


def _by_distance(candidate: Candidate) -> tuple[float, float]:
    return candidate.distance, candidate.start_s
