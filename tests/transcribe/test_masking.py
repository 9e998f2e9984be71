"""Card and ID numbers disappear; amounts, dates and other numbers stay."""

import pytest

from transcribe.masking import mask
from transcribe.private_numbers import id_card, luhn
from transcribe.transcript import Speaker, Turn, Word

ALL = ("pii_id_card", "pii_bank_card")


def call(*lines: str) -> tuple[Turn, ...]:
    """Turns "role: text", three seconds each, with a word for each space or character."""
    turns = []
    for index, line in enumerate(lines):
        role, text = line.split(": ", 1)
        speaker: Speaker = {"csr": "csr", "customer": "customer"}.get(role, "unknown")  # type: ignore[assignment]
        pieces = text.split() if text.isascii() else list(text.replace(" ", ""))
        step = 3 / max(1, len(pieces))
        words = tuple(
            Word(start_s=3 * index + at * step, end_s=3 * index + (at + 1) * step, text=piece,
                 probability=0.9)
            for at, piece in enumerate(pieces)
        )  # fmt: skip
        turns.append(
            Turn(start_s=3.0 * index, end_s=3.0 * index + 3, speaker=speaker, text=text,
                 words=words, channel={"csr": 0, "customer": 1}.get(role, 0))
        )  # fmt: skip
    return tuple(turns)


def masked(*lines: str) -> list[str]:
    return [turn.text for turn in mask(call(*lines), ALL)[0]]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("卡号是4111111111111111", "卡号是****************"),
        ("4111 1111 1111 1111", "**** **** **** ****"),
        ("5187-6200-3391-0471谢谢", "****-****-****-****谢谢"),
        ("四一一一，一一一一，一一一一，一一一一", "****，****，****，****"),
        ("四幺幺幺 幺幺幺幺 幺幺幺幺 幺幺幺幺", "**** **** **** ****"),
        ("是六二二二零二一二三四五六七八九零一二八", "是*******************"),
        ("３７８２ ８２２４ ６３１０ ００５", "**** **** **** ***"),
        ("是四四零一零六，一九八五，零七二一，三零一六", "是******，****，****，****"),
        ("身份证11010519491231002X。", "身份证******************。"),
        ("手机号13705528846，身份证440106198507213016", "手机号13705528846，身份证" + "*" * 18),
        ("13705528846 440106198507213016", "13705528846 " + "*" * 18),
    ],
)  # fmt: skip
def test_chinese_numbers_told_by_themselves(said: str, wanted: str) -> None:
    assert masked(f"customer: {said}") == [wanted]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("It's 4111 1111 1111 1111, okay?", "It's **** **** **** ****, okay?"),
        (
            "five one eight seven, six two zero zero, three three nine one, zero four seven one",
            "* * * *, * * * *, * * * *, * * * *",
        ),
        (
            "five one eight seven, um, six two double o, double three nine one, oh four seven one",
            "* * * *, um, * * * *, * * * *, * * * *",
        ),
        ("Fifty-one eighty-seven six two hundred 3391 0471", "*-* *-* * * ** **** ****"),
        ("3782 822463 10005", "**** ****** *****"),
        ("four triple one 1111 1111 1111", "* ** * **** **** ****"),
        ("4111 1111 1111 1111 12 26 123", "**** **** **** **** 12 26 123"),
    ],
)
def test_english_numbers_told_by_themselves(said: str, wanted: str) -> None:
    assert masked(f"customer: {said}") == [wanted]


@pytest.mark.parametrize(
    "said",
    [
        "一共是一万二千三百四十五块六毛",
        "这五十块钱三个工作日之内退回您的账户",
        "订单号是2024050112345678901",
        "您的工号是六零二，二零二四年五月一号",
        "我的手机号是13705528846",
        "一三七，零五五二，八八四六",
        "后四位是七三一八",
        "一个月、两个月、三个月、四个月",
        "从一九九八年到二零二三年一直是你们的客户",
        "Order number 9 4 1 1 1 2 2 3 3 4 4 5 5 6",
        "The balance is 12,345.67 and was due on 2024-05-01.",
        "a card ending in three three nine zero",
        "My account number is nine zero two, four four seven",
        "Call me at 415 555 0132 or 415 555 0199",
        "one or two of the seven or eight times",
        "0000 0000 0000 0000",
        "",
    ],
)
def test_other_numbers_stay(said: str) -> None:
    assert masked(f"customer: {said}") == [said]


def test_groups_over_several_turns_of_one_side() -> None:
    assert masked(
        "csr: 请报一下您的银行卡号", "customer: 六二二二", "csr: 嗯", "customer: 零二一二三四五",
        "csr: 好的", "customer: 六七八九零一二八",
    ) == [
        "请报一下您的银行卡号", "****", "嗯", "*******", "好的", "********",
    ]  # fmt: skip


def test_each_side_is_read_by_itself() -> None:
    assert masked(
        "csr: May I have the card number?", "customer: 4111 1111", "csr: 4111 1111",
        "customer: 1111 1111", "csr: 1111 1111, thank you.",
    ) == [
        "May I have the card number?", "**** ****", "**** ****", "**** ****",
        "**** ****, thank you.",
    ]  # fmt: skip


def test_turns_far_apart_are_not_one_number() -> None:
    first, second = call("customer: 4111 1111", "customer: 1111 1111")
    later = second.model_copy(update={"start_s": 60.0, "end_s": 63.0})
    assert mask((first, later), ALL)[1] == ()


@pytest.mark.parametrize(
    ("asks", "says", "wanted"),
    [
        ("请提供卡号", "6222 0212 3456 789", "**** **** **** ***"),
        ("请提供身份证号", "四四零一零六 八五零七二一 三零一", "****** ****** ***"),
        ("And your card number?", "5187 6200 3391", "**** **** ****"),
        ("请提供手机号和身份证号", "13705528846", "13705528846"),
        ("请提供卡号或者订单号", "202405011234", "202405011234"),
        ("请提供身份证后四位", "7318", "7318"),
        ("请提供银行卡尾号", "二零二四三三九零", "二零二四三三九零"),
        ("What is the order number?", "5187 6200 3391", "5187 6200 3391"),
    ],
)
def test_digits_that_were_asked_for(asks: str, says: str, wanted: str) -> None:
    assert masked(f"csr: {asks}", f"customer: {says}")[1] == wanted


def test_masks_tell_where_and_when() -> None:
    turns, masks = mask(call("csr: hello", "customer: it is 4111 1111 1111 1111 yes"), ALL)
    (found,) = masks
    assert (found.turn, found.kind) == (1, "pii_bank_card")
    assert turns[1].text[found.start : found.end] == "**** **** **** ****"
    assert (found.start_s, found.end_s) == (turns[1].words[2].start_s, turns[1].words[5].end_s)


def test_words_are_masked_like_their_text() -> None:
    (turn,), _ = mask(call("customer: double four eleven 1111 1111 1118"), ALL)
    assert turn.text == "* * ** **** **** ****"
    assert [word.text for word in turn.words] == ["*", "*", "**", "****", "****", "****"]


def test_two_kinds_in_one_turn() -> None:
    said = "身份证440106198507213016，卡号4111111111111111"
    turns, masks = mask(call(f"customer: {said}"), ALL)
    assert turns[0].text == f"身份证{'*' * 18}，卡号{'*' * 16}"
    assert [m.kind for m in masks] == ["pii_id_card", "pii_bank_card"]


def test_only_the_chosen_kinds() -> None:
    turns = call("customer: 4111 1111 1111 1111")
    assert mask(turns, ("pii_id_card",)) == (turns, ())
    assert mask(turns, ()) == (turns, ())


def test_no_digits_are_left_in_the_stored_words() -> None:
    turns, _ = mask(call("customer: 四幺幺幺幺幺幺幺幺幺幺幺幺幺幺幺"), ALL)
    assert {word.text for word in turns[0].words} == {"*"}


@pytest.mark.parametrize(
    ("digits", "wanted"),
    [("4111111111111111", True), ("4111111111111112", False), ("378282246310005", True)],
)
def test_luhn(digits: str, wanted: bool) -> None:
    assert luhn(digits) is wanted


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("440106198507213016", True),
        ("11010519491231002X", True),
        ("440106198507213017", False),
        ("440106198513213016", False),
        ("040106198507213016", False),
        ("44010619850721301", False),
    ],
)
def test_id_card(number: str, wanted: bool) -> None:
    assert id_card(number) is wanted
