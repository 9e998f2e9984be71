"""The room's door: order, bytes, errors, hostile text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.domain.limits import Limits
from qa.domain.patterns import Patterns, Phrase
from qa.facts.error_texts import TEXTS
from qa.facts.measure import made_by, measure
from tests.facts.calls import call, facts_of, patterns, transcript, words
from tests.facts.labelled import patterns as shipped
from transcribe.errors import CodedError
from transcribe.transcript import Language, Transcript, Turn, Word

CALL = transcript(
    ("csr", 0, 4, "您好，工号8021，请问有什么可以帮您？"),
    ("customer", 4.5, 9, "你们乱扣费，我要投诉！"),
    ("csr", 8, 13, "非常抱歉，请您稍等。"),
    ("csr", 30, 36, "让您久等了，我们会在三个工作日内退款。"),
    ("customer", 36, 38, "好的，谢谢"),
)


def test_same_inputs_same_bytes() -> None:
    found = shipped("zh")
    one, other = (facts_of(CALL, found).model_dump_json() for _ in range(2))
    again = Patterns.model_validate(found.model_dump())
    assert one == other == facts_of(CALL, again).model_dump_json()


def test_facts_are_sorted_and_quotes_stand_in_their_turn() -> None:
    got = facts_of(CALL, shipped("zh"))
    keys = [(f.start_s, f.kind, -1 if f.turn is None else f.turn) for f in got.facts]
    assert keys == sorted(keys)
    for fact in (*got.facts, *got.candidates):
        if fact.quote is not None:
            assert fact.turn is not None
            assert fact.quote in CALL.turns[fact.turn].text


def test_the_call_is_told_as_people_hear_it() -> None:
    got = facts_of(CALL, shipped("zh"))
    kinds = {(f.turn, f.kind) for f in got.facts if f.quote}
    assert {
        (0, "greeting"), (0, "self_introduction"), (1, "complaint"), (2, "apology"),
        (2, "hold_notice"), (3, "hold_thanks"), (3, "promise"), (4, "thanks"),
    } <= kinds  # fmt: skip
    assert [f.value for f in got.of("promise")] == ["三个工作日内"]
    assert [(f.start_s, f.end_s) for f in got.of("hold")] == [(13, 30)]
    assert got.of("dead_air") == ()
    assert [f.speaker for f in got.of("talk_over")] == ["csr"]


def test_turns_say_how_well_they_were_heard() -> None:
    pieces = (("您好", 0.9), ("请", 0.1), ("讲", 0.4))
    turn = Turn(
        start_s=0, end_s=3, speaker="csr", text="您好请讲",
        words=tuple(
            Word(text=t, start_s=i, end_s=i + 1, probability=p) for i, (t, p) in enumerate(pieces)
        ),
    )  # fmt: skip
    heard = Transcript(language="zh", duration_s=3, channels=2, turns=(turn,))
    (one,) = facts_of(heard, limits=Limits(word_confidence=0.35)).turns
    assert (one.words, one.heard_words) == (3, 2)
    (other,) = facts_of(CALL.model_copy(update={"turns": CALL.turns[:1]})).turns
    assert other.words == other.heard_words > 0


def test_made_by_names_what_facts_depend_on() -> None:
    base = patterns()
    digests = {
        made_by(base, Limits()),
        made_by(base.model_copy(update={"digest": "other"}), Limits()),
        made_by(base, Limits(min_dead_air_s=9)),
    }
    assert len(digests) == 3
    assert made_by(base, Limits()) == made_by(base, Limits())


def test_attributes_are_copied() -> None:
    assert facts_of(CALL, of=call(attributes={"vip": "1"})).attributes == {"vip": "1"}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("QA301", patterns(words("k", regexes=["a{2000}"]))),
        ("QA305", patterns(words("k", regexes=["(?=x)"]))),
        ("QA305", patterns(words("k", regexes=["(?<!不)好"]))),
        ("QA306", patterns(words("k", regexes=["VIP客户"]))),
        ("QA301", patterns(words("k", "x", excludes=["("]))),
        ("QA301", patterns(words("filler", "嗯", regexes=["("]))),
        ("QA305", patterns(phrases=(Phrase(key="R", regex="(\\1)"),))),
        ("QA302", patterns(words("k", "，"))),
        ("QA303", patterns(words("k", tokens=[[{"POS": "VERB"}]]))),
        ("QA303", patterns(words("k", tokens=[[{"LOWER": {"SOME": 1}}]]))),
        ("QA304", patterns(language="en")),
    ],
)
def test_errors(code: str, found: Patterns) -> None:
    with pytest.raises(CodedError) as caught:
        measure(call(), CALL, found)
    assert caught.value.code == code
    for language in ("zh", "en"):
        assert caught.value.text(language, TEXTS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "", " ", "😀" * 500 + "您好 sorry", "\ud800您好\udfff sorry \udc00",
        "مرحبا שלום sorry 您好",
        "e\u0301\u0301" * 500 + "抱歉 sorry", "Ǆﬃ①㍿ sorry 抱歉", "\x00\u200b\ufeff您好",
    ],
)  # fmt: skip
def test_hostile_text(language: Language, text: str) -> None:
    heard = transcript(("csr", 0, 5, text), ("customer", 6, 9, text), language=language)
    got = facts_of(heard, shipped(language))
    for fact in (*got.facts, *got.candidates):
        assert fact.quote is None or fact.quote in text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_gives_an_answer(texts: list[str]) -> None:
    lines = [("csr" if i % 2 else "customer", 2.0 * i, 2.0 * i + 1, t) for i, t in enumerate(texts)]
    for language in ("zh", "en"):
        heard = transcript(*lines, language=language)  # type: ignore[arg-type]
        assert len(facts_of(heard, shipped(language)).turns) == len(texts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("zh", "我们会在三个工作日内给您回电抱歉嗯"), ("en", "sorry i will call you, um. "),
        ("en", "a"), ("zh", " "), ("zh", "请您稍等。"),
    ],
)  # fmt: skip
def test_a_turn_of_a_million_characters(language: Language, unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    found = shipped(language)
    started = time.perf_counter()
    got = facts_of(transcript(("csr", 0, 5, text), language=language), found)
    assert time.perf_counter() - started < 20
    assert len(got.facts) < 1000


def test_no_turns() -> None:
    got = facts_of(transcript(duration_s=5), shipped("zh"))
    assert {fact.kind for fact in got.facts} == {"duration", "turn_count"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_call_is_measured_quickly(language: Language) -> None:
    texts = [turn.text for turn in CALL.turns] * 12
    heard = transcript(
        *(("csr" if i % 2 else "customer", 3.0 * i, 3.0 * i + 2.5, t) for i, t in enumerate(texts)),
        language=language,
    )
    found = shipped(language)
    facts_of(heard, found)
    spent_s = []
    for _ in range(5):
        started = time.perf_counter()
        facts_of(heard, found)
        spent_s.append(time.perf_counter() - started)
    # 10-20 ms on the machine it was written on; the limit leaves room for a busy one.
    assert min(spent_s) < 0.25


def test_starts_run_forward() -> None:
    starts = [fact.start_s for fact in facts_of(CALL, shipped("zh")).facts]
    assert all(before <= after for before, after in pairwise(starts))
