"""`says`: a party uses wordings of a list, or phrases written in the rule."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, Self, get_args

from pydantic import model_validator

from qa.domain.facts import Candidate, Fact
from qa.domain.limits import Limits
from qa.domain.patterns import phrases_of
from qa.domain.rules import Window
from qa.findings.hits import Hit, Selected, View, sort_hits
from qa.findings.operator import Party, register, told, wrong
from transcribe.noun import Noun
from transcribe.transcript import Speaker

_INLINE = {"phrases", "regex", "exclude", "tokens", "near", "tolerance"}


class Part(NamedTuple):
    """One of the wordings that count: a word list, or (with its key) a phrase of the rule."""

    shown: str
    kind: str
    key: str | None


class Says(Noun):
    speaker: Party | None = told("who says it; empty: anyone", "说话方；空为任何一方", None)
    words: tuple[str, ...] | str = told(
        "name of a word list in rules/words, or several of which any counts",
        "rules/words 中词表的名称，或多个（任一即可）",
        (),
    )
    phrases: tuple[str, ...] = told(
        "wordings written here, any of which counts; `<name>` stands for each wording of a group "
        "in rules/synonyms",
        "直接写在规则里的说法，任一即可；`<组名>` 代表 rules/synonyms 中该组的每个说法",
        (),
    )
    regex: str | None = told(
        "RE2 pattern on normalised text (simplified, lower case); it sees one turn at a time, and "
        "has no look-around: use exclude",
        "作用于规范化文本（简体、小写）的 RE2 正则；一次只看一个话轮；没有前后断言，请用 exclude",
        None,
    )
    exclude: str | None = told(
        "RE2 pattern; a hit overlapping one of its matches does not count",
        "排除用的 RE2 正则；与之重叠的命中不算",
        None,
    )
    tokens: tuple[tuple[dict[str, object], ...], ...] = told(
        "spaCy Matcher patterns over words: each a list of tokens with lexical attributes (LOWER, "
        "LENGTH, IS_DIGIT, LIKE_NUM, SHAPE, OP ...); no model is needed",
        "spaCy Matcher 词元模式：每个模式是一串词元及其词形属性（LOWER、LENGTH、IS_DIGIT、"
        "LIKE_NUM、SHAPE、OP 等），不需要模型",
        (),
    )
    near: bool = told(
        "offer near sounds of `phrases` as possible hits", "把 `phrases` 的近音作为可能命中", True
    )
    tolerance: float | None = told(
        "how far a near sound of `phrases` may lie to be a possible hit: 0 the same sounds (in "
        "Mandarin whatever the tone and the character, 幺 and 一, digits and numerals), 0.5 hardly "
        "alike; empty: limits.near_distance. What is said exactly is a sure hit",
        "`phrases` 的近音相差多少仍是可能命中：0 为同音（不论声调和用字，幺与一、数字与汉字相通），"
        "0.5 为勉强相近；空则用 limits.near_distance。原样说出的才是确定命中",
        None,
        ge=0,
        le=0.5,
    )
    at_least: int = told(
        "how many different lists, phrases or patterns of those named must be said; the hit is the "
        "one that completes the number",
        "所列词表、说法、模式中至少要说出几种；凑够数的那一处为命中",
        1,
        ge=1,
        le=100,
    )
    all_: bool = told(
        "true: every one of them must be said. None of them: not: or not_met_when: in the logic",
        "true 表示每一种都要说出。一种都不许说：在逻辑里用 not: 或 not_met_when:",
        False,
        alias="all",
    )
    in_one_turn: bool = told(
        "with at_least or all: they must be said in the same turn",
        "与 at_least 或 all 同用：须在同一个话轮里说出",
        False,
    )

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        inline = bool(self.phrases or self.regex or self.tokens)
        if bool(self.lists) == inline and not (inline and self.counted):
            raise wrong(
                "say either words: (a word list) or phrases:/regex:/tokens:, not both (both may "
                "stand together with at_least: or all:)",
                "words:（词表）与 phrases:/regex:/tokens: 二者只能写其一"
                "（写了 at_least: 或 all: 时可以并用）",
            )
        given = sorted(self.model_fields_set & {"exclude", "near", "tolerance"})
        if not inline and given:
            raise wrong(
                f"{given[0]} goes with phrases: or regex:; a word list has its own",
                f"{given[0]} 只能与 phrases: 或 regex: 同用；词表里有自己的设置",
            )
        if self.tolerance is not None and not (self.phrases and self.near):
            raise wrong(
                "tolerance is about near sounds of phrases:", "tolerance 说的是 phrases: 的近音"
            )
        return self

    @model_validator(mode="after")
    def _countable(self) -> Self:
        if self.all_ and self.at_least > 1:
            raise wrong("say either all: or at_least:", "all: 与 at_least: 只能写其一")
        if self.in_one_turn and not self.counted:
            raise wrong(
                "in_one_turn goes with at_least: or all:", "in_one_turn 要与 at_least: 或 all: 同用"
            )
        if self.at_least > len(self.parts):
            raise wrong(
                f"at_least is {self.at_least}, but only {len(self.parts)} are named",
                f"at_least 是 {self.at_least}，却只列出 {len(self.parts)} 种",
            )
        return self

    @cached_property
    def lists(self) -> tuple[str, ...]:
        return (self.words,) if isinstance(self.words, str) else self.words

    @cached_property
    def speakers(self) -> frozenset[Speaker | None]:
        """Who may have said what counts."""
        return frozenset([self.speaker, "unknown"] if self.speaker else [*get_args(Speaker), None])

    @cached_property
    def listened_for(self) -> tuple[str, ...]:
        """What is named where it was searched in vain."""
        return self.lists or self.phrases or ((self.regex,) if self.regex else ("tokens",))

    @property
    def counted(self) -> bool:
        """True when several of the wordings must be said."""
        return self.all_ or self.at_least > 1

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The wordings that are counted; one for everything inline where nothing is counted."""
        named = self.model_dump(by_alias=True, include=_INLINE | {"at_least", "all_"})
        inline = (
            Part((one.phrases or (one.regex or "tokens",))[0], "phrase", one.key)
            for one in phrases_of(named)
        )
        return (*(Part(kind, kind, None) for kind in dict.fromkeys(self.lists)), *inline)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of the facts that count."""
        return tuple(dict.fromkeys(part.kind for part in self.parts))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Values of the facts that count, where the wordings are written in the rule."""
        return frozenset(part.key for part in self.parts if part.key is not None)


@register(
    "says",
    title=("says", "说出"),
    params=Says,
    needs=lambda want: ("speakers",) if want.speaker else (),
    example="says: {speaker: csr, words: greeting, window: {first_turns: 2}}",
    weighs_speakers=True,
)
def says(view: View, want: Says, window: Window | None, limits: Limits) -> Selected:
    """Turns in which the wording is used; near sounds are possible hits.

    Of several wordings any counts; `at_least` or `all` ask for more of them.
    """
    search = view.search(want.speaker, window)
    keys = want.keys
    speakers = want.speakers
    near_distance = limits.near_distance if want.tolerance is None else want.tolerance

    def fits(fact: Fact) -> bool:
        return (
            (fact.kind != "phrase" or fact.value in keys)
            and fact.speaker in speakers
            and search.holds(fact)
        )

    near = tuple([candidate for candidate in view.near(want.kinds) if fits(candidate)])
    found = [fact for fact in view.of(want.kinds) if fits(fact)]
    found += [candidate for candidate in near if candidate.distance <= near_distance]
    whose = bool(want.speaker or want.lists)
    hits = sort_hits(found, limits, search, whose=whose)
    if want.counted:
        return _several(Selected(hits=hits, search=search, near=near), want)
    return Selected(hits=hits, search=search, near=near, wanted=want.listened_for)


def _several(said: Selected, want: Says) -> Selected:
    """What was said, as one hit wherever enough of the wordings have been said.

    A hit is only possible where the number is reached with possible hits alone: it is then the
    one that is in doubt. What is not surely said is what was searched in vain.
    """
    needed = len(want.parts) if want.all_ else want.at_least
    parts = [tuple(hit for hit in said.hits if _is(hit.fact, part)) for part in want.parts]
    sure = [tuple(hit for hit in hits if hit.sure) for hits in parts]
    reached = list(_reached(sure, needed, in_one_turn=want.in_one_turn))
    perhaps = list(_reached(parts, needed, in_one_turn=want.in_one_turn))
    hits = [group[-1] for group in reached]
    for group in perhaps:
        doubtful = [hit for hit in group if not hit.sure]
        hits += [min(doubtful, key=_nearness)] if doubtful else []
    unsaid = [part for part, own in zip(want.parts, sure, strict=True) if not own]
    lacking = [] if reached else unsaid or list(want.parts)
    return Selected(
        hits=tuple(sorted(hits, key=lambda hit: (hit.fact.start_s, hit.fact.end_s))),
        search=said.search,
        near=tuple(one for one in said.near if not lacking or any(_is(one, p) for p in lacking)),
        wanted=tuple(part.shown for part in lacking or want.parts),
        proof=tuple(dict.fromkeys(hit for group in reached or perhaps for hit in group))
        or tuple(own[0] for own in sure if own),
    )


def _reached(
    parts: Iterable[tuple[Hit, ...]], needed: int, *, in_one_turn: bool
) -> Iterator[tuple[Hit, ...]]:
    """The first hits of `needed` different parts, in order of time: of the whole search, or of
    each turn that has so many."""
    hits_of = [tuple(hits) for hits in parts]
    turns = sorted({hit.fact.turn or 0 for hits in hits_of for hit in hits})
    for turn in turns if in_one_turn else (None,):
        firsts = [
            next((hit for hit in hits if turn is None or hit.fact.turn == turn), None)
            for hits in hits_of
        ]
        found = sorted((hit for hit in firsts if hit is not None), key=_time)
        if len(found) >= needed:
            yield tuple(found[:needed])


def _is(fact: Fact, part: Part) -> bool:
    return fact.kind == part.kind and (part.key is None or fact.value == part.key)


def _time(hit: Hit) -> tuple[float, float, str]:
    return hit.fact.start_s, hit.fact.end_s, str(hit.fact.value)


def _nearness(hit: Hit) -> tuple[float, float]:
    distance = hit.fact.distance if isinstance(hit.fact, Candidate) else 0.0
    return distance, hit.fact.start_s
