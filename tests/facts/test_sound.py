"""Silence, overlap, pace, shares, holds, fillers and what could not be measured."""

import pytest

from qa.domain.facts import Fact, Facts
from qa.domain.limits import Limits
from qa.facts.pace import units
from tests.facts.calls import call, facts_of, hold, patterns, transcript, words
from tests.facts.test_back_channels import NOISES
from transcribe.transcript import Activity, Language, Transcript, Turn

NOTICE = patterns(words("hold_notice", "请稍等", speaker="csr"))


def spans(facts: Facts, kind: str) -> list[tuple[float, float]]:
    return [(fact.start_s, fact.end_s) for fact in facts.of(kind)]


def test_dead_air_counts_start_and_end_of_the_call() -> None:
    heard = transcript(("csr", 4, 6, "您好"), ("customer", 8, 9, "喂"), duration_s=14)
    got = facts_of(heard, of=call(events=()))
    assert spans(got, "dead_air") == [(0, 4), (9, 14)]
    assert [fact.value for fact in got.of("dead_air")] == [4, 5]


def test_dead_air_is_not_counted_on_hold() -> None:
    heard = transcript(("csr", 0, 2, "好"), ("csr", 22, 24, "好"))
    got = facts_of(heard, of=call(events=(hold(4, 15),)))
    assert spans(got, "hold") == [(4, 15)]
    assert spans(got, "dead_air") == [(15, 22)]


def test_dead_air_limit_is_a_setting() -> None:
    heard = transcript(("csr", 0, 2, "好"), ("csr", 6, 8, "好"))
    assert spans(facts_of(heard), "dead_air") == [(2, 6)]
    assert spans(facts_of(heard, limits=Limits(min_dead_air_s=5)), "dead_air") == []


@pytest.mark.parametrize(
    ("lines", "sounds", "held"),
    [
        ([("csr", 0, 2, "请稍等"), ("csr", 12, 14, "查到了")], (), [(2, 12)]),
        ([("csr", 0, 2, "我看看"), ("csr", 12, 14, "查到了")], (), []),
        ([("customer", 0, 2, "请稍等"), ("csr", 12, 14, "好")], (), []),
        ([("csr", 0, 2, "我看看"), ("csr", 12, 14, "查到了")], ((0, 3.0, 11.0),), [(2, 12)]),
        ([("csr", 0, 2, "请稍等"), ("customer", 3, 4, "好"), ("csr", 12, 14, "好")], (), [(4, 12)]),
        ([("csr", 0, 2, "请稍等"), ("csr", 4, 6, "查到了")], (), []),
    ],
)
def test_holds_are_heard_when_the_switch_told_nothing(
    lines: list[tuple[str, float, float, str]],
    sounds: tuple[tuple[int, float, float], ...],
    held: list[tuple[float, float]],
) -> None:
    got = facts_of(transcript(*lines, sounds=sounds), NOTICE)  # type: ignore[arg-type]
    assert spans(got, "hold") == held
    assert all(fact.confidence == 0.8 for fact in got.of("hold"))
    assert not set(spans(got, "dead_air")) & set(held)


def test_the_switch_is_believed() -> None:
    heard = transcript(("csr", 0, 2, "请稍等"), ("csr", 12, 14, "查到了"))
    got = facts_of(heard, NOTICE, of=call(events=()))
    assert spans(got, "hold") == []
    assert spans(got, "dead_air") == [(2, 12)]


def test_a_hold_without_end_lasts_until_somebody_speaks() -> None:
    heard = transcript(("csr", 0, 2, "好"), ("csr", 12, 14, "好"))
    assert spans(facts_of(heard, of=call(events=(hold(3, None),))), "hold") == [(3, 12)]


def test_an_answer_to_or_by_somebody_unknown_may_be_anybodys() -> None:
    heard = transcript(("customer", 0, 2, "喂"), ("unknown", 6, 7, "您好"), ("csr", 9, 10, "请讲"))
    got = facts_of(heard, of=call(events=()))
    assert [(f.turn, f.speaker, f.value) for f in got.of("response_latency")] == [
        (1, "unknown", 4.0), (2, "unknown", 2.0)
    ]  # fmt: skip


def test_response_latency() -> None:
    heard = transcript(
        ("customer", 0, 2, "喂"), ("csr", 3.5, 5, "您好"), ("csr", 6, 7, "请讲"),
        ("customer", 6.5, 8, "我要查账单"), ("csr", 20, 21, "好"),
    )  # fmt: skip
    got = facts_of(heard, of=call(events=(hold(9, 19),)))
    assert [(f.turn, f.speaker, f.value) for f in got.of("response_latency")] == [
        (1, "csr", 1.5), (3, "customer", 0.0)
    ]  # fmt: skip


LONG = "我跟您说这个问题真的不是这样的您听我说"


@pytest.mark.parametrize(
    ("lines", "over", "interrupted"),
    [
        # The CSR breaks in and goes on.
        ([("customer", 0, 5, LONG), ("csr", 3.5, 9, LONG)], [(3.5, 5, "csr")], 1),
        # A listening noise is neither.
        ([("customer", 0, 9, LONG), ("csr", 3, 4.5, "嗯嗯")], [], 0),
        # The first speaker goes on: talked over, not interrupted.
        ([("customer", 0, 9, LONG), ("csr", 3, 4.5, LONG)], [(3, 4.5, "csr")], 0),
        # Too short for either.
        ([("customer", 0, 5, LONG), ("csr", 4.8, 9, LONG)], [], 0),
        # Short overlap: talk-over alone.
        ([("customer", 0, 5, LONG), ("csr", 4.5, 9, LONG)], [(4.5, 5, "csr")], 0),
        # The customer interrupts.
        ([("csr", 0, 5, LONG), ("customer", 3, 9, LONG)], [(3, 5, "customer")], 1),
    ],
)
def test_talk_over_and_interruption(
    lines: list[tuple[str, float, float, str]],
    over: list[tuple[float, float, str]],
    interrupted: int,
) -> None:
    got = facts_of(transcript(*lines), NOISES)  # type: ignore[arg-type]
    assert [(f.start_s, f.end_s, f.speaker) for f in got.of("talk_over")] == over
    assert len(got.of("interruption")) == interrupted
    assert all(fact.turn == 1 for fact in got.of("talk_over"))


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("zh", "您好，工号8021。", 8), ("zh", "下载APP吧", 6), ("zh", "用Office打开", 5),
        ("en", "I don't know, it's 45 dollars", 6), ("en", "code 90210", 6), ("en", "…", 0),
    ],
)  # fmt: skip
def test_units_of_pace(language: Language, text: str, count: int) -> None:
    assert units(text, language) == count


def test_pace_per_turn_and_per_call() -> None:
    heard = transcript(("csr", 0, 6, "一二三四五六七八九十" * 3), ("csr", 7, 8, "一二"))
    got = facts_of(heard).of("pace")
    assert [(f.turn, f.value, f.unit) for f in got] == [
        (None, round(32 / 7 * 60, 1), "chars_per_min"), (0, 300.0, "chars_per_min")
    ]  # fmt: skip


def test_shares_and_loudness() -> None:
    heard = transcript(("csr", 0, 6, "一"), ("customer", 6, 8, "二"))
    loud = tuple(
        Activity(
            start_s=a.start_s, end_s=a.end_s, channel=a.channel, level_dbfs=-20 - 10 * a.channel
        )
        for a in heard.activity
    )
    got = facts_of(heard.model_copy(update={"activity": loud}), of=call(hung_up_by="csr"))
    assert {(f.speaker, f.value) for f in got.of("talk_share")} == {
        ("csr", 0.75),
        ("customer", 0.25),
    }
    assert {(f.speaker, f.value) for f in got.of("loudness")} == {("csr", -20), ("customer", -30)}
    assert {(f.speaker, f.value) for f in got.of("turn_count")} == {
        (None, 2), ("csr", 1), ("customer", 1)
    }  # fmt: skip
    assert [f.value for f in got.of("hung_up_by")] == ["csr"]
    assert [f.value for f in got.of("duration")] == [8]


@pytest.mark.parametrize(
    ("language", "text", "per_min"),
    [("zh", "嗯，这个，呃，是的", 15.0), ("en", "Um, well, uh, like, yes", 15.0)],
)
def test_fillers(language: Language, text: str, per_min: float) -> None:
    listed = ("嗯", "呃") if language == "zh" else ("um", "uh")
    extra = "[,，]这个[,，]" if language == "zh" else "[,] like[,]"
    found = patterns(
        words("filler", *listed, language=language, regexes=[extra]), language=language
    )
    got = facts_of(transcript(("csr", 0, 12, text), language=language), found).of("filler")
    assert [(f.speaker, f.value, f.unit) for f in got] == [("csr", per_min, "per_min")]


def test_nothing_is_missing_in_a_told_two_channel_call() -> None:
    heard = transcript(("csr", 0, 6, "一"), ("customer", 6, 8, "二"))
    loud = tuple(a.model_copy(update={"level_dbfs": -20.0}) for a in heard.activity)
    whole = heard.model_copy(update={"activity": loud})
    assert facts_of(whole, NOISES, of=call(hung_up_by="csr", events=())).missing == {}


@pytest.mark.parametrize(
    ("heard", "lacks"),
    [
        (
            Transcript(
                language="zh", duration_s=9, channels=1,
                turns=(Turn(start_s=0, end_s=5, speaker="unknown", text="您好"),),
                activity=(Activity(start_s=0, end_s=5, channel=0),),
            ),
            {"speakers": "mono", "two_channels": "mono", "hung_up_by": "not_told",
             "loudness": "no_levels"},
        ),
        (
            Transcript(
                language="zh", duration_s=9, channels=2, channel_speakers=("csr", "customer"),
                turns=(Turn(start_s=0, end_s=5, speaker="csr", text="您好", end_known=False),),
            ),
            {"turn_ends": "no_turn_ends", "activity": "no_turn_ends", "holds": "no_events",
             "hung_up_by": "not_told", "loudness": "no_activity"},
        ),
        (
            Transcript(
                language="zh", duration_s=9, channels=2, turns=(),
                activity=(Activity(start_s=0, end_s=5, channel=0, level_dbfs=-30),),
            ),
            {"speakers": "no_turns", "two_channels": "no_channel_map", "hung_up_by": "not_told"},
        ),
    ],
)  # fmt: skip
def test_missing_needs(heard: Transcript, lacks: dict[str, str]) -> None:
    got = facts_of(heard, NOISES)
    assert got.missing == lacks
    assert not got.of("talk_over")


def test_guessed_ends_are_not_used_for_timing() -> None:
    turns = tuple(
        Turn(start_s=s, end_s=s + 4, speaker=who, text="一" * 20, end_known=False)
        for s, who in ((0.0, "csr"), (10.0, "customer"))
    )
    heard = Transcript(language="zh", duration_s=20, channels=2, turns=turns)
    timed = {"pace", "response_latency", "dead_air", "talk_over", "hold", "filler", "talk_share"}
    got: tuple[Fact, ...] = facts_of(heard, patterns(words("filler", "一"))).facts
    assert timed.isdisjoint(fact.kind for fact in got)
