"""Reasons of findings, sayable in both languages."""

from collections.abc import Iterable

from qa.domain.facts import Candidate, Fact
from qa.domain.findings import Reason
from qa.domain.text import Text
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
    "prerequisite": ("由前置规则 {rule} 的判定得出", "Follows from the verdict of rule {rule}"),
}

# Why a hit is only possible: qa.findings.hits.Doubt -> (zh, en).
DOUBTS: dict[str, tuple[str, str]] = {
    "near_sound": ("近音，疑似误识别", "it sounds near, perhaps misheard"),
    "low_confidence": ("识别置信度低", "recognised with low confidence"),
    "unknown_speaker": ("说话人不明", "the speaker is not known"),
}

# What was to be measured: keys are qa.domain.facts.NEEDS (tested), and `hits`.
NEED_TEXTS: dict[str, tuple[str, str]] = {
    "speakers": ("说话人身份", "who speaks"),
    "turn_ends": ("话轮的结束时间", "when each turn ends"),
    "two_channels": ("双方分声道的录音", "a recording with the two sides apart"),
    "activity": ("有声段的测量", "the measured voiced stretches"),
    "holds": ("保持的时间", "when the customer was on hold"),
    "hung_up_by": ("挂机方", "who hung up"),
    "loudness": ("音量的测量", "the measured loudness"),
    "hits": ("命中之间的先后关系", "the relation of the hits"),
}
# Why it is missing: reason codes of the facts (tested), and those of operators.
WHY_TEXTS: dict[str, tuple[str, str]] = {
    "mono": ("单声道录音", "a recording of one channel"),
    "unknown_turns": ("有的话轮说话人不明", "some turns are of unknown speakers"),
    "no_turns": ("没有话轮", "nothing was said"),
    "no_turn_ends": ("脚本没有写结束时间", "the script gives no ends"),
    "no_activity": ("没有声音的测量", "no sound was measured"),
    "no_channel_map": ("不知道哪个声道是谁", "which channel is whose is not known"),
    "no_events": ("交换机没有给出事件", "the switch told no events"),
    "not_told": ("没有给出", "nobody told"),
    "no_levels": ("没有电平", "no levels were measured"),
    "not_a_number": ("不是数字", "it is not a number"),
    "too_many": ("命中过多", "there are too many"),
}

# What a behaviour is called where it was searched in vain: kind -> (zh, en). Phrases written in a
# rule, and a site's own lists, are named as they are written.
BEHAVIOURS: dict[str, tuple[str, str]] = {
    "greeting": ("问候", "greeting"),
    "self_introduction": ("自报身份", "self-introduction"),
    "ask_identity": ("身份核验", "identity question"),
    "restate": ("复述确认", "restatement"),
    "hold_notice": ("等待前的征询或告知", "notice before the wait"),
    "hold_thanks": ("等待后的致谢", "thanks after the wait"),
    "apology": ("致歉", "apology"),
    "empathy": ("安抚", "empathy"),
    "promise": ("时限", "a deadline"),
    "further_help": ("对其他需要的询问", "offer of further help"),
    "closing": ("结束语", "closing"),
    "transfer_notice": ("转接告知", "transfer notice"),
    "recording_notice": ("录音告知", "recording notice"),
}
MOST_WANTED = 3  # guess: more names than that in one sentence nobody reads

# What a measured fact is called where there is no quote: kind -> (zh, en).
KINDS: dict[str, tuple[str, str]] = {
    "dead_air": ("静音", "dead air"),
    "hold": ("保持", "hold"),
    "interruption": ("打断", "interruption"),
    "talk_over": ("抢话", "talk-over"),
    "pace": ("语速", "pace"),
    "filler": ("口头禅频率", "filler rate"),
    "hung_up_by": ("挂机方", "hung up by"),
    "attribute": ("随录参数", "call attribute"),
    "promise": ("承诺", "promise"),
}
UNITS: dict[str, tuple[str, str]] = {
    "s": ("秒", "s"),
    "per_min": ("/分", "a minute"),
    "chars_per_min": ("字/分", "characters a minute"),
    "words_per_min": ("词/分", "words a minute"),
}
PARTIES: dict[str, tuple[str, str]] = {
    "csr": ("座席", "the CSR"),
    "customer": ("客户", "the customer"),
    "unknown": ("未知", "unknown"),
}


def reason(code: str, /, **values: str | float | int | None) -> Reason:
    """The reason with its sentences; text values may be given as (zh, en) `*_zh`, `*_en`."""
    zh, en = REASONS[code]
    kept: dict[str, str | float | int | None] = {}
    said_zh: dict[str, object] = {}
    said_en: dict[str, object] = {}
    for key, value in values.items():
        if key.endswith("_zh"):
            said_zh[key[:-3]] = value
        elif key.endswith("_en"):
            said_en[key[:-3]] = value
        else:
            kept[key] = value
    text = Text(zh=zh.format_map(kept | said_zh), en=en.format_map(kept | said_en))
    return Reason(code=code, values=kept, text=text)


def need_texts(need: str, why: str) -> dict[str, str]:
    """A missing measurement and why it is, for `need_zh`, `need_en`, `why_zh`, `why_en`."""
    kind, _, name = need.partition(" ")
    if kind == "attribute":
        need_zh, need_en = f"随录参数 {name}", f"the call attribute {name}"
    else:
        need_zh, need_en = NEED_TEXTS[need]
    why_zh, why_en = WHY_TEXTS.get(why, (why, why))
    return {"need_zh": need_zh, "need_en": need_en, "why_zh": why_zh, "why_en": why_en}


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
    if fact.quote:
        return f"“{fact.quote}”", f'"{fact.quote}"'
    title = KINDS.get(fact.kind, (fact.kind, fact.kind))
    if isinstance(fact.value, int | float):
        unit = UNITS.get(fact.unit or "", (fact.unit or "", fact.unit or ""))
        number = f"{fact.value:.1f}".removesuffix(".0")
        return f"{title[0]} {number} {unit[0]}".strip(), f"{title[1]} {number} {unit[1]}".strip()
    value = PARTIES.get(str(fact.value), (str(fact.value), str(fact.value)))
    if fact.value is None:
        return title
    return f"{title[0]}：{value[0]}", f"{title[1]} {value[1]}"


def wanted_texts(wanted: Iterable[str]) -> dict[str, str]:
    """What was searched in vain, for `wanted`: names of behaviours, or the phrases themselves."""
    names = list(dict.fromkeys(wanted))
    shown = [BEHAVIOURS.get(name, (f"“{name}”", f'"{name}"')) for name in names[:MOST_WANTED]]
    more = ("等", " ...") if len(names) > MOST_WANTED else ("", "")
    return {
        "wanted": ", ".join(names),
        "wanted_zh": ("或".join(zh for zh, _ in shown) or "要求的内容") + more[0],
        "wanted_en": (" or ".join(en for _, en in shown) or "what is asked for") + more[1],
    }


def nearest_texts(nearest: Candidate | None) -> dict[str, str]:
    """What came nearest, for `nearest_zh` and `nearest_en`; empty when nothing did."""
    if nearest is None:
        return {"nearest_zh": "", "nearest_en": ""}
    at = clock(nearest.start_s)
    return {
        "nearest_zh": f"；最接近的是 {at} 的“{nearest.quote}”（近似“{nearest.wanted}”）",
        "nearest_en": f'; nearest was "{nearest.quote}" at {at} (like "{nearest.wanted}")',
    }
