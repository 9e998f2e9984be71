"""`says`: a party uses wordings of a list, or phrases written in the rule."""

from functools import cached_property
from typing import Self

from pydantic import model_validator

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.patterns import phrase_of
from qa.domain.rules import Window
from qa.findings.hits import Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
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
            raise wrong(
                "say either words: (a word list) or phrases:/regex:, not both",
                "words:（词表）与 phrases:/regex: 二者只能写其一",
            )
        given = sorted(self.model_fields_set & {"exclude", "near"})
        if self.lists and given:
            raise wrong(
                f"{given[0]} goes with phrases: or regex:; a word list has its own",
                f"{given[0]} 只能与 phrases: 或 regex: 同用；词表里有自己的设置",
            )
        return self

    @property
    def lists(self) -> tuple[str, ...]:
        return (self.words,) if isinstance(self.words, str) else self.words

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of the facts that count."""
        return tuple(dict.fromkeys(self.lists)) or ("phrase",)

    @cached_property
    def key(self) -> str | None:
        """Value of the facts that count, where the wordings are written in the rule."""
        phrase = phrase_of(self.model_dump(include={"phrases", "regex", "exclude", "near"}))
        return phrase.key if phrase is not None else None


@register(
    "says",
    title=("says", "说出"),
    params=Says,
    needs=lambda want: ("speakers",) if want.speaker else (),
    example="says: {speaker: csr, words: greeting, window: {first_turns: 2}}",
    weighs_speakers=True,
)
def says(view: View, want: Says, window: Window | None, limits: Limits) -> Selected:
    """Turns in which the wording is used; near sounds are possible hits."""
    search = view.search(want.speaker, window)
    key, speakers = want.key, (want.speaker, "unknown")

    def fits(fact: Fact) -> bool:
        return (
            (key is None or fact.value == key)
            and (want.speaker is None or fact.speaker in speakers)
            and search.holds(fact)
        )

    near = tuple(candidate for candidate in view.near(want.kinds) if fits(candidate))
    found = [fact for fact in view.of(want.kinds) if fits(fact)]
    found += [candidate for candidate in near if candidate.distance <= limits.near_distance]
    return Selected(
        hits=sort_hits(found, limits, search, whose=bool(want.speaker or want.lists)),
        search=search,
        near=near,
        wanted=want.lists or want.phrases or ((want.regex,) if want.regex else ()),
    )
