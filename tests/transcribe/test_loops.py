"""Loops of the recogniser are cut; people's own repetitions and numbers are not."""

import pytest

from transcribe.loops import has_loop, without_loops
from transcribe.turns import HeardWord


def said(*texts: str) -> list[HeardWord]:
    return [HeardWord(0, float(at), at + 1.0, text, 0.5) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        ((" no", " no", " no"), (" no", " no", " no")),
        ((" thank", " you", *(" bye",) * 9), (" thank", " you", " bye")),
        ((" a", *(" b", " c") * 5, " d"), (" a", " b", " c", " d")),
        (("谢谢", "您") * 6, ("谢谢", "您")),
        ((" one",) * 5, (" one",) * 5),
        ((), ()),
    ],
)
def test_without_loops(texts: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert tuple(word.text for word in without_loops(said(*texts))) == wanted


def test_the_first_of_a_loop_keeps_its_time() -> None:
    assert without_loops(said(" x", *(" y",) * 5))[1].start_s == 1.0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("谢谢您谢谢您谢谢您谢谢您", True),
        (" I'm sorry. I'm sorry. I'm sorry. I'm sorry.", True),
        ("好的好的好的", False),
        ("one one one one, two two two two", False),
        ("四一一一一一一一一一", False),
        ("第一次第一次第一次第一次", True),
        ("1111 1111 1111 1111", False),
    ],
)
def test_has_loop(text: str, wanted: bool) -> None:
    assert has_loop(text) is wanted
