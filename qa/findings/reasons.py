"""Reasons of findings, sayable in both languages."""

import re
from collections.abc import Iterable
from functools import lru_cache

from qa.domain.derivations import DerivedFact
from qa.domain.facts import Candidate, Fact
from qa.domain.findings import Reason
from qa.domain.text import Text
from qa.findings.hits import Stopped
from qa.findings.reason_words import (
    BEHAVIOURS,
    KINDS,
    MOST_WANTED,
    NEED_TEXTS,
    PARTIES,
    UNITS,
    WHY_TEXTS,
)
from qa.findings.trade_names import TRADE_BEHAVIOURS
from transcribe.transcript import Span

# code -> (zh, en); both name the same placeholders (tested).
REASONS: dict[str, tuple[str, str]] = {
    "found": ("{at} 发现：{what}", "Found at {at}: {what}"),
    "in_order": (
        "先后顺序符合要求：{at} {what}",
        "In the right order: {what} at {at}",
    ),
    "nothing_against": (
        "已检测 {searched}，未发现不应出现的内容",
        "Searched {searched}; nothing was found that should not be there",
    ),
    "not_found": (
        "没有{wanted}，已检测 {searched}{nearest}",
        "No {wanted}; searched {searched}{nearest}",
    ),
    "too_few": (
        "只发现 {count} 处（{at} {what}），少于规则所问的次数，已检测 {searched}{nearest}",
        "Only {count} found ({what} at {at}), fewer than asked about; searched {searched}{nearest}",
    ),
    "found_against": (
        "{at} {what}，不符合要求",
        "{what} at {at} does not meet the standard",
    ),
    "lacking": (
        "{at} {what}，却没有{wanted}，已检测 {searched}{nearest}",
        "{what} at {at} without {wanted}; searched {searched}{nearest}",
    ),
    "precondition_absent": (
        "不适用：前置条件未出现（已检测 {searched}）",
        "Not applicable: what the rule asks about did not occur (searched {searched})",
    ),
    "precondition_false": (
        "不适用：前置条件不成立（{at} {what}）",
        "Not applicable: the rule's precondition does not hold ({what} at {at})",
    ),
    "exception": (
        "不适用：例外情况成立（{at} {what}）",
        "Not applicable: an exception holds ({what} at {at})",
    ),
    "exception_by_absence": (
        "不适用：例外情况成立（已检测 {searched}，没有发现）",
        "Not applicable: an exception holds (searched {searched}; nothing there)",
    ),
    "possible_hit": (
        "待人工：{at} 的{what}可能是要求识别的内容（{because}），有它无它判定不同",
        "For a person: {what} at {at} may count ({because}); it decides the verdict",
    ),
    "heard_poorly": (
        "待人工：未发现要求的内容，但 {searched} 内只有 {share}% 的词听得清"
        "（要求 {limit}%）{nearest}",
        "For a person: not found, but only {share}% of the words in {searched} were heard well "
        "({limit}% needed){nearest}",
    ),
    "not_measured": (
        "待人工：缺少“{need}”（{why}）",
        "For a person: {need} is missing ({why})",
    ),
    "prerequisite_open": (
        "待人工：前置规则 {rule} 尚待人工判定",
        "For a person: the prerequisite rule {rule} is itself undecided",
    ),
    "step_missing": (
        "流程缺少第 {number} 步“{wanted}”：{before}，已检测 {searched}{nearest}",
        "Step {number} of the flow, {wanted}, is missing{before}; searched {searched}{nearest}",
    ),
    "waived": (
        "不适用：“{waiver}”免除了本规则（{because}）",
        'Not applicable: waived by "{waiver}" ({because})',
    ),
    "prerequisite": ("由前置规则 {rule} 的判定得出", "Follows from the verdict of rule {rule}"),
}


def reason(code: str, /, **values: str | float | int | None) -> Reason:
    """The reason with its sentences; text values may be given as (zh, en) `*_zh`, `*_en`."""
    zh, en, kept = _sentences(code, tuple(values))
    text = Text(zh=zh.format_map(values), en=en.format_map(values))
    return Reason(code=code, values={key: values[key] for key in kept}, text=text)


@lru_cache(maxsize=512)  # guess: far more than there are codes and shapes of their values
def _sentences(code: str, keys: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """The code's sentences with the names of the values as given, and which values are kept."""

    def named(sentence: str, ending: str) -> str:
        return _PLACE.sub(
            lambda at: f"{{{at[1]}{ending}}}" if f"{at[1]}{ending}" in keys else at[0], sentence
        )

    zh, en = REASONS[code]
    kept = tuple(key for key in keys if not key.endswith(("_zh", "_en")))
    return named(zh, "_zh"), named(en, "_en"), kept


_PLACE = re.compile(r"\{(\w+)\}")


def need_texts(need: str, why: str) -> dict[str, str]:
    """A missing measurement and why it is, for `need_zh`, `need_en`, `why_zh`, `why_en`."""
    kind, _, name = need.partition(" ")
    if kind == "derived":
        need_zh, need_en = f"推得“{name}”所需的测量", f'what "{name}" is derived from'
    elif kind == "attribute":
        need_zh, need_en = f"随录参数 {name}", f"the call attribute {name}"
    elif kind == "site_pace":
        need_zh = f"本站的语速分布（还差 {name} 通）"
        need_en = f"the site's own distribution of pace ({name} more calls)"
    else:
        need_zh, need_en = NEED_TEXTS[need]
    why_zh, why_en = WHY_TEXTS.get(why, (why, why))
    return {"need_zh": need_zh, "need_en": need_en, "why_zh": why_zh, "why_en": why_en}


@lru_cache(maxsize=1024)  # guess: the times of some calls; one call's reasons share them
def clock(seconds: float) -> str:
    """A time in the call as people read it, "1:02.5"."""
    tenths = int(seconds * 10 + 0.5)
    return f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"


def spans_text(spans: tuple[Span, ...]) -> str:
    """Stretches as people read them, "0:00.0-0:15.0"; "-" when there are none."""
    return ", ".join(f"{clock(s.start_s)}-{clock(s.end_s)}" for s in spans) or "-"


def what_texts(fact: Fact) -> dict[str, str]:
    """A fact in words, for `what_zh` and `what_en`: its quote, or what was measured."""
    zh, en = _what_of(fact)
    return {"what_zh": zh, "what_en": en}


def _what_of(fact: Fact) -> tuple[str, str]:
    if isinstance(fact, DerivedFact):
        return fact.title.zh, fact.title.en
    if fact.quote:
        return f"“{fact.quote}”", f'"{fact.quote}"'
    title = KINDS.get(fact.kind, (fact.kind, fact.kind))
    if isinstance(fact.value, int | float):
        unit = UNITS.get(fact.unit or "", (fact.unit or "", fact.unit or ""))
        number = f"{fact.value:.1f}".removesuffix(".0")
        if fact.unit == "share":
            number, unit = f"{100 * fact.value:.0f}%", ("", "")
        return f"{title[0]} {number} {unit[0]}".strip(), f"{title[1]} {number} {unit[1]}".strip()
    value = PARTIES.get(str(fact.value), (str(fact.value), str(fact.value)))
    if fact.value is None:
        return title
    return f"{title[0]}：{value[0]}", f"{title[1]} {value[1]}"


def wanted_texts(wanted: Iterable[str]) -> dict[str, str]:
    """What was searched in vain, for `wanted`: names of behaviours, or the phrases themselves."""
    return dict(_wanted(tuple(dict.fromkeys(wanted))))


@lru_cache(maxsize=1024)  # guess: the lists and phrases of some packs
def _wanted(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    known = BEHAVIOURS | TRADE_BEHAVIOURS
    shown = [known.get(name, (f"“{name}”", f'"{name}"')) for name in names[:MOST_WANTED]]
    more = ("等", " ...") if len(names) > MOST_WANTED else ("", "")
    return (
        ("wanted", ", ".join(names)),
        ("wanted_zh", ("或".join(zh for zh, _ in shown) or "要求的内容") + more[0]),
        ("wanted_en", (" or ".join(en for _, en in shown) or "what is asked for") + more[1]),
    )


def stopped_texts(stopped: Stopped) -> dict[str, str | int]:
    """Which step of a flow is missing, for `number` and `wanted`, and which one came `before`."""
    if stopped.before is None:
        zh, en = "前面也没有其他步骤", ", and no step came before it"
    else:
        fact = stopped.before.fact
        what, at = what_texts(fact), clock(fact.start_s)
        zh = f"上一步是 {at} 的{what['what_zh']}"
        en = f" after {what['what_en']} at {at}"
    wanted = wanted_texts(stopped.step)
    return {"number": stopped.number, "before_zh": zh, "before_en": en, **wanted}


def nearest_texts(nearest: Candidate | None) -> dict[str, str]:
    """What came nearest, for `nearest_zh` and `nearest_en`; empty when nothing did."""
    if nearest is None:
        return {"nearest_zh": "", "nearest_en": ""}
    at = clock(nearest.start_s)
    return {
        "nearest_zh": f"；最接近的是 {at} 的“{nearest.quote}”（近似“{nearest.wanted}”）",
        "nearest_en": f'; nearest was "{nearest.quote}" at {at} (like "{nearest.wanted}")',
    }
