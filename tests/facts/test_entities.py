"""Amounts, dates, names and private numbers in transcripts that were not masked."""

from pathlib import Path

import pytest

from qa.domain.patterns import Patterns
from qa.domain.synonyms import list_with
from qa.facts.amounts import amount_of
from qa.facts.entities import compiles
from qa.packs.load import load_packs
from tests.facts.calls import facts_of, patterns, transcript, words
from transcribe.errors import CodedError
from transcribe.transcript import Language

ROOT = Path(__file__).parents[2]
SHIPPED = {one.language: one for one in load_packs(ROOT).patterns}


def asking(language: Language, *kinds: str) -> Patterns:
    """The shipped entities alone, with these kinds asked for."""
    shipped = SHIPPED[language]
    return patterns(language=language).model_copy(
        update={"entities": shipped.entities, "asked": kinds}
    )


def values(text: str, language: Language, kind: str) -> list[float | str | None]:
    heard = transcript(("customer", 0, 9, text), language=language)
    facts = facts_of(heard, asking(language, kind)).facts
    return [fact.value for fact in facts if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("您的余额是三百五十元", [350.0]),
        ("一共350块5，押金1,200.50元", [350.5, 1200.5]),
        ("多扣了我三块五毛二分钱", [3.52]),
        ("大概要两万块钱吧", [20000.0]),
        ("我转了三点五万元给他", [35000.0]),
        ("¥88 一个月", [88.0]),
        ("我跟他一块去的", []),
        ("元旦放假三天，一共十分钟", []),
        ("我的电话是13812345678", []),
        ("差了五毛钱", [0.5]),
    ],
)
def test_amounts_zh(text: str, sums: list[float]) -> None:
    assert values(text, "zh", "amount") == sums


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("You owe three hundred and fifty dollars", [350.0]),
        ("It's $1,200.50 in total", [1200.5]),
        ("they charged me five dollars and twenty cents", [5.2]),
        ("a hundred bucks, or 20 pounds", [100.0, 20.0]),
        ("Twenty-five cents", [0.25]),
        ("the package weighs two kilos, order 350", []),
        ("that's my two cents", []),
    ],
)
def test_amounts_en(text: str, sums: list[float]) -> None:
    assert values(text, "en", "amount") == sums


def test_an_amount_that_cannot_be_told_has_no_value() -> None:
    assert amount_of("one fifty dollars", "en") is None
    assert amount_of("元", "zh") is None
    assert amount_of("九" * 1000 + "元", "zh") is None


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("zh", "下周三之前给您回复", ["下周三"]),
        ("zh", "三月五号扣款，明天下午再打", ["三月五号", "明天下午"]),
        ("zh", "2026年3月5日生效", ["2026年3月5日"]),
        ("zh", "每月十五号之前还款", ["十五号"]),
        ("zh", "住在三号楼，坐三号线，要三个月", []),
        ("en", "It is due on March fifth", ["March fifth"]),
        ("en", "call me next Friday or tomorrow", ["next Friday", "tomorrow"]),
        ("en", "by the twenty-first of May", ["the twenty-first of May"]),
        ("en", "You may first try the second option", []),
        ("en", "on 3/5/2026 please", ["3/5/2026"]),
    ],
)
def test_dates(language: Language, text: str, dates: list[str]) -> None:
    assert values(text, language, "date") == dates


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("zh", "我叫张三，想查一下余额", ["张三"]),
        ("zh", "免贵姓王", ["王"]),
        ("zh", "请问是欧阳先生吗", ["欧阳"]),
        ("zh", "我叫不到车，名字叫什么来着", []),
        ("zh", "我是高级会员", []),
        ("en", "Hi, my name is John Smith and I am calling about my bill", ["John Smith"]),
        ("en", "This is Mary speaking", ["Mary"]),
        ("en", "Thank you, Mr. O'Brien", ["O'Brien"]),
        ("en", "My name is not on the account. This is ridiculous.", []),
        ("en", "I am calling about the name on the card", []),
    ],
)
def test_names(language: Language, text: str, names: list[str]) -> None:
    assert values(text, language, "pii_name") == names


@pytest.mark.parametrize(
    ("language", "kind", "text", "quote"),
    [
        ("zh", "pii_phone", "我的手机号是幺三八一二三四五六七八", "幺三八一二三四五六七八"),
        ("zh", "pii_id_card", "身份证号是11010519491231002X", "11010519491231002X"),
        ("en", "pii_bank_card", "card number 4111 1111 1111 1111 thanks", "4111 1111 1111 1111"),
        ("en", "pii_email", "it is john.smith@example.com", "john.smith@example.com"),
        ("en", "pii_address", "I live at 12 Baker Street", "12 Baker Street"),
    ],
)
def test_private_data_of_unmasked_transcripts(
    language: Language, kind: str, text: str, quote: str
) -> None:
    heard = transcript(("customer", 0, 9, text), language=language)
    (fact,) = (f for f in facts_of(heard, asking(language, kind)).facts if f.kind == kind)
    assert (fact.turn, fact.speaker, fact.quote) == (0, "customer", quote)


def test_nothing_is_measured_unasked() -> None:
    heard = transcript(("customer", 0, 9, "我叫张三，欠三百元，明天还，电话13812345678"))
    none = facts_of(heard, asking("zh"))
    assert {fact.kind for fact in none.facts} & {"amount", "date", "pii_name", "pii_phone"} == set()
    asked = facts_of(heard, asking("zh", "amount"))
    assert asked.made_by != none.made_by or asked.facts != none.facts


def test_a_site_adds_a_kind_of_its_own() -> None:
    own = words("order_number", regexes=[r"订单(?:号)?(?:是)?([0-9]{6,12})"])
    found = patterns().model_copy(update={"entities": (own,), "asked": ("order_number",)})
    heard = transcript(("customer", 0, 9, "我的订单号是20261105"))
    (fact,) = (one for one in facts_of(heard, found).facts if one.kind == "order_number")
    assert fact.value == fact.quote == "20261105"


def test_a_broken_list_is_told_with_its_place() -> None:
    own = words("order_number", regexes=["("], place="rules/entities/zh/order_number.yaml:1:1")
    found = patterns().model_copy(update={"entities": (own,)})
    with pytest.raises(CodedError) as caught:
        compiles(found)
    assert (caught.value.code, caught.value.place) == ("QA301", own.place)


def test_synonyms_are_written_out_in_the_shipped_lists() -> None:
    for shipped in SHIPPED.values():
        groups = {one.name: one.words for one in shipped.synonyms}
        assert all(list_with(one, groups) == one for one in shipped.entities)
        compiles(shipped)
