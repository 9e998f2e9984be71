"""Conditions that can never hold, hold nearly always, or are too vague to mean anything."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from qa.domain.derivations import Derivation
from qa.domain.limits import Limits
from qa.domain.patterns import WordList
from qa.domain.rules import Condition, Rule, Window
from qa.facts.reading import read
from qa.facts.regexes import compile_regex
from qa.findings.operators import OPERATORS
from transcribe.errors import CodedError
from transcribe.transcript import Language

LIMITS = Limits()
# Wordings shorter than this stand in nearly every call (guess: "好", "ok", "you").
MIN_CHARACTERS = {"zh": 2, "en": 4}
# Guess, in seconds: nothing of the kind lasts longer.
LONGEST_S = {
    "dead_air": 1800.0, "hold": 3600.0, "interruption": 60.0, "talk_over": 60.0,
    "response_latency": 600.0, "call_length": 6 * 3600.0,
}  # fmt: skip
MOST_TURNS = 2000  # guess: a call of hours
NO_SHARE = 0.02  # guess: a share (0-1) that means none, or from the other end all
_HAN, _LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2,}")
# Guess: no CSR speaks outside; a bound beyond it always or never holds.
PACE_BOUNDS_PER_MIN = {"zh": (30.0, 600.0), "en": (20.0, 350.0)}


class Why(NamedTuple):
    """What is wrong with a condition, in both languages."""

    code: str
    severe: bool
    zh: str
    en: str


def condition_faults(
    rule: Rule | Derivation, words: Mapping[str, WordList]
) -> Iterator[tuple[bool, CodedError]]:
    """(is an error, QA260 | QA261 | QA269) of each condition; words: the language's lists."""
    for condition in rule.conditions:
        want = _params(condition)
        if want is None:
            continue  # the compiler has said so
        faults = [*_window(condition.window, want, words), *_measured(condition, want, rule)]
        for why in (*faults, *_wordings(condition, rule), *_barred(condition, rule)):
            yield (
                why.severe,
                CodedError(
                    why.code,
                    place=condition.place or rule.place,
                    rule=rule.id,
                    name=condition.name,
                    why_zh=why.zh,
                    why_en=why.en,
                ),
            )


def _params(condition: Condition) -> Any:
    operator = OPERATORS.get(condition.operator)
    try:
        return operator.params.model_validate(condition.params) if operator else None
    except ValidationError:
        return None


def _window(window: Window | None, want: Any, words: Mapping[str, WordList]) -> Iterator[Why]:
    if window is None:
        return
    first, last = window.first_share, window.last_share
    if first is not None and last is not None and first + last <= 1:
        yield Why(
            "QA260", True,
            f"前 {first:g} 与后 {last:g} 没有重叠",
            f"the first {first:g} and the last {last:g} of a call do not overlap",
        )  # fmt: skip
    for one, other, unit in (
        (window.first_s, window.last_s, "s"),
        (window.first_turns, window.last_turns, "turns"),
    ):
        if one is not None and other is not None:
            yield Why(
                "QA260", False,
                f"只有不长于 {one + other:g} {unit} 的通话，前 {one:g} 与后 {other:g} 才有重叠",
                f"only calls of at most {one + other:g} {unit} have anything in both their first "
                f"{one:g} and their last {other:g}",
            )  # fmt: skip
    if 1.0 in (first, last):
        yield Why(
            "QA269", False,
            "窗口是整通电话，等于没有写",
            "the window is the whole call, as if none were written",
        )  # fmt: skip
    lists = getattr(want, "lists", ())
    for kind in lists:
        known = words.get(kind)
        if known is not None:
            yield from _list_window(window, known)


def _list_window(window: Window, words: WordList) -> Iterator[Why]:
    """A list is searched in its own window first: what lies outside it can never be found."""
    late = window.last_turns or window.last_s or (window.last_share or 1) < 1
    early = window.first_turns or window.first_s or (window.first_share or 1) < 1
    if words.first_turns and late:
        yield Why(
            "QA260", False,
            f"词表 {words.kind} 只在前 {words.first_turns} 个话轮里查，窗口却在通话末尾",
            f"the list {words.kind} is only looked for in the first {words.first_turns} turns, "
            "but the window lies at the end",
        )  # fmt: skip
    if words.last_turns and early:
        yield Why(
            "QA260", False,
            f"词表 {words.kind} 只在后 {words.last_turns} 个话轮里查，窗口却在通话开头",
            f"the list {words.kind} is only looked for in the last {words.last_turns} turns, "
            "but the window lies at the start",
        )  # fmt: skip


def _measured(condition: Condition, want: Any, rule: Rule | Derivation) -> Iterator[Why]:
    """Bounds that nothing, or everything, lies between."""
    least, most = getattr(want, "min_s", None), getattr(want, "max_s", None)
    if least is not None and most is not None and least > most:
        yield Why(
            "QA260", True,
            f"min_s {least:g} 大于 max_s {most:g}",
            f"min_s {least:g} is more than max_s {most:g}",
        )  # fmt: skip
    shortest = {
        "dead_air": LIMITS.min_dead_air_s,
        "interruption": LIMITS.min_interruption_s,
        "talk_over": LIMITS.min_talk_over_s,
    }.get(condition.operator)
    if shortest is not None and least is not None and least < shortest:
        yield Why(
            "QA269", False,
            f"短于 {shortest:g} 秒的不会被测量，min_s {least:g} 与 {shortest:g} 没有区别",
            f"nothing shorter than {shortest:g} s is measured, so min_s {least:g} means "
            f"{shortest:g}",
        )  # fmt: skip
    longest = LONGEST_S.get(condition.operator)
    bound = least if least is not None else getattr(want, "above_s", None)
    if longest is not None and bound is not None and bound > longest:
        yield Why(
            "QA260", False,
            f"没有通话里有长过 {longest:g} 秒的，{bound:g} 秒等不到",
            f"{bound:g} s is beyond anything in a call; {longest:g} s would be long",
        )  # fmt: skip
    turns = getattr(want, "at_least", None)
    if condition.operator == "turn_count" and turns is not None and turns > MOST_TURNS:
        yield Why(
            "QA260", False,
            f"没有通话有 {turns} 个话轮",
            f"no call has {turns} turns",
        )  # fmt: skip
    yield from _share(want)
    if condition.operator == "pace":
        yield from _pace(want, rule)


def _share(want: Any) -> Iterator[Why]:
    above, below = getattr(want, "above_share", None), getattr(want, "below_share", None)
    if (above is not None and above < NO_SHARE) or (below is not None and below > 1 - NO_SHARE):
        yield Why(
            "QA261", False,
            "几乎每通电话的占比都在这个界限内",
            "the share of nearly every call is on that side of the bound",
        )  # fmt: skip


def _pace(want: Any, rule: Rule | Derivation) -> Iterator[Why]:
    above, below = want.above_per_min, want.below_per_min
    if above is not None and below is not None and below > above:
        yield Why(
            "QA261", True,
            f"语速不是高于 {above:g} 就是低于 {below:g}",
            f"every pace is above {above:g} or below {below:g}",
        )  # fmt: skip
    slow, fast = PACE_BOUNDS_PER_MIN[rule.language]
    if (above is not None and above >= fast) or (below is not None and below <= slow):
        yield Why(
            "QA260", False,
            f"没有人说得比 {fast:g}/分更快或比 {slow:g}/分更慢",
            f"nobody speaks faster than {fast:g} or slower than {slow:g} a minute",
        )  # fmt: skip


def _wordings(condition: Condition, rule: Rule | Derivation) -> Iterator[Why]:
    """Inline wordings that stand in nearly every call."""
    least = MIN_CHARACTERS[rule.language]
    phrases = condition.params.get("phrases") or ()
    for phrase in (phrases,) if isinstance(phrases, str) else phrases:  # type: ignore[attr-defined]
        letters = len(re.findall(r"\w", str(phrase)))
        if letters == 0:
            yield Why(
                "QA260", True,
                f"说法“{phrase}”里没有字",
                f'the wording "{phrase}" has no letter in it',
            )  # fmt: skip
        elif _of_another_language(str(phrase), rule.language):
            yield Why(
                "QA260", False,
                f"说法“{phrase}”不是通话的语言",
                f'the wording "{phrase}" is not in the language of the calls',
            )  # fmt: skip
        elif letters < least:
            yield Why(
                "QA269", False,
                f"说法“{phrase}”短于 {least} 个字，几乎每通电话都有",
                f'the wording "{phrase}" is shorter than {least} characters and stands in '
                "nearly every call",
            )  # fmt: skip
    pattern = condition.params.get("regex")
    if isinstance(pattern, str) and _matches_nothing(pattern):
        yield Why(
            "QA261", True,
            f"正则“{pattern}”连空文字都能匹配",
            f'the pattern "{pattern}" matches even an empty text',
        )  # fmt: skip


def _of_another_language(phrase: str, language: Language) -> bool:
    """Chinese in English calls; several Latin words in Chinese ones, where one is often a name."""
    chinese = _HAN.search(phrase) is not None
    return chinese if language == "en" else not chinese and len(_LATIN.findall(phrase)) > 1


def _barred(condition: Condition, rule: Rule | Derivation) -> Iterator[Why]:
    """Phrases that the condition's own exclude bars."""
    pattern, phrases = condition.params.get("exclude"), condition.params.get("phrases") or ()
    if not isinstance(pattern, str):
        return
    try:
        exclude = compile_regex(condition.name, pattern, rule.language)
    except CodedError:
        return  # the matcher says so
    for phrase in (phrases,) if isinstance(phrases, str) else phrases:  # type: ignore[attr-defined]
        if exclude.search(read(str(phrase), rule.language).text):
            yield Why(
                "QA260", True,
                f"说法“{phrase}”总被它自己的 exclude 排除",
                f'its own exclude bars the wording "{phrase}" wherever it stands',
            )  # fmt: skip


def _matches_nothing(pattern: str) -> bool:
    """True when a pattern that Python can read too matches the empty text."""
    try:
        return re.fullmatch(pattern, "") is not None
    except re.error:
        return False  # RE2's own spelling, or wrong: the matcher says so
