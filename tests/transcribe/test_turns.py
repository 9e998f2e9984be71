"""Words of two channels become turns."""

import pytest

from transcribe.settings import TranscribeSettings
from transcribe.transcript import Activity, Turn
from transcribe.turns import HeardWord, join_words, make_turns

SETTINGS = TranscribeSettings()


def words(channel: int, *heard: tuple[float, float, str]) -> list[HeardWord]:
    return [HeardWord(channel, start, end, text, 0.9) for start, end, text in heard]


def speech(channel: int, *spans: tuple[float, float]) -> list[Activity]:
    return [Activity(channel=channel, start_s=start, end_s=end) for start, end in spans]


def turns(said: list[HeardWord], spans: list[Activity]) -> list[tuple[str, str, float, float]]:
    made = make_turns(said, spans, ("csr", "customer"), SETTINGS)
    return [(t.speaker, t.text, t.start_s, t.end_s) for t in made]


def test_sides_answer_each_other() -> None:
    said = words(0, (0.5, 0.8, " Hello"), (0.8, 1.2, " there."), (4.1, 4.6, " Fine."))
    said += words(1, (2.0, 2.4, " Hi,"), (2.4, 2.9, " you?"))
    spans = speech(0, (0.45, 1.3), (4.0, 4.7)) + speech(1, (1.95, 3.0))
    assert turns(said, spans) == [
        ("csr", "Hello there.", 0.45, 1.3),
        ("customer", "Hi, you?", 1.95, 3.0),
        ("csr", "Fine.", 4.0, 4.7),
    ]


def test_a_back_channel_is_its_own_turn_and_does_not_part_the_other() -> None:
    said = words(0, (0.0, 1.0, "这个套餐"), (1.0, 2.0, "每个月"), (2.0, 3.0, "五十块"))
    said += words(1, (1.4, 1.7, "嗯"))
    spans = speech(0, (0.0, 3.0)) + speech(1, (1.4, 1.7))
    assert turns(said, spans) == [
        ("csr", "这个套餐每个月五十块", 0.0, 3.0),
        ("customer", "嗯", 1.4, 1.7),
    ]


def test_a_short_pause_in_which_the_other_side_speaks_parts_a_turn() -> None:
    said = words(0, (0.0, 1.0, "请问"), (1.7, 2.5, "您贵姓")) + words(1, (1.1, 1.6, "你好"))
    spans = speech(0, (0.0, 1.0), (1.7, 2.5)) + speech(1, (1.1, 1.6))
    assert [text for _, text, *_ in turns(said, spans)] == ["请问", "你好", "您贵姓"]


@pytest.mark.parametrize(("pause_s", "wanted"), [(0.5, 1), (0.85, 1), (1.0, 2), (5.0, 2)])
def test_a_pause_parts_a_turn(pause_s: float, wanted: int) -> None:
    said = words(0, (0.0, 1.0, " one"), (1.0 + pause_s, 2.0 + pause_s, " two"))
    spans = speech(0, (0.0, 1.0), (1.0 + pause_s, 2.0 + pause_s))
    assert len(turns(said, spans)) == wanted


def test_a_shorter_pause_parts_turns_where_both_sides_share_a_channel() -> None:
    said = words(0, (0.0, 1.0, " Hello?"), (1.6, 2.5, " Hi."))
    made = make_turns(said, speech(0, (0.0, 1.0), (1.6, 2.5)), ("unknown",), SETTINGS)
    assert [turn.text for turn in made] == ["Hello?", "Hi."]


def test_a_pause_is_read_off_the_sound_where_word_times_drifted_into_it() -> None:
    said = words(0, (0.0, 1.0, " one"), (1.0, 3.9, " two"), (3.9, 4.4, " three"))
    spans = speech(0, (0.0, 1.0), (3.0, 4.4))
    assert turns(said, spans) == [("csr", "one", 0.0, 1.0), ("csr", "two three", 3.0, 4.4)]


def test_edges_come_from_the_sound_near_them() -> None:
    said = words(0, (0.62, 0.9, " Good"), (0.9, 1.9, " morning"))
    assert turns(said, speech(0, (0.3, 1.6))) == [("csr", "Good morning", 0.3, 1.6)]


def test_words_stay_inside_their_turn_and_in_order() -> None:
    said = words(0, (0.1, 0.6, " Good"), (0.6, 2.4, " morning"))
    (turn,) = make_turns(said, speech(0, (0.3, 1.6)), ("csr",), SETTINGS)
    assert [(w.start_s, w.end_s) for w in turn.words] == [(0.3, 0.6), (0.6, 1.6)]
    assert turn.confidence == 0.9


def test_nothing_but_punctuation_is_no_turn() -> None:
    assert turns(words(0, (0.0, 1.0, " ...")), speech(0, (0.0, 1.0))) == []


def test_no_words_no_turns() -> None:
    assert make_turns([], speech(0, (0.0, 1.0)), ("csr", "customer"), SETTINGS) == ()


@pytest.mark.parametrize(
    ("heard", "text", "pieces"),
    [
        ([" Hello,", " it's", " me."], "Hello, it's me.", ["Hello,", "it's", "me."]),
        (["您好", ",", "請問"], "您好，请问", ["您好", "，", "请问"]),
        ([" 您好", " 请问"], "您好请问", ["您好", "请问"]),
        (["我用", " iPhone", " 打的"], "我用 iPhone 打的", ["我用", "iPhone", "打的"]),
        (["著", "急"], "着急", ["着", "急"]),
        ([" 5187", "-6200"], "5187-6200", ["5187", "-6200"]),
        ([" ", " a"], "a", ["", "a"]),
    ],
)
def test_join_words(heard: list[str], text: str, pieces: list[str]) -> None:
    assert join_words(heard) == (text, pieces)


def in_order(turn: Turn) -> bool:
    at = 0
    for word in turn.words:
        at = turn.text.find(word.text, at)
        if at < 0:
            return False
        at += len(word.text)
    return True


def test_every_word_stands_in_its_turns_text_in_order() -> None:
    said = words(0, (0, 0.2, "您"), (0.2, 0.5, "著"), (0.5, 0.7, "急,"), (0.7, 0.9, "Ｏ"))
    (turn,) = make_turns(said, speech(0, (0.0, 1.0)), ("csr",), SETTINGS)
    assert turn.text == "您着急，O"
    assert in_order(turn)
