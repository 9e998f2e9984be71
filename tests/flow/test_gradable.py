"""Calls that cannot be graded say why and give no evaluation."""

import pytest

from qa.domain.call import Call
from qa.domain.facts import Fact, Facts
from qa.domain.limits import Limits
from qa.flow.gradable import REASONS, ungradable
from transcribe.transcript import Activity, Transcript, Turn

CALL = Call(id="c", source="c.wav")


def transcript(*speakers: str, speech_s: float = 30.0, measured: bool = True) -> Transcript:
    turns = tuple(
        Turn(start_s=i * 5.0, end_s=i * 5.0 + 4, speaker=speaker, text="x")  # type: ignore[arg-type]
        for i, speaker in enumerate(speakers)
    )
    level = -20.0 if measured else None
    voiced = Activity(start_s=0, end_s=speech_s, channel=0, level_dbfs=level)
    return Transcript(
        language="en",
        duration_s=60,
        channels=2,
        turns=turns,
        activity=(voiced,),
        channel_speakers=("csr", "customer"),
    )


def facts(*found: Fact) -> Facts:
    return Facts(call_id="c", language="en", duration_s=60, turns=(), facts=found, made_by="test")


def code(said: Transcript, *found: Fact, limits: Limits | None = None) -> str | None:
    reason = ungradable(CALL, said, facts(*found), limits or Limits())
    return reason.code if reason else None


def test_a_call_with_both_sides_is_gradable() -> None:
    assert code(transcript("csr", "customer")) is None


@pytest.mark.parametrize(("speech_s", "expected"), [(9.9, "too_little_speech"), (10.0, None)])
def test_speech_must_last(speech_s: float, expected: str | None) -> None:
    assert code(transcript("csr", "customer", speech_s=speech_s)) == expected


def test_the_limit_is_the_sites() -> None:
    said = transcript("csr", "customer", speech_s=9.0)
    assert code(said, limits=Limits(min_speech_s=5)) is None


def test_a_script_has_no_measured_speech_and_is_not_too_short() -> None:
    assert code(transcript("csr", "customer", speech_s=2.0, measured=False)) is None


def test_a_silent_csr() -> None:
    assert code(transcript("customer", "customer")) == "no_csr_speech"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [("QA751", "one_side_only"), ("QA758", "sides_apart"), ("QA753", None), ("QA755", None)],
)
def test_a_recording_that_would_mislead(fault: str, expected: str | None) -> None:
    said = transcript("csr", "customer").model_copy(update={"faults": (fault,)})
    assert code(said) == expected


def test_unknown_voices_are_not_a_silent_csr() -> None:
    mono = transcript("unknown").model_copy(update={"channel_speakers": ("unknown",)})
    assert code(mono) is None


@pytest.mark.parametrize(
    ("kind", "expected"), [("voicemail", "voicemail"), ("recorded_voice", "ivr_only")]
)
def test_a_machine_answers(kind: str, expected: str) -> None:
    heard = Fact(kind=kind, start_s=1, end_s=2, quote="after the tone")
    assert code(transcript("customer"), heard) == expected
    assert code(transcript("csr", "customer"), heard) is None


def test_reasons_are_said_in_both_languages() -> None:
    reason = ungradable(CALL, transcript("customer"), facts(), Limits())
    assert reason is not None
    assert reason.text.zh == "不可评分：座席没有说话"
    assert all(zh and en for zh, en in REASONS.values())
