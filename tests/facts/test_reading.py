"""The searched copy and the way back to the text as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.facts.reading import fold, fold_regex, read
from transcribe.transcript import Language


@pytest.mark.parametrize(
    ("language", "written", "copy"),
    [
        ("zh", "您好，请问 有什么可以帮您？", "你好请问有什么可以帮你?"),
        ("zh", "嗯，呃您稍等，她查帳戶", "你稍等他查账户"),
        ("zh", "用 Wi Fi 上网，花了1,200元", "用wi fi上网花了1,200元"),
        ("zh", "ＶＩＰ客户“王五”", "vip客户王五"),
        ("en", "How can I, um, help?", "how can i help?"),
        (
            "en",
            "I’ll call you. We can't, won't; cannot",
            "i will call you. we can not will not; can not",
        ),
        ("en", "follow-up  by 5 p.m. please", "follow up by 5 pm please"),
        ("en", "Yes, um. It's $1,200", "yes . it is $1,200"),
        ("en", "dont worry im here youre fine", "do not worry i am here you are fine"),
        ("en", "its late and ill call. I am ill", "it is late and i will call. i am ill"),
        ("en", "on its way, id like it with its id", "on its way i would like it with its id"),
        ("en", "well send it tomorrow", "we will send it tomorrow"),
        ("en", "oh well it broke, very ill man", "oh well it broke very ill man"),
    ],
)
def test_searched_copy(language: Language, written: str, copy: str) -> None:
    assert read(written, language).text == copy


def test_wordings_fold_like_the_text() -> None:
    assert fold("您好，请讲", "zh") == "你好请讲"
    assert fold("I'll call you", "en") == "i will call you"
    assert fold_regex(r"\bi'll (send|call)\b", "en") == r"\bi will (send|call)\b"
    assert fold_regex("给[您妳]回电", "zh") == "给[你你]回电"


def test_quotes_are_the_text_as_written() -> None:
    reading = read("好的，嗯，請您 稍等一下。", "zh")
    start = reading.text.index("请")
    first, last = reading.quote(start, start + len("请你稍等"))
    assert reading.original[first:last] == "請您 稍等"


def test_sentences() -> None:
    reading = read("Sorry. It costs 3.5 dollars! Bye", "en")
    begin, end = reading.sentence(reading.text.index("costs"))
    assert reading.text[begin:end].strip() == "it costs 3.5 dollars!"


@given(st.text(max_size=60), st.sampled_from(["zh", "en"]))
def test_every_character_leads_back(text: str, language: Language) -> None:
    reading = read(text, language)
    assert len(reading.starts) == len(reading.ends) == len(reading.text)
    for start, end in zip(reading.starts, reading.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert reading.starts == sorted(reading.starts)


@given(st.text(alphabet="a\ud800，。您 ,'.\n\u0301😀مß", max_size=30))
def test_hostile_characters(text: str) -> None:
    for language in ("zh", "en"):
        read(text, language).text.encode("utf-8")
