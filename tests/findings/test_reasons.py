"""Reasons: both languages, the same placeholders, what people read."""

import string

import pytest

from qa.domain.facts import NEEDS, Fact
from qa.facts.needs import REASONS as FACTS_REASONS
from qa.findings.reason_words import DOUBTS, KINDS, NEED_TEXTS, UNITS, WHY_TEXTS
from qa.findings.reasons import (
    REASONS,
    clock,
    need_texts,
    reason,
    spans_text,
    what_texts,
)
from transcribe.transcript import Span


def placeholders(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}


@pytest.mark.parametrize("code", REASONS)
def test_both_languages_name_the_same_placeholders(code: str) -> None:
    zh, en = REASONS[code]
    assert placeholders(zh) == placeholders(en)


@pytest.mark.parametrize("texts", [REASONS, DOUBTS, NEED_TEXTS, WHY_TEXTS, KINDS])
def test_both_languages_are_written(texts: dict[str, tuple[str, str]]) -> None:
    for zh, en in texts.values():
        assert any("\u4e00" <= character <= "\u9fff" for character in zh)
        assert en.isascii()


def test_every_need_and_every_reason_of_the_facts_has_words() -> None:
    assert set(NEED_TEXTS) == {*NEEDS, "hits", "talk_share", "duration", "mood"}
    assert set(FACTS_REASONS) <= set(WHY_TEXTS)


def test_a_reason_says_its_values_in_both_languages() -> None:
    made = reason("found", at="0:01.0", what_zh="静音", what_en="dead air")
    assert made.values == {"at": "0:01.0"}
    assert (made.text.zh, made.text.en) == ("0:01.0 发现：静音", "Found at 0:01.0: dead air")


def test_a_placeholder_without_a_value_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="what"):
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


@pytest.mark.parametrize(
    ("fact", "zh", "en"),
    [
        ({"kind": "greeting", "quote": "您好"}, "“您好”", '"您好"'),
        ({"kind": "dead_air", "value": 6.0, "unit": "s"}, "静音 6 秒", "dead air 6 s"),
        (
            {"kind": "pace", "value": 331.25, "unit": "chars_per_min"},
            "语速 331.2 字/分",
            "pace 331.2 characters a minute",
        ),
        ({"kind": "hung_up_by", "value": "csr"}, "挂机方：座席", "hung up by the CSR"),
        ({"kind": "attribute", "value": "a=b"}, "随录参数：a=b", "call attribute a=b"),
        ({"kind": "promise"}, "承诺", "promise"),
        ({"kind": "mood", "value": "better"}, "客户情绪：变好", "the mood got better"),
        (
            {"kind": "talk_share", "value": 0.815, "unit": "share"},
            "通话占比 82%",
            "a talk share of 82%",
        ),
        ({"kind": "other", "value": 2.0, "unit": "x"}, "other 2 x", "other 2 x"),
    ],
)
def test_a_fact_in_words(fact: dict[str, object], zh: str, en: str) -> None:
    made = what_texts(Fact.model_validate({"start_s": 0, "end_s": 1, **fact}))
    assert made == {"what_zh": zh, "what_en": en}


def test_units_have_words() -> None:
    assert {"s", "per_min", "chars_per_min", "words_per_min", "dbfs", "db"} <= set(UNITS)
