"""`.call` scripts are read, written and refused as the contract says."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.domain.call import CallEvent
from qa.domain.error_texts import TEXTS
from qa.domain.script import Script, read_script, speaking_time_s, write_script
from transcribe.errors import CodedError, CodedErrors
from transcribe.transcript import Activity

EXAMPLE = """\
# 挂机前没有确认是否还有问题                        language: zh   channels: 2
00:00.8 csr:       您好，工号1023，请问有什么可以帮您？      # OPEN-001 met
00:06.1 customer:  我要退订套餐
00:09.0 -- hold 75s                                        # HOLD-002 not_met
01:24.3 csr:       退好了，再见。                           # CLO-001 not_met
"""


def codes(text: str) -> list[str]:
    with pytest.raises(CodedErrors) as caught:
        read_script(text, name="x.call")
    return [f"{error.code} {error.place.removeprefix('x.call:')}" for error in caught.value.errors]


def test_the_example_of_the_style_guide() -> None:
    script = read_script(EXAMPLE, name="calls/late.call")
    assert script.title == "挂机前没有确认是否还有问题"
    assert (script.call.id, script.call.source) == ("late", "calls/late.call")
    assert script.call.language == script.transcript.language == "zh"
    assert script.call.events == (CallEvent(kind="hold", start_s=9.0, end_s=84.0),)
    assert [(t.speaker, t.start_s, t.channel) for t in script.transcript.turns] == [
        ("csr", 0.8, 0),
        ("customer", 6.1, 1),
        ("csr", 84.3, 0),
    ]
    assert script.transcript.turns[0].text == "您好，工号1023，请问有什么可以帮您？"
    assert [(e.rule_id, e.verdict, e.line) for e in script.expectations] == [
        ("OPEN-001", "met", 2),
        ("HOLD-002", "not_met", 4),
        ("CLO-001", "not_met", 5),
    ]


def test_without_ends_nothing_may_use_timing() -> None:
    transcript = read_script(EXAMPLE).transcript
    assert not any(turn.end_known for turn in transcript.turns)
    assert transcript.activity == ()
    assert all(
        turn.start_s < turn.end_s <= following.start_s
        for turn, following in zip(transcript.turns, transcript.turns[1:], strict=False)
    )


def test_with_ends_the_turns_are_the_activity() -> None:
    script = read_script("00:01.0-00:03.5 csr: hello\n00:03.0-00:04.0 customer: hi there")
    assert script.transcript.activity == (
        Activity(start_s=1.0, end_s=3.5, channel=0),
        Activity(start_s=3.0, end_s=4.0, channel=1),
    )
    assert script.transcript.duration_s == 4.0


@pytest.mark.parametrize(
    ("text", "channels", "speakers_by", "activity_channels"),
    [
        ("# channels: 1\n00:01.0-00:02.0 unknown: 喂", 1, "none", [0]),
        ("# channels: 1\n00:01.0-00:02.0 csr: 喂", 1, "script", [0]),
        ("00:01.0-00:02.0 unknown: 喂", 2, "none", []),
        ("00:01.0-00:02.0 customer: 喂", 2, "script", [1]),
    ],
)
def test_channels(text: str, channels: int, speakers_by: str, activity_channels: list[int]) -> None:
    transcript = read_script(text).transcript
    assert transcript.channels == channels
    assert transcript.speakers_by == speakers_by
    assert [activity.channel for activity in transcript.activity] == activity_channels


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("00:01.0 csr: hello", "en"),
        ("00:01.0 csr: hello\n00:02.0 customer: 你好", "zh"),
        ("# language: en\n00:01.0 csr: 你好", "en"),
        ("# 语言：中文\n00:01.0 csr: ok", "zh"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert read_script(text).call.language == language


@pytest.mark.parametrize("role", ["csr", "CSR", "座席", "坐席", "客服", "agent"])
def test_names_of_the_csr(role: str) -> None:
    assert read_script(f"00:01.0 {role}：您好").transcript.turns[0].speaker == "csr"


@pytest.mark.parametrize(
    ("lines", "events"),
    [
        ("-- hold 75s", [("hold", 3.0, 78.0)]),
        ("-- hold 1:15", [("hold", 3.0, 78.0)]),
        ("-- 保持 75秒", [("hold", 3.0, 78.0)]),
        ("00:04.0 -- hold 6s", [("hold", 4.0, 10.0)]),
        ("00:04.0-00:10.0 -- hold", [("hold", 4.0, 10.0)]),
        ("00:04.0 -- hold ?", [("hold", 4.0, None)]),
        ("-- hold 6s\n-- hold 2s", [("hold", 3.0, 9.0), ("hold", 9.0, 11.0)]),
        ("-- transfer to 2001", [("transfer", 3.0, None)]),
        ("-- acw 30s", [("after_call_work", 3.0, 33.0)]),
        ("", []),
    ],
)
def test_events(lines: str, events: list[tuple[str, float, float | None]]) -> None:
    call = read_script(f"00:01.0-00:03.0 csr: 请稍等\n{lines}").call
    assert [(e.kind, e.start_s, e.end_s) for e in call.events or ()] == events


def test_a_hold_without_a_time_starts_where_the_turn_before_is_guessed_to_end() -> None:
    script = read_script("00:01.0 csr: 请稍等一下好吗\n-- hold 20s\n00:30.0 csr: 久等了")
    turn, (hold,) = script.transcript.turns[0], script.call.events or ()
    assert hold.start_s == turn.end_s == 1.0 + speaking_time_s("请稍等一下好吗")
    tight = read_script("00:01.0 csr: 请稍等一下好吗\n-- hold 28s\n00:30.0 csr: 久等了")
    assert (tight.call.events or ())[0] == CallEvent(kind="hold", start_s=2.0, end_s=30.0)


def test_hangup_and_header_fields() -> None:
    script = read_script(
        "# language: zh  direction: 呼出  queue: 信用卡 挂失  工号: 007  "
        "started_at: 2026-03-02T09:15:00+08:00  attribute.vip: 是  attribute.渠道: app\n"
        "00:01.0 csr: 您好\n00:09.0 -- 挂机 客户\n"
    )
    call = script.call
    assert (call.direction, call.queue, call.csr_id) == ("outbound", "信用卡 挂失", "007")
    assert call.attributes == {"vip": "是", "渠道": "app"}
    assert call.started_at is not None
    assert call.started_at.utcoffset() is not None
    assert (call.hung_up_by, call.duration_s) == ("customer", 9.0)


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("请按#键", "请按#键", 0),
        ("press # to go on", "press # to go on", 0),
        ("工号 #1023 为您服务", "工号 #1023 为您服务", 0),
        ("您好#OPEN-001 met", "您好#OPEN-001 met", 0),
        ("您好 #OPEN-001 met", "您好", 1),
        ("您好 # OPEN-001 达标，CLO-001 undecided", "您好", 2),
        ("请按 # 键  # OPEN-001 met, ID-002 not_applicable", "请按 # 键", 2),
    ],
)
def test_only_expectations_are_expectations(said: str, text: str, expected: int) -> None:
    script = read_script(f"00:01.0 csr: {said}")
    assert script.transcript.turns[0].text == text
    assert len(script.expectations) == expected


def test_remarks_bom_windows_line_ends_and_long_times() -> None:
    script = read_script(
        "\ufeff# 题目\r\n\r\n00:01.0 csr: 您好\r\n# 这里等了很久\r\n75:00.0 csr: 再见\r\n"
        "02:05:00.25 csr: 再见"
    )
    assert script.title == "题目"
    assert [t.start_s for t in script.transcript.turns] == [1.0, 4500.0, 7500.25]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["QA350 1:1"]),
        ("# only a title\n-- hold 3s", ["QA350 1:1"]),
        ("# t  langauge: zh\n00:01.0 csr: x", ["QA351 1:6"]),
        ("# langauge: zh\n00:01.0 csr: x", ["QA351 1:3"]),
        ("# t  channels: 3\n00:01.0 csr: x", ["QA352 1:6"]),
        ("# started_at: 2026-03-02 09:15\n00:01.0 csr: x", ["QA352 1:3"]),
        ("# duration: long\n00:01.0 csr: x", ["QA352 1:3"]),
        ("# title language: en\n00:01.0 csr: x", ["QA353 1:3"]),
        ("# language: en channels: 1\n00:01.0 csr: x", ["QA353 1:3"]),
        ("csr: no time", ["QA354 1:1"]),
        ("00:01.0 no role", ["QA354 1:9"]),
        ("00:61.0 csr: x", ["QA355 1:1"]),
        ("00:01.0-00:0 csr: x", ["QA355 1:9"]),
        ("01:61:00 csr: x", ["QA355 1:1"]),
        ("00:01.0 boss: x", ["QA356 1:9"]),
        ("00:01.0 csr:   ", ["QA357 1:9"]),
        ("00:05.0 csr: x\n00:04.0 csr: y", ["QA358 2:1"]),
        ("00:05.0-00:04.0 csr: x", ["QA359 1:9"]),
        ("00:01.0 csr: x\n-- nap 5s", ["QA360 2:1"]),
        ("00:01.0 csr: x\n-- hold", ["QA361 2:1"]),
        ("00:01.0 csr: x\n-- hold long", ["QA361 2:1"]),
        ("00:01.0 csr: x\n00:02.0-00:05.0 -- hold 9s", ["QA361 2:17"]),
        ("00:01.0 csr: x\n-- hangup robot", ["QA361 2:1"]),
        ("00:01.0 csr: x\n-- hold 75s\n00:20.0 csr: y", ["QA362 2:1"]),
        ("00:01.0-00:02.0 csr: x\n-- hold 75s\n00:20.0 csr: y", ["QA362 2:1"]),
        ("00:01.0 csr: x # OPEN-001 good", ["QA363 1:18"]),
        ("00:01.0 csr: x # OPEN-001 met OPEN-002 met", ["QA363 1:18"]),
        ("00:01.0 csr: x\n" * 20_001, ["QA364 1:1"]),
        ("x" * 2_000_001, ["QA364 1:1"]),
        ("# duration: 2s\n00:01.0-00:03.0 csr: x", ["QA366 2:17"]),
        ("00:01.0 csr: x\n-- hangup csr\n-- hangup csr", ["QA367 3:1"]),
        ("# language: en\n# language: zh\n00:01.0 csr: x", ["QA367 2:1"]),
        ("00:01.0 csr: a\x00b", ["QA369 1:15"]),
        ("foo\n00:61.0 csr: x\n00:01.0 boss: x", ["QA354 1:1", "QA355 2:1", "QA356 3:9"]),
    ],
)
def test_every_fault_has_its_code_and_place(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_errors_can_be_said_in_both_languages() -> None:
    with pytest.raises(CodedErrors) as caught:
        read_script("# t  nonsense: 1\n00:01.0 boss: x\n00:99.0 csr: x\n-- nap\nbla", name="x")
    for error in caught.value.errors:
        assert error.text("zh", TEXTS) != error.text("en", TEXTS)


def test_what_would_be_read_as_something_else_is_not_written() -> None:
    script = read_script("00:01.0 csr: hello")
    (turn,) = script.transcript.turns
    odd = turn.model_copy(update={"text": "hello # OPEN-001 met"})
    transcript = script.transcript.model_copy(update={"turns": (odd,)})
    with pytest.raises(CodedError, match="QA365"):
        write_script(script.call, transcript)
    with pytest.raises(CodedError, match="QA365"):
        write_script(script.call, script.transcript, title="queue: billing")


_WORDS = st.text(
    st.sampled_from(string.ascii_letters + string.digits + "您好请问，。#-:：'的"), min_size=1
)
_SAID = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)
_GAP_MS = st.integers(0, 20_000)


@st.composite
def scripts(draw: st.DrawFn) -> str:
    lines, at_ms = [], 0
    head = ["# " + draw(st.sampled_from(["", "a title", "标题"]))]
    if draw(st.booleans()):
        head.append(f"channels: {draw(st.sampled_from([1, 2]))}")
    if draw(st.booleans()):
        head.append("attribute.渠道: app 2")
    for _ in range(draw(st.integers(1, 8))):
        at_ms += draw(_GAP_MS)
        start = _clock(at_ms)
        end = "-" + _clock(at_ms + draw(_GAP_MS)) if draw(st.booleans()) else ""
        kind = draw(st.sampled_from(["turn", "turn", "turn", "hold", "transfer", "acw"]))
        if kind == "turn" or not lines:
            role = draw(st.sampled_from(["csr", "customer", "unknown"]))
            lines.append(f"{start}{end} {role}: {draw(_SAID)}")
        elif kind == "transfer":
            lines.append(draw(st.sampled_from([f"{start} ", ""])) + "-- transfer to 2001")
        else:
            lines.append(f"{start} -- {kind} {draw(st.integers(0, 99))}s")
    if draw(st.booleans()):
        lines.append(f"-- hangup {draw(st.sampled_from(['csr', 'customer']))}")
    return "\n".join(["   ".join(head), *lines])


def _clock(ms: int) -> str:
    return f"{ms // 60_000:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


@given(scripts())
def test_a_script_that_is_read_and_written_reads_the_same(text: str) -> None:
    script = read_script(text, name="a.call")
    written = write_script(script.call, script.transcript, script.expectations, title=script.title)
    again = read_script(written, name="a.call")
    assert again.call == script.call.model_copy(update={"events": _sorted(script)})
    assert again.transcript == script.transcript
    assert again.title == script.title


def _sorted(script: Script) -> tuple[CallEvent, ...]:
    return tuple(sorted(script.call.events or (), key=lambda event: event.start_s))


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_codes(text: str) -> None:
    seen: set[str] = set()
    try:
        read_script(text)
    except CodedErrors as errors:
        seen = {error.code for error in errors.errors}
    assert seen <= TEXTS.keys()


def test_every_text_has_the_same_placeholders_in_both_languages() -> None:
    for text in TEXTS.values():
        names = [
            {field for _, field, _, _ in string.Formatter().parse(side) if field} for side in text
        ]
        assert names[0] == names[1]
