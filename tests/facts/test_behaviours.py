"""Phrases, regexes and token patterns said in a call."""

import pytest

from qa.domain.patterns import Phrase
from qa.facts.matcher import MAX_HITS_A_TURN
from tests.facts.calls import facts_of, patterns, said, transcript, words
from transcribe.transcript import Transcript, Turn, Word


@pytest.mark.parametrize(
    ("phrase", "text", "hits"),
    [
        ("hi", "this is high", []),
        ("hi", "Hi, this", ["Hi"]),
        ("sorry", "sorry's", []),
        ("call you back", "I'll call you back.", ["call you back"]),
        ("i will call", "I’ll call you", ["I’ll call"]),
        ("can not", "I can't", ["can't"]),
    ],
)
def test_english_phrases_are_whole_words(phrase: str, text: str, hits: list[str]) -> None:
    found = patterns(words("k", phrase, language="en"), language="en")
    assert [fact.quote for fact in said(text, found=found)] == hits


@pytest.mark.parametrize(
    ("phrase", "text", "hits"),
    [
        ("抱歉", "真的很抱歉让您久等了", ["抱歉"]),
        ("请稍等", "請 稍，等一下", ["請 稍，等"]),
        ("您好", "你好", ["你好"]),
        ("vip", "VIP客户", ["VIP"]),
        ("vip", "vips", []),
    ],
)
def test_chinese_phrases_need_no_boundary(phrase: str, text: str, hits: list[str]) -> None:
    assert [f.quote for f in said(text, found=patterns(words("k", phrase)))] == hits


def test_excludes_bar_overlapping_hits_only() -> None:
    found = patterns(words("complaint", "投诉", excludes=["(不是|没有)要投诉"]))
    assert said("我没有要投诉", found=found) == ()
    assert len(said("我没有要投诉。我现在要投诉。", found=found)) == 1


def test_one_hit_a_sentence_the_longest() -> None:
    found = patterns(words("k", "抱歉", "非常抱歉", regexes=["抱歉给您"]))
    assert [f.quote for f in said("非常抱歉给您添麻烦。抱歉！", found=found)] == [
        "非常抱歉",
        "抱歉",
    ]


def test_hits_of_one_turn_are_bounded() -> None:
    assert len(said("抱歉。" * 1000, found=patterns(words("k", "抱歉")))) == MAX_HITS_A_TURN


def test_speaker_and_windows() -> None:
    greeting = words("greeting", "您好", speaker="csr", first_turns=2)
    closing = words("closing", "再见", speaker="csr", last_turns=1)
    heard = transcript(
        ("customer", 0, 1, "您好再见"),
        ("csr", 1, 2, "您好再见"),
        ("customer", 2, 3, "喂"),
        ("csr", 3, 4, "您好"),
        ("csr", 4, 5, "您好再见"),
    )
    got = facts_of(heard, patterns(greeting, closing)).facts
    assert [(f.kind, f.turn) for f in got if f.quote] == [
        ("greeting", 1), ("greeting", 3), ("closing", 4)
    ]  # fmt: skip


def test_unknown_speakers_are_possible_in_twice_the_window() -> None:
    greeting = words("greeting", "您好", speaker="csr", first_turns=1)
    heard = transcript(
        ("unknown", 0, 1, "您好"),
        ("unknown", 1, 2, "您好"),
        ("unknown", 2, 3, "您好"),
        spoken=False,
    )
    got = [f for f in facts_of(heard, patterns(greeting)).facts if f.quote]
    assert [(f.turn, f.speaker) for f in got] == [(0, "unknown"), (1, "unknown")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我们会在三个工作日内给您回复，好吗", "三个工作日内"),
        ("我们会给您回复", None),
        ("三天后见。我们会给您回复", None),
    ],
)
def test_value_is_found_in_the_sentence(text: str, value: str | None) -> None:
    found = patterns(words("promise", "我们会", value_regex="[一二三](个工作日|天)(内|后)"))
    assert [fact.value for fact in said(text, found=found)] == [value]


def test_phrases_of_rules_carry_their_key() -> None:
    phrase = Phrase(
        key="ID-001.verify", phrases=("身份证",), regex="卡号.{0,2}多少", exclude="复印"
    )
    found = patterns(phrases=(phrase,))
    got = said("身份证呢", "卡号是多少", "身份证复印件", found=found)
    assert [(f.kind, f.value, f.turn) for f in got] == [
        ("phrase", "ID-001.verify", 0), ("phrase", "ID-001.verify", 1),
        ("phrase", "ID-001.verify", 2),
    ]  # fmt: skip
    narrow = phrase.model_copy(update={"exclude": "身份证复印"})
    assert [f.turn for f in said("身份证复印件", found=patterns(phrases=(narrow,)))] == []


def test_token_patterns() -> None:
    pattern = [{"LOWER": "account"}, {"LOWER": {"IN": ["number", "name"]}}]
    found = patterns(words("k", language="en", tokens=[pattern]), language="en")
    assert [f.quote for f in said("Your Account, Name please", found=found)] == ["Account, Name"]
    chinese = patterns(words("k", tokens=[[{"TEXT": "账户"}, {"IS_DIGIT": True}]]))
    assert [f.quote for f in said("您的账户 123 冻结", found=chinese)] == ["账户 123"]


def test_times_and_confidence_come_from_the_words() -> None:
    pieces = (("您好", 1.0, 1.4, 0.9), ("，请", 1.6, 1.8, 0.5), ("稍等", 1.8, 2.2, 0.7))
    turn = Turn(
        start_s=1, end_s=3, speaker="csr", text="您好，请稍等", confidence=0.7,
        words=tuple(Word(text=t, start_s=a, end_s=b, probability=p) for t, a, b, p in pieces),
    )  # fmt: skip
    heard = Transcript(language="zh", duration_s=3, channels=2, turns=(turn,))
    (fact,) = (f for f in facts_of(heard, patterns(words("k", "请稍等"))).facts if f.quote)
    assert (fact.start_s, fact.end_s, fact.confidence) == (1.6, 2.2, 0.6)


def test_times_are_interpolated_without_words() -> None:
    (fact,) = said("一二三四五六七八抱歉", found=patterns(words("k", "抱歉")))
    assert (fact.start_s, fact.end_s, fact.confidence) == (4.0, 5.0, 1.0)
