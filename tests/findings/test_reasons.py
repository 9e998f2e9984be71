"""Reasons: both languages, the same placeholders, what people read."""

import string

import pytest

from qa.domain.facts import NEEDS, Fact
from qa.domain.text import Text
from qa.facts.needs import REASONS as FACTS_REASONS
from qa.findings.operators import OPERATORS
from qa.findings.reason_words import (
    BEHAVIOURS,
    DOUBTS,
    KINDS,
    MEASURED,
    NEED_TEXTS,
    UNITS,
    WHY_TEXTS,
)
from qa.findings.reasons import (
    REASONS,
    clock,
    here_of,
    here_texts,
    need_texts,
    reason,
    spans_text,
    wanted_texts,
)
from transcribe.transcript import Span


def placeholders(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}


@pytest.mark.parametrize("code", REASONS)
def test_both_languages_name_the_same_placeholders(code: str) -> None:
    zh, en = REASONS[code]
    assert placeholders(zh) == placeholders(en)


@pytest.mark.parametrize("texts", [REASONS, DOUBTS, NEED_TEXTS, WHY_TEXTS, KINDS, MEASURED])
def test_both_languages_are_written(texts: dict[str, tuple[str, str]]) -> None:
    for zh, en in texts.values():
        assert any("\u4e00" <= character <= "\u9fff" for character in zh)
        assert en.isascii()


def test_every_need_and_every_reason_of_the_facts_has_words() -> None:
    assert set(NEED_TEXTS) == {*NEEDS, "hits", "talk_share", "duration", "mood"}
    assert set(FACTS_REASONS) <= set(WHY_TEXTS)


def test_a_reason_says_its_values_in_both_languages() -> None:
    made = reason("found", at="0:01.0", here_zh="0:01.0 静音", here_en="dead air at 0:01.0")
    assert made.values == {"at": "0:01.0"}
    assert (made.text.zh, made.text.en) == ("发现：0:01.0 静音", "Found: dead air at 0:01.0")


def test_a_placeholder_without_a_value_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="here"):
        reason("found", at="0:01.0")


def test_a_percentile_without_calls_says_how_many_more() -> None:
    texts = need_texts("site_pace 163", "too_few_calls")
    assert texts["need_zh"] == "本站的语速分布（还差 163 通）"
    assert texts["need_en"] == "the site's own distribution of pace (163 more calls)"


def test_an_unknown_reason_of_a_missing_need_stands_as_it_is() -> None:
    texts = need_texts("holds", "strike")
    assert (texts["why_zh"], texts["why_en"]) == ("strike", "strike")


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00.0"), (9.96, "0:10.0"), (62.5, "1:02.5"), (59.94, "0:59.9"), (3600, "60:00.0")],
)
def test_a_time_of_the_call(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_stretches() -> None:
    assert spans_text(()) == "-"
    spans = (Span(start_s=0, end_s=15), Span(start_s=60, end_s=61.25))
    assert spans_text(spans) == "0:00.0-0:15.0, 1:00.0-1:01.3"
    inner = Span(start_s=2, end_s=15)
    assert spans_text((*spans, inner)) == spans_text(spans)
    assert spans_text((inner, inner)) == "0:02.0-0:15.0"


@pytest.mark.parametrize(
    ("fact", "zh", "en"),
    [
        ({"kind": "greeting", "quote": "您好", "turn": 0}, "1:05.0 “您好”", '"您好" at 1:05.0'),
        (
            {"kind": "dead_air", "value": 6.0, "unit": "s"},
            "1:05.0 静音 6 秒",
            "dead air 6 s at 1:05.0",
        ),
        (
            {"kind": "pace", "value": 331.25, "unit": "chars_per_min"},
            "语速 331.2 字/分",
            "pace 331.2 characters a minute",
        ),
        (
            {"kind": "pace", "turn": 3, "value": 400.0, "unit": "chars_per_min"},
            "1:05.0 语速 400 字/分",
            "pace 400 characters a minute at 1:05.0",
        ),
        (
            {"kind": "hung_up_by", "value": "csr"},
            "1:05.0 挂机方：座席",
            "hung up by the CSR at 1:05.0",
        ),
        ({"kind": "attribute", "value": "a=b"}, "随录参数：a=b", "call attribute a=b"),
        ({"kind": "promise", "turn": 1}, "1:05.0 承诺", "promise at 1:05.0"),
        ({"kind": "mood", "value": "better"}, "客户情绪：变好", "the mood got better"),
        (
            {"kind": "talk_share", "value": 0.815, "unit": "share"},
            "通话占比 82%",
            "a talk share of 82%",
        ),
        ({"kind": "other", "value": 2.0, "unit": "x"}, "1:05.0 other 2 x", "other 2 x at 1:05.0"),
    ],
)
def test_a_fact_in_words(fact: dict[str, object], zh: str, en: str) -> None:
    """What is measured of the whole call has no time."""
    assert here_of(Fact.model_validate({"start_s": 65, "end_s": 66, **fact})) == (zh, en)


def test_several_facts_are_told_up_to_three() -> None:
    facts = [Fact(kind="hold", start_s=n, end_s=n, value=5.0, unit="s") for n in range(5)]
    assert here_texts(facts[:2])["here_zh"] == "0:00.0 保持 5 秒、0:01.0 保持 5 秒"
    assert here_texts(facts)["here_en"] == "hold 5 s at 0:00.0, hold 5 s at 0:01.0, " \
        "hold 5 s at 0:02.0 ..."  # fmt: skip


@pytest.mark.parametrize(
    ("names", "zh", "en"),
    [
        (["greeting"], "问候", "greeting"),
        (["case_registered", "case_number", "reply_time"], "受理登记、受理编号或时限",
         "registration of the case, case number or time limit"),
        (["apology", "empathy", "greeting", "closing"], "致歉、安抚、问候等",
         "apology, empathy, greeting ..."),
        (["my own list"], "“my own list”", '"my own list"'),
        (["dead_air"], "规则所说的静音", "dead air as the rule says"),
        ([Text(zh="投诉未获安抚", en="A complaint met no empathy")], "“投诉未获安抚”",
         '"A complaint met no empathy"'),
    ],
)  # fmt: skip
def test_what_was_searched_in_vain(names: list[str | Text], zh: str, en: str) -> None:
    made = wanted_texts(names)
    assert (made["wanted_zh"], made["wanted_en"]) == (zh, en)


def test_every_operator_has_a_name_for_what_it_did_not_find() -> None:
    """By its wordings, its own behaviour's name, or this table."""
    worded = {"says", "says_number", "similar", "discloses", "promise", "process_flow", "sentiment"}
    assert set(OPERATORS) == worded | set(MEASURED) | (set(BEHAVIOURS) & set(OPERATORS))


def test_units_have_words() -> None:
    assert {"s", "per_min", "chars_per_min", "words_per_min", "dbfs", "db"} <= set(UNITS)
