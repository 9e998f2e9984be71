"""Simplified characters, width, and offsets that lead back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe.text import chinese_punctuation, normalise, simplified, written


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("感謝您的來電，請問還有其他可以幫您的嗎", "感谢您的来电，请问还有其他可以帮您的吗"),
        ("您著急我理解，這是一本著名的書", "您着急我理解，这是一本著名的书"),
        ("頭髮乾淨，皇后在後面", "头发干净，皇后在后面"),
        ("已经是简体", "已经是简体"),
        ("Plain English", "Plain English"),
        ("", ""),
    ],
)
def test_simplified(text: str, wanted: str) -> None:
    assert simplified(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("工號６０２，請稍等！", "工号602，请稍等！"),
        ("ＶＩＰ客戶", "VIP客户"),
        ("ﬁne", "fine"),
        ("cafe\u0301", "caf\u00e9"),
    ],
)
def test_written_is_plain_width_and_keeps_chinese_punctuation(text: str, wanted: str) -> None:
    assert written(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("你好,请问有什么可以帮您?", "你好，请问有什么可以帮您？"),
        ("一共3.5元,对吗", "一共3.5元，对吗"),
        ("Hello, yes.", "Hello, yes."),
        ("好的.", "好的。"),
    ],
)
def test_chinese_punctuation(text: str, wanted: str) -> None:
    assert chinese_punctuation(text) == wanted


def test_normalised_matches_lead_back_to_the_original() -> None:
    text = "请輸入ＡＢＣ，㈠下"
    copy, offsets = normalise(text)
    assert copy == "请输入abc,(一)下"
    at = copy.index("abc")
    assert text[offsets[at] : offsets[at + 2] + 1] == "ＡＢＣ"
    assert [offsets[copy.index(char)] for char in "(一)"] == [text.index("㈠")] * 3


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_offsets_are_in_order_and_inside(text: str) -> None:
    copy, offsets = normalise(text)
    assert len(copy) == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


@given(st.text(max_size=40))
def test_simplifying_keeps_every_place(text: str) -> None:
    assert len(simplified(text)) == len(text)
