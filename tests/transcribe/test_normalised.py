"""The written form beside what was said: numbers, width, characters; offsets lead back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe.normalised import normalised
from transcribe.spoken_numbers import numbers
from transcribe.transcript import Language

ZH = [
    ("工号二一零七，请问", "工号2107，请问"),
    ("一百二十块钱的年费", "120元的年费"),
    ("三百二", "320"),
    ("三百零二", "302"),
    ("一万三千五百元", "13500元"),
    ("一亿零五十万", "100500000"),
    ("百分之三点五", "3.5%"),
    ("二十五块五", "25.5元"),
    ("一共三点五元", "一共3.5元"),
    ("下午三点五分", "下午三点五分"),
    ("三月十五号", "3月15号"),
    ("幺三八零零", "13800"),
    ("您好,請問", "您好，请问"),
    ("卡号尾号ＡＢ１２ ，对吗?", "卡号尾号AB12，对吗？"),
    ("卡号是****1234", "卡号是****1234"),
]
ZH_SAME = ["一下一点一起", "万一", "三五天就到", "千万别", "一一说明", "七八个人", "十分抱歉", "零"]
EN = [
    ("eighty-five dollars", "$85"),
    ("born in nineteen eighty nine", "born in 1989"),
    ("number two one oh seven", "number 2107"),
    ("six hundred and forty dollars", "$640"),
    ("a hundred and ten", "110"),
    ("five percent of it", "5% of it"),
    ("ten  minutes", "10 minutes"),
    ("one million two hundred thousand", "1200000"),
    ("it is ﬁne", "it is fine"),
]
EN_SAME = ["one of them", "oh no", "and so on", "hundreds of people", "someone"]


@pytest.mark.parametrize(("said", "wanted"), ZH)
def test_mandarin(said: str, wanted: str) -> None:
    assert normalised(said, "zh").text == wanted


@pytest.mark.parametrize(("said", "wanted"), EN)
def test_english(said: str, wanted: str) -> None:
    assert normalised(said, "en").text == wanted


@pytest.mark.parametrize("said", ZH_SAME)
def test_what_is_no_number_stays_in_mandarin(said: str) -> None:
    assert list(numbers(said, "zh")) == []


@pytest.mark.parametrize("said", EN_SAME)
def test_what_is_no_number_stays_in_english(said: str) -> None:
    assert list(numbers(said, "en")) == []


def test_the_way_back_quotes_what_was_said() -> None:
    said = "年费一百二十块钱，对吗?"
    copy = normalised(said, "zh")
    at = copy.text.index("120元")
    start, end = copy.original(at, at + 4)
    assert said[start:end] == "一百二十块钱"
    start, end = copy.original(at + 1, at + 2)  # part of a number stands for all of it
    assert said[start:end] == "一百二十块钱"
    start, end = copy.original(copy.text.index("对吗"), copy.text.index("对吗") + 2)
    assert said[start:end] == "对吗"


PARTS = [*"零一二两三十百千万亿点元块钱月号，。 a1ＡB㎏ﬁ請問-\né", "e\u0301", "百分之", "百分之十"]
PARTS += ["one ", "twenty ", "hundred ", "and ", "dollars", "a ", "oh "]
SPOKEN = st.lists(st.sampled_from(PARTS), max_size=25).map("".join)


@given(st.one_of(SPOKEN, st.text(max_size=40)), st.sampled_from(["zh", "en"]))
def test_offsets_map_back(said: str, language: Language) -> None:
    copy = normalised(said, language)
    assert len(copy.text) == len(copy.starts) == len(copy.ends)
    assert all(0 <= a < b <= len(said) for a, b in zip(copy.starts, copy.ends, strict=True))
    assert list(copy.starts) == sorted(copy.starts)
    assert list(copy.ends) == sorted(copy.ends)
    # Every letter and digit of the original stands behind some code point of the copy.
    covered = {at for a, b in zip(copy.starts, copy.ends, strict=True) for at in range(a, b)}
    assert all(at in covered for at, char in enumerate(said) if char.isalnum())


@given(SPOKEN, st.sampled_from(["zh", "en"]))
def test_numbers_stand_apart_and_in_order(said: str, language: Language) -> None:
    found = list(numbers(said, language))
    assert all(0 <= n.start < n.end <= len(said) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
