"""Whether a call can be graded at all (contract 8); what cannot never enters an average."""

from qa.domain.call import Call
from qa.domain.facts import Facts
from qa.domain.findings import Reason
from qa.domain.limits import Limits
from qa.domain.text import Text
from transcribe.transcript import Transcript

# code -> (zh, en)
REASONS: dict[str, tuple[str, str]] = {
    "too_little_speech": (
        "不可评分：语音只有 {speech_s} 秒（至少 {min_speech_s} 秒）",
        "Not gradable: only {speech_s} s of speech (at least {min_speech_s} s)",
    ),
    "channels_swapped": (
        "不可评分：声道角色像是反了，声道 {channel} 标为客户，却在 {at_s} 秒说“{quote}”；"
        "请改正 channels 列",
        "Not gradable: channels seem swapped: {channel} is marked the customer's and says "
        '"{quote}" at {at_s} s; correct the channels column',
    ),
    "no_csr_speech": (
        "不可评分：座席没有说话",
        "Not gradable: the CSR says nothing",
    ),
    "voicemail": (
        "不可评分：语音信箱（{at_s} 秒处“{quote}”）",
        'Not gradable: voicemail ("{quote}" at {at_s} s)',
    ),
    "ivr_only": (
        "不可评分：只有自动语音（{at_s} 秒处“{quote}”）",
        'Not gradable: recorded voice only ("{quote}" at {at_s} s)',
    ),
}


def ungradable(call: Call, transcript: Transcript, facts: Facts, limits: Limits) -> Reason | None:
    """Why the call cannot be graded, or None.

    Speech is counted only where it was measured in sound: a script has no measured speech.
    """
    measured = [a for a in transcript.activity if a.kind == "speech" and a.level_dbfs is not None]
    speech_s = sum(a.duration_s for a in measured)
    if measured and speech_s < limits.min_speech_s:
        return reason(
            "too_little_speech", speech_s=round(speech_s, 1), min_speech_s=limits.min_speech_s
        )
    known = "csr" in (*transcript.channel_speakers, *(t.speaker for t in transcript.turns))
    csr_turns = sum(turn.speaker == "csr" for turn in transcript.turns)
    for kind in ("voicemail", "ivr_only"):
        heard = facts.of("recorded_voice" if kind == "ivr_only" else kind)
        if heard and csr_turns == 0:
            return reason(kind, at_s=round(heard[0].start_s, 1), quote=heard[0].quote or "")
    if known and csr_turns == 0:
        return reason("no_csr_speech")
    return None


def reason(code: str, **values: str | float) -> Reason:
    """The reason with its text in both languages; `code` in `REASONS`."""
    zh, en = REASONS[code]
    return Reason(
        code=code,
        values=dict(values),
        text=Text(zh=zh.format_map(values), en=en.format_map(values)),
    )
