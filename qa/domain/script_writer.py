"""A call written as a `.call` script; `qa.domain.script.read_script` reads it back."""

from collections.abc import Iterable
from typing import Protocol

from qa.domain.call import Call, CallEvent
from qa.domain.rules import Verdict
from qa.domain.script_header import read_header
from qa.domain.script_lines import Place, clock_of, split_expectations
from transcribe.errors import CodedError
from transcribe.transcript import Transcript, Turn


class Expected(Protocol):
    """What `write_script` needs of an expectation."""

    @property
    def rule_id(self) -> str: ...
    @property
    def verdict(self) -> Verdict: ...


def write_script(
    call: Call,
    transcript: Transcript,
    expectations: Iterable[Expected] = (),
    *,
    title: str = "",
) -> str:
    """The script of a call; times to the millisecond, expectations on the last line.

    Words, levels, masks, confidence and `made_by` have no place in a script.
    Raises CodedError QA365 for text that would be read as something else.
    """
    lines = [_header(call, transcript, title)]
    timed = [(turn.start_s, 0, _turn_line(turn)) for turn in transcript.turns]
    timed += [(event.start_s, 1, _event_line(event)) for event in call.events or ()]
    lines += [line for _, _, line in sorted(timed, key=lambda row: row[:2])]
    if _hung_up(call):
        lines.append(f"{_end_mark(transcript)} -- hangup {call.hung_up_by}")
    expected = ", ".join(f"{one.rule_id} {one.verdict}" for one in expectations)
    if expected:
        lines[-1] += f"    # {expected}"
    return "\n".join(line for line in lines if line) + "\n"


def _header(call: Call, transcript: Transcript, title: str) -> str:
    fields = {
        "language": transcript.language,
        "channels": str(transcript.channels),
        "direction": call.direction if call.direction != "inbound" else None,
        "id": call.id,
        "csr_id": call.csr_id,
        "csr_name": call.csr_name,
        "team": call.team,
        "customer_key": call.customer_key,
        "queue": call.queue,
        "started_at": call.started_at.isoformat() if call.started_at else None,
        "recording": call.recording,
        "duration": None if _hung_up(call) else _end_mark(transcript),
    } | {f"attribute.{name}": value for name, value in call.attributes.items()}
    title = _one_line(title)
    if title and read_header(title, Place("", 1), 0, [], may_name=True) != (title, {}):
        raise CodedError("QA365", place=call.id, text=title)
    named = [f"{key}: {_one_line(value)}" for key, value in fields.items() if value]
    return "   ".join(["# " + title if title else "#", *named])


def _turn_line(turn: Turn) -> str:
    end = f"-{clock_of(turn.end_s)}" if turn.end_known else ""
    text = _one_line(turn.text)
    if split_expectations(text, Place("", 1), 0, [])[0] != text:
        raise CodedError("QA365", place=clock_of(turn.start_s), text=text)
    return f"{clock_of(turn.start_s)}{end} {turn.speaker}: {text}"


def _event_line(event: CallEvent) -> str:
    start = clock_of(event.start_s)
    end = "" if event.end_s is None else f"-{clock_of(event.end_s)}"
    if event.kind == "transfer":
        return f"{start}{end} -- transfer" + (f" to {event.to}" if event.to else "")
    name = "hold" if event.kind == "hold" else "acw"
    return f"{start}{end} -- {name}" + ("" if end else " ?")


def _hung_up(call: Call) -> bool:
    return call.hung_up_by in ("csr", "customer")


def _end_mark(transcript: Transcript) -> str:
    """Where the call ends, so that guessed ends come out the same again."""
    return clock_of(max([transcript.duration_s, *(turn.end_s for turn in transcript.turns)]))


def _one_line(text: str) -> str:
    return " ".join(text.split())
