"""What counts as saying it again."""

import pytest

from tests.facts.calls import Line, facts_of, patterns, transcript
from transcribe.transcript import Language


def repeated(*lines: Line, language: Language) -> list[tuple[int | None, float | str | None]]:
    found = patterns(language=language).model_copy(update={"asked": ("repetition",)})
    facts = facts_of(transcript(*lines, language=language), found).facts
    return [(fact.turn, fact.value) for fact in facts if fact.kind == "repetition"]


@pytest.mark.parametrize(
    ("language", "first", "again", "same"),
    [
        ("zh", "我们这边规定就是不能退的。", "我们这边规定就是不能退的", True),
        ("zh", "我们这边规定就是不能退的", "嗯，我们这边的规定就是不能退的", True),
        ("zh", "我们这边规定就是不能退的", "我们这边规定就是可以换的", False),
        ("zh", "好的好的", "好的好的", False),
        ("zh", "您的账单一共是三百五十元整", "您的账单一共是四百五十元整", False),
        ("zh", "幺三八零零一二三四五六", "幺三八零零一二三四五六", False),
        (
            "en",
            "There is nothing I can do about that",
            "There's nothing I can do about that.",
            True,
        ),
        ("en", "There is nothing I can do about it", "There is something I could try", False),
        ("en", "uh-huh, okay", "uh-huh, okay", False),
        ("en", "Your balance today is 350 dollars", "Your balance today is 450 dollars", False),
    ],
)
def test_again(language: Language, first: str, again: str, same: bool) -> None:
    lines: list[Line] = [("csr", 0, 4, first), ("customer", 4, 5, "?"), ("csr", 5, 9, again)]
    assert repeated(*lines, language=language) == ([(2, 1)] if same else [])


def test_the_other_partys_words_do_not_count() -> None:
    text = "我们这边规定就是不能退的"
    assert repeated(("csr", 0, 4, text), ("customer", 4, 8, text), language="zh") == []


def test_how_far_back_it_lies() -> None:
    text = "这个我们真的没有办法处理"
    others = "。".join(f"第{'一二三四五'[i]}件事情是这样子的吗" for i in range(3))
    lines: list[Line] = [("csr", 0, 4, text), ("csr", 4, 8, others), ("csr", 8, 12, text)]
    assert (2, 4) in repeated(*lines, language="zh")
