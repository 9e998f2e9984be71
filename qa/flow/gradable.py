"""Whether a call can be graded at all (contract 8); what cannot never enters an average."""

from collections.abc import Mapping, Sequence

from qa.domain.call import Call
from qa.domain.facts import Fact, Facts
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
    "one_side_only": (
        "不可评分：一个声道全程静音，只录到一方；请检查录音线路",
        "Not gradable: one channel is silent throughout, so only one side was recorded; check the "
        "recorder's line",
    ),
    "sides_apart": (
        "不可评分：双方的两个文件长度不一致，谁先谁后不可靠；请导出同时开始的文件，"
        "或合成一个双声道文件",
        "Not gradable: the two files of the sides differ in length, so who spoke when is doubtful; "
        "export files that begin together, or one file with two channels",
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

# Faults of a recording after which verdicts would be wrong without anybody noticing.
_FAULTS = {"QA751": "one_side_only", "QA758": "sides_apart"}


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
        if heard and (csr_turns == 0 or _machine_only(kind, transcript, heard)):
            return reason(kind, at_s=round(heard[0].start_s, 1), quote=heard[0].quote or "")
    if known and csr_turns == 0:
        return reason("no_csr_speech")
    for fault, why in _FAULTS.items():
        if fault in transcript.faults:
            return reason(why)
    return None


def _machine_only(kind: str, transcript: Transcript, heard: Sequence[Fact]) -> bool:
    """True where a machine has one side to itself.

    A menu: each turn on the CSR's side is the machine's. Voicemail: the other side says nothing
    after the machine's last words; the CSR may have left a message.
    """
    if kind == "ivr_only":
        said = {fact.turn for fact in heard}
        return all(at in said for at, turn in enumerate(transcript.turns) if turn.speaker == "csr")
    latest_s = max((fact.start_s for fact in heard if fact.speaker == "customer"), default=-1.0)
    later = [t for t in transcript.turns if t.speaker != "csr" and t.start_s > latest_s]
    return latest_s >= 0 and not later


def reason(code: str, **values: str | float) -> Reason:
    """The reason with its text in both languages; `code` in `REASONS`."""
    return Reason(code=code, values=dict(values), text=text_of_reason(code, values))


def text_of_reason(code: str, values: Mapping[str, object]) -> Text:
    """Why a stored call is not graded, as `reason` said it; its code where we no longer know it."""
    zh, en = REASONS.get(code, (code, code))
    return Text(zh=zh.format_map(values), en=en.format_map(values))
