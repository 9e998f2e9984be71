"""Reasons of findings, sayable in both languages."""

from collections.abc import Mapping

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
        "已检测 {searched}，未发现要求的内容{nearest_zh}",
        "Searched {searched}; what is asked for was not found{nearest_en}",
    ),
    "found_against": (
        "{at} 出现不应出现的内容：{what}",
        "At {at}, what should not be there: {what}",
    ),
    "lacking": (
        "{at} 的“{what}”缺少应有的配套内容，已检测 {searched}{nearest_zh}",
        "{what} at {at} lacks what should go with it; searched {searched}{nearest_en}",
    ),
    "precondition_false": (
        "不适用：前置条件未出现（已检测 {searched}）",
        "Not applicable: what the rule asks about did not occur (searched {searched})",
    ),
    "exception": (
        "不适用：例外情况成立（{at} {what}）",
        "Not applicable: an exception holds ({what} at {at})",
    ),
    "possible_hit": (
        "待人工：{at} 的“{what}”可能是要求识别的内容（{because_zh}），有它无它判定不同",
        "For a person: {what} at {at} may count ({because_en}); it decides the verdict",
    ),
    "heard_poorly": (
        "待人工：未发现要求的内容，但检测范围内只有 {share}% 的词听得清"
        "（要求 {limit}%）{nearest_zh}",
        "For a person: not found, but only {share}% of the words searched were heard well "
        "({limit}% needed){nearest_en}",
    ),
    "not_measured": (
        "待人工：缺少测量“{need}”（{why}）",
        "For a person: the measurement {need} is missing ({why})",
    ),
    "prerequisite_open": (
        "待人工：前置规则 {rule} 尚待人工判定",
        "For a person: the prerequisite rule {rule} is itself undecided",
    ),
    "prerequisite": ("由前置规则 {rule} 的判定得出", "Follows from the verdict of rule {rule}"),
}

BECAUSE: dict[str, tuple[str, str]] = {
    "near_sound": ("近音，疑似误识别", "it sounds near, perhaps misheard"),
    "low_confidence": ("识别置信度低", "recognised with low confidence"),
    "unknown_speaker": ("说话人不明", "the speaker is not known"),
}

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
    texts = [
        template.format_map(_Values(_localised(values, language)))
        for language, template in (("zh", zh), ("en", en))
    ]
    kept = {key: value for key, value in values.items() if not key.endswith(("_zh", "_en"))}
    return Reason(code=code, values=kept, text=Text(zh=texts[0], en=texts[1]))


def _localised(
    values: Mapping[str, str | float | int | None], language: str
) -> dict[str, str | float | int | None]:
    """Values with `name_zh`/`name_en` standing in for `name` in their language."""
    shown = dict(values)
    suffix = "_" + language
    for key, value in values.items():
        if key.endswith(suffix):
            shown[key.removesuffix(suffix)] = value
    return shown


class _Values(dict[str, str | float | int | None]):
    def __missing__(self, key: str) -> str:
        return ""


def clock(seconds: float) -> str:
    """A time in the call as people read it, "1:02.5"."""
    tenths = int(seconds * 10 + 0.5)
    return f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"


def spans_text(spans: tuple[Span, ...]) -> str:
    """Stretches as people read them, "0:00.0-0:15.0"; "-" when there are none."""
    return ", ".join(f"{clock(s.start_s)}-{clock(s.end_s)}" for s in spans) or "-"


def what_of(fact: Fact) -> tuple[str, str]:
    """A fact in words, (zh, en): its quote, or what was measured."""
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


def nearest_texts(nearest: Candidate | None) -> dict[str, str]:
    """What came nearest, for `nearest_zh` and `nearest_en`; empty when nothing did."""
    if nearest is None:
        return {"nearest_zh": "", "nearest_en": ""}
    at = clock(nearest.start_s)
    return {
        "nearest_zh": f"；最接近的是 {at} 的“{nearest.quote}”（近似“{nearest.wanted}”）",
        "nearest_en": f'; nearest was "{nearest.quote}" at {at} (like "{nearest.wanted}")',
    }
