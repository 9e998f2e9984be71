"""Text that nobody speaks: every measurer gives a bounded answer and no crash."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.domain.patterns import Patterns, Phrase, Sentences
from qa.facts.regexes import compile_regex
from qa.packs.load import load_packs
from tests.facts.calls import Line, facts_of, patterns, transcript, words
from transcribe.errors import CodedError
from transcribe.transcript import Language

ASKED = (
    "amount", "date", "number", "pii_address", "pii_bank_card", "pii_cvv", "pii_email",
    "pii_id_card", "pii_name", "pii_password", "pii_phone", "repetition",
)  # fmt: skip
SHIPPED = {one.language: one for one in load_packs(Path(__file__).parents[2]).patterns}


def everything(language: Language) -> Patterns:
    """The shipped lists, and all that a rule may ask for."""
    phrase = Phrase(
        key="p",
        phrases=("感谢您的耐心等待", "thank you for your patience"),
        tolerance=0.5,
        tokens=(({"LOWER": "sorry"}, {"OP": "*"}, {"LIKE_NUM": True}),),
    )
    sentences = Sentences(key="s", sentences=("请问还有什么可以帮您", "anything else"), by="words")
    return SHIPPED[language].model_copy(
        update={"asked": ASKED, "phrases": (phrase,), "sentences": (sentences,)}
    )


PIECES = [
    "您好，", "抱歉", "sorry", " my name is ", "张三", "三百五十元", "$350", "one three eight ",
    "幺三八", "\ud800", "\udfff", "😀", "👨‍👩‍👧", "مرحبا", "שלום", "e\u0301\u0301", "\u202e",
    "\x00",
    "\ufeff", "ﬃ", "㍿", "İ", "ß", "\n", "'", "。", ". ", "@", "*", "<card>", "１２３", "x" * 40,
]  # fmt: skip


SAID = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=30))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(("zh", "en")),
    st.lists(
        st.one_of(
            st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=30)
        ),
        max_size=4,
    ),
)
def test_any_text_gives_facts_whose_quotes_stand_in_it(
    language: Language, texts: list[str]
) -> None:
    lines: list[Line] = [
        (("csr", "customer", "unknown")[at % 3], 5.0 * at, 5.0 * at + 4, text)  # type: ignore[misc]
        for at, text in enumerate(texts)
    ]
    heard = transcript(*lines, language=language, duration_s=60.0)
    found = facts_of(heard, everything(language))
    for fact in (*found.facts, *found.candidates):
        if fact.turn is not None and fact.quote is not None:
            assert fact.quote in texts[fact.turn]
            assert fact.start_s <= fact.end_s
    assert facts_of(heard, everything(language)) == found


def seconds(text: str, language: Language, found: Patterns) -> float:
    heard = transcript(("csr", 0, 5, text), language=language)
    started = time.process_time()
    facts = facts_of(heard, found)
    took_s = time.process_time() - started
    assert len(facts.facts) + len(facts.candidates) < 2000
    return took_s


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("zh", "好的您好抱歉我叫张三三百元幺三八，"), ("zh", "一"), ("zh", "您好。"), ("zh", "😀"),
        ("en", "sorry one three eight my name is john march fifth "), ("en", "a"), ("en", "x. "),
    ],
)  # fmt: skip
def test_a_million_characters_take_time_in_proportion(language: Language, unit: str) -> None:
    """Ten times the text takes at most thirty times as long: nothing is quadratic."""
    found = everything(language)
    seconds(unit, language, found)  # what is loaded once
    few, many = 100_000 // len(unit), 1_000_000 // len(unit)
    assert seconds(unit * many, language, found) < 30 * (seconds(unit * few, language, found) + 0.1)


@pytest.mark.parametrize(
    "regex", ["(a+)+$", "(a|a)*b", "(x+x+)+y", "a*b|a", "(.*)(.*)(.*)c", "a.{0,900}b.{0,900}c"]
)
def test_hostile_regexes_end(regex: str) -> None:
    hostile = patterns(words("k", regexes=[regex], excludes=[regex]), language="en")
    short = seconds("a" * 20_000, "en", hostile)
    assert seconds("a" * 200_000, "en", hostile) < 40 * short + 1


@pytest.mark.parametrize(
    ("regex", "code"),
    [
        ("(?=好)", "QA305"), ("(?!好)", "QA305"), ("(?<=好)", "QA305"), ("(?<!不)好", "QA305"),
        (r"(好)\1", "QA305"), ("(?P<a>好)(?P=a)", "QA305"), ("((a{999}){999}){999}", "QA301"),
        ("(" * 2000, "QA301"), ("[", "QA301"), (r"\q", "QA301"), ("好{1001}", "QA301"),
        ("Hello", "QA306"), ("[A-Z]+", "QA306"), ("VIP客户", "QA306"),
    ],
)  # fmt: skip
def test_regexes_that_are_refused(regex: str, code: str) -> None:
    with pytest.raises(CodedError) as caught:
        compile_regex("k", regex, "zh")
    assert caught.value.code == code


@pytest.mark.parametrize(
    "regex",
    [r"\W\S\D\B\pL\p{Han}\PN", "(?i)Hello", "(?P<Name>好)", "[[:alpha:]]", r"\x{4E00}", r"\\1"],
)
def test_capitals_that_are_no_letters_are_well(regex: str) -> None:
    compile_regex("k", regex, "zh")
