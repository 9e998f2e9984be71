"""Reasons of findings, sayable in both languages."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from qa.domain.derivations import DerivedFact
from qa.domain.facts import Candidate, Fact
from qa.domain.findings import Reason
from qa.domain.text import Text
from qa.findings.hits import Stopped
from qa.findings.reason_words import (
    BEHAVIOURS,
    KINDS,
    MEASURED,
    MOST_TOLD,
    MOST_WANTED,
    NEED_TEXTS,
    OF_THE_CALL,
    PARTIES,
    UNITS,
    WHY_TEXTS,
)
from qa.findings.trade_names import TRADE_BEHAVIOURS
from transcribe.transcript import Span

# code -> (zh, en); both name the same placeholders (tested).
REASONS: dict[str, tuple[str, str]] = {
    "found": ("发现：{here}", "Found: {here}"),
    "in_order": (
        "先后顺序符合要求：{here}，然后 {then}",
        "In the right order: {here}, then {then}",
    ),
    "together": (
        "发现：{here}，并有 {then}",
        "Found: {here}, and with it {then}",
    ),
    "against_before": (
        "不符合要求：{here}，早于 {then}",
        "Against the standard: {here}, which is before {then}",
    ),
    "against_after": (
        "不符合要求：{here}，在 {then} 之后",
        "Against the standard: {here}, which is after {then}",
    ),
    "nothing_against": (
        "没有{wanted}，符合要求；已检测 {searched}",
        "No {wanted}, as it should be; searched {searched}",
    ),
    "not_found": (
        "没有{wanted}，已检测 {searched}{nearest}",
        "No {wanted}; searched {searched}{nearest}",
    ),
    "too_few": (
        "只发现 {count} 处（{here}），少于规则所问的次数，已检测 {searched}{nearest}",
        "Only {count} found ({here}), fewer than asked about; searched {searched}{nearest}",
    ),
    "few_enough": (
        "只有 {count} 处（{here}），没有到规则所限的次数；已检测 {searched}",
        "Only {count} ({here}), fewer than the rule objects to; searched {searched}",
    ),
    "precondition_few": (
        "不适用：只有 {count} 处（{here}），没有到规则所问的次数（已检测 {searched}）",
        "Not applicable: only {count} ({here}), fewer than the rule asks about "
        "(searched {searched})",
    ),
    "found_against": (
        "不符合要求：{here}",
        "Against the standard: {here}",
    ),
    "lacking": (
        "{here}，却没有{wanted}，已检测 {searched}{nearest}",
        "{here}, but no {wanted}; searched {searched}{nearest}",
    ),
    "precondition_absent": (
        "不适用：未发现{wanted}（已检测 {searched}）",
        "Not applicable: no {wanted} (searched {searched})",
    ),
    "precondition_false": (
        "不适用：前置条件不成立（{here}）",
        "Not applicable: the rule's precondition does not hold ({here})",
    ),
    "exception": (
        "不适用：例外情况成立（{here}）",
        "Not applicable: an exception holds ({here})",
    ),
    "exception_by_absence": (
        "不适用：例外情况成立（没有{wanted}，已检测 {searched}）",
        "Not applicable: an exception holds (no {wanted}; searched {searched})",
    ),
    "possible_hit": (
        "待人工：{here} 算与不算，判定不同（{because}）",
        "For a person: whether {here} counts decides the verdict ({because})",
    ),
    "heard_poorly": (
        "待人工：没有听到{wanted}，但 {searched} 内只有 {share}% 的词听得清"
        "（要求 {limit}%）{nearest}",
        "For a person: no {wanted} was heard, but only {share}% of the words in {searched} were "
        "heard well ({limit}% needed){nearest}",
    ),
    "not_measured": (
        "待人工：缺少{need}，无法判定（{why}）",
        "For a person: cannot be told without {need} ({why})",
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
    text = {"zh": zh % values, "en": en % values}
    told = {"code": code, "values": {key: values[key] for key in kept}, "text": text}
    return Reason.model_validate(told)  # a third faster than the text first


@lru_cache(maxsize=512)  # guess: far more than there are codes and shapes of their values
def _sentences(code: str, keys: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """The code's sentences with the names of the values as given, and which values are kept.

    As %-formats: they are filled in half the time that format_map takes.
    """

    def named(sentence: str, ending: str) -> str:
        return _PLACE.sub(
            lambda at: f"%({at[1]}{ending if f'{at[1]}{ending}' in keys else ''})s",
            sentence.replace("%", "%%"),
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
    """Stretches as people read them, "0:00.0-0:15.0", less those inside another; "-" for none."""
    if len(spans) == 1:
        return f"{clock(spans[0].start_s)}-{clock(spans[0].end_s)}"
    if spans:
        spans = tuple(
            one
            for at, one in enumerate(spans)
            if not any(_inside(one, other, at < n) for n, other in enumerate(spans) if n != at)
        )
    return ", ".join(f"{clock(s.start_s)}-{clock(s.end_s)}" for s in spans) or "-"


def _inside(one: Span, other: Span, first: bool) -> bool:
    """True when `other` covers `one`; of two equal stretches the first one stays."""
    if (one.start_s, one.end_s) == (other.start_s, other.end_s):
        return not first
    return other.start_s <= one.start_s and one.end_s <= other.end_s


def here_of(fact: Fact) -> tuple[str, str]:
    """A fact in words (zh, en): its quote, or what was measured, and when.

    What is true of the whole call has no time.
    """
    zh, en = _what_of(fact)
    if fact.turn is None and fact.kind in OF_THE_CALL:
        return zh, en
    at = clock(fact.start_s)
    return f"{at} {zh}", f"{en} at {at}"


def here_texts(facts: Sequence[Fact]) -> dict[str, str]:
    """Where and what, for `at` and `here`: of several facts each, in the order of time."""
    told = [here_of(fact) for fact in facts[:MOST_TOLD]]
    more = ("等", " ...") if len(facts) > MOST_TOLD else ("", "")
    return {
        "at": clock(facts[0].start_s),
        "here_zh": "、".join(zh for zh, _ in told) + more[0],
        "here_en": ", ".join(en for _, en in told) + more[1],
    }


def then_texts(fact: Fact) -> dict[str, str]:
    """The later of two facts, for `then`."""
    zh, en = here_of(fact)
    return {"then_zh": zh, "then_en": en}


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


def wanted_texts(wanted: Iterable[str | Text]) -> Mapping[str, str]:
    """What was searched in vain, for `wanted`: names of behaviours and of measures, titles of
    what is derived, or the phrases themselves."""
    return _wanted(tuple(dict.fromkeys(wanted)))


@lru_cache(maxsize=1024)  # guess: the lists and phrases of some packs
def _wanted(names: tuple[str | Text, ...]) -> Mapping[str, str]:
    shown = list(dict.fromkeys(_called(name) for name in names))
    more = ("等", " ...") if len(shown) > MOST_WANTED else ("", "")
    zh, en = zip(*shown[:MOST_WANTED], strict=True) if shown else (("要求的内容",), ("hit",))
    return {
        "wanted": ", ".join(name if isinstance(name, str) else name.en for name in names),
        "wanted_zh": (_listed(zh, "、", "或") if not more[0] else "、".join(zh)) + more[0],
        "wanted_en": (_listed(en, ", ", " or ") if not more[1] else ", ".join(en)) + more[1],
    }


_NAMED = MEASURED | BEHAVIOURS | TRADE_BEHAVIOURS


def _called(name: str | Text) -> tuple[str, str]:
    if isinstance(name, Text):
        return f"“{name.zh}”", f'"{name.en}"'
    return _NAMED.get(name, (f"“{name}”", f'"{name}"'))


def _listed(names: Sequence[str], comma: str, last: str) -> str:
    """ "a, b or c"."""
    return last.join([*([comma.join(names[:-1])] if names[1:] else []), names[-1]])


def stopped_texts(stopped: Stopped) -> dict[str, str | int]:
    """Which step of a flow is missing, for `number` and `wanted`, and which one came `before`."""
    if stopped.before is None:
        zh, en = "前面也没有其他步骤", ", and no step came before it"
    else:
        fact = stopped.before.fact
        here = here_of(fact)
        zh = f"上一步是 {here[0]}"
        en = f" after {here[1]}"
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
