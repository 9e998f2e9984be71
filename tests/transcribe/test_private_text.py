"""Private words and numbers of every kind, as people say them; and what is not private."""

import pytest

from bench.privacy import recall
from transcribe.masking import KINDS, mask
from transcribe.transcript import Turn


def masked(*said: str) -> tuple[str, list[str]]:
    """The last turn's text and the kinds masked in it; turns alternate csr, customer."""
    turns = [
        Turn(start_s=3.0 * at, end_s=3.0 * at + 2, text=text, channel=at % 2,
             speaker="customer" if at % 2 else "csr")
        for at, text in enumerate(said)
    ]  # fmt: skip
    made, masks = mask(turns, KINDS)
    return made[-1].text, [found.kind for found in masks if found.turn == len(said) - 1]


@pytest.mark.parametrize(
    ("said", "wanted", "kind"),
    [
        ("我的邮箱是zhangsan艾特qq点com", "我的邮箱是" + "*" * 16, "pii_email"),
        ("邮箱zhang_san123@163.com谢谢", "*" * 23 + "谢谢", "pii_email"),
        ("it's john dot smith at gmail dot com", "it's **** *** ***** ** ***** *** ***",
         "pii_email"),
        ("j o h n 1 2 at hotmail dot co dot uk thanks", "* * * * * * ** ******* *** ** *** ** "
         "thanks", "pii_email"),
        ("write to jane_doe@example.org.", "write to ********************", "pii_email"),
        ("我住在广东省深圳市南山区科技园路12号3栋501室", "我住在" + "*" * 22, "pii_address"),
        ("送到朝阳区建国路八十八号院二号楼吧", "送到" + "*" * 14 + "吧", "pii_address"),
        ("I live at 42 Maple Street, Springfield, IL 62704.",
         "I live at ** ***** ******* ************ ** *****.", "pii_address"),
        ("my address is twelve old mill road", "my address is ****** *** **** ****",
         "pii_address"),
        ("密码是abc一二三", "密码是******", "pii_password"),
        ("my password is blue horse seven and I forgot nothing",
         "my password is **** ***** ***** and I forgot nothing", "pii_password"),
        ("CVV 是三二一", "CVV 是***", "pii_cvv"),
        ("安全码是123", "安全码是***", "pii_cvv"),
        ("the security code is three two one", "the security code is * * *", "pii_cvv"),
        ("my phone number is 415 555 0132", "my phone number is *** *** ****", "pii_phone"),
        ("手机号一三七零五五二八八四六", "手机号***********", "pii_phone"),
        ("电话零二零八七六五四三二一", "电话***********", "pii_phone"),
    ],
)  # fmt: skip
def test_private_words(said: str, wanted: str, kind: str) -> None:
    text, kinds = masked("hello", said)
    assert set(kinds) == {kind}
    if "@" not in said:
        assert text == wanted
    assert not any(c.isdecimal() for c in text)


@pytest.mark.parametrize(
    "said",
    [
        "it takes two days on the way to your place",
        "the password is incorrect",
        "my password is not working",
        "密码是不是忘了",
        "我忘记密码了，能重置吗",
        "look at the email I sent",
        "I am at home, dot the i",
        "请问您的地址在哪个区",
        "我在路上，三点到",
        "this is the third road accident in two years",
        "订单号是2024050112345678901",
        "余额一共是一万二千三百四十五元",
        "the three digits you gave are wrong",
        "call me tomorrow at nine",
        "",
    ],
)
def test_other_words_stay(said: str) -> None:
    assert masked("hello", said) == (said, [])


def test_a_password_that_was_asked_for() -> None:
    assert masked("And what is your password?", "sunny side up") == (
        "***** **** **", ["pii_password"]
    )  # fmt: skip
    assert masked("请问您的密码是什么", "不记得了")[1] == []


def test_a_code_read_out_after_its_card() -> None:
    text, kinds = masked("hello", "4111 1111 1111 1111, 12 26, 123")
    assert (text, kinds) == ("**** **** **** ****, 12 26, ***", ["pii_bank_card", "pii_cvv"])


def test_last_digits_stay_where_the_site_says_so() -> None:
    turns = [Turn(start_s=0, end_s=2, speaker="customer", text="卡号四一一一1111一一一一1111")]
    made, _ = mask(turns, KINDS, keep_last_digits=4)
    assert made[0].text == "卡号" + "*" * 12 + "1111"
    cvv = [Turn(start_s=0, end_s=2, speaker="customer", text="CVV 123")]
    assert mask(cvv, KINDS, keep_last_digits=4)[0][0].text == "CVV ***"


def test_one_syllable_for_minutes_takes_no_time() -> None:
    masked("hello", "路" * 20_000)
    masked("hello", "one road " * 5_000)
    masked("hello", "a.b@" * 5_000)


@pytest.mark.parametrize(
    ("kind", "language"), [(k, g) for k in ("card", "cvv") for g in ("zh", "en")]
)
def test_recall_of_card_numbers_as_spoken(kind: str, language: str) -> None:
    found, count = recall(600, seed=11)[kind, language]
    assert found / count >= 0.995
