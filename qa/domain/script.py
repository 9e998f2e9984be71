"""`.call` scripts: a call as people write it, read into nouns and written back."""

import re

from pydantic import AwareDatetime, Field, TypeAdapter

from qa.domain.call import Call, CallEvent
from qa.domain.rules import Verdict
from qa.domain.script_header import read_header
from qa.domain.script_lines import (
    Line,
    Place,
    control_characters,
    length_of,
    read_line,
    split_expectations,
)
from qa.domain.script_timing import HAN, activity_of, place_lines, speaking_time_s
from qa.domain.script_writer import write_script
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun
from transcribe.transcript import Language, Speaker, Transcript, Turn

__all__ = ["Expectation", "Script", "read_script", "speaking_time_s", "write_script"]

MAX_LINES = 20_000  # guess: a day of talk
MAX_CHARACTERS = 2_000_000  # guess, as above

_AWARE = TypeAdapter(AwareDatetime)


class Expectation(Noun):
    """The verdict a rule must give on the script, and the line that says so."""

    rule_id: str
    verdict: Verdict
    line: int = Field(ge=1)


class Script(Noun):
    """A call script: what a person wrote, as the nouns that the chain works on."""

    title: str = ""
    call: Call
    transcript: Transcript
    expectations: tuple[Expectation, ...] = ()


def read_script(text: str, *, name: str = "") -> Script:
    """The call, transcript and expectations of a `.call` script.

    name: path or name for messages; its last part without `.call` is the call's id unless
    the header gives one. A turn without an end gets a guessed one (`end_known` false), and
    then no activity is derived, so that timing is undecided. Events are always stated:
    a script without hold lines has `events=()`.
    Raises CodedErrors with every fault of the script (QA350-QA369), at name:line:column.
    """
    return _Reader(text, name).script()


class _Reader:
    """Collects the lines of one script with all their errors, then places them in time."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.errors: list[CodedError] = []
        self.title = ""
        self.fields: dict[str, str] = {}
        self.lines: list[Line] = []
        self.expectations: list[Expectation] = []
        body = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        rows = body.split("\n")
        self._check_size(len(body), len(rows))
        control_characters(rows, name, self.errors.append)
        for number, row in enumerate(rows, start=1):
            if row.strip():
                self._row(row, Place(name, number))
        self._stop_on_errors()

    def script(self) -> Script:
        if not any(line.role for line in self.lines):
            self._error("QA350", 1)
            self._stop_on_errors()
        timed = place_lines(self.lines, self._end_mark_s(), self._error)
        self._stop_on_errors()
        said = [line for line in timed if line.role]
        turns = tuple(_turn(line, self._channel(line.role)) for line in said)
        language = self._language()
        duration_s = self._duration_s(timed)
        call = self._call(timed, language, duration_s)
        transcript = Transcript(
            language=language,
            duration_s=duration_s,
            channels=int(self.fields.get("channels", "2")),
            turns=turns,
            activity=activity_of(turns, [line.level_dbfs for line in said]),
            channel_speakers=call.channels,
            speakers_by="script" if any(t.speaker != "unknown" for t in turns) else "none",
        )
        return Script(
            title=self.title,
            call=call,
            transcript=transcript,
            expectations=tuple(self.expectations),
        )

    def _check_size(self, characters: int, lines: int) -> None:
        for what, size, limit in (
            ("characters", characters, MAX_CHARACTERS),
            ("lines", lines, MAX_LINES),
        ):
            if size > limit:
                self._error("QA364", 1, what=what, size=size, limit=limit)
        self._stop_on_errors()

    def _row(self, row: str, place: Place) -> None:
        offset = len(row) - len(row.lstrip())
        body, expected = split_expectations(row.strip(), place, offset, self.errors)
        self.expectations += [
            Expectation(rule_id=rule_id, verdict=verdict, line=place.line)
            for rule_id, verdict in expected
        ]
        if body.startswith("#"):
            if any(line.role for line in self.lines):
                return  # a remark between turns
            first = not self.title and not self.fields and not self.lines
            title, fields = read_header(body[1:], place, offset + 1, self.errors, may_name=first)
            self.title = title if first else self.title
            for twice in self.fields.keys() & fields.keys():
                self._error("QA367", place.line, field=twice)
            self.fields |= fields
        elif body:
            line = read_line(body, place, offset, self.errors)
            if line and line.event == "hangup" and self._hangup():
                self._error("QA367", place.line, line.column, field="-- hangup")
            if line:
                self.lines.append(line)

    def _error(self, code: str, line: int, column: int = 1, **values: object) -> None:
        self.errors.append(CodedError(code, place=Place(self.name, line).at(column), **values))

    def _stop_on_errors(self) -> None:
        if self.errors:
            raise CodedErrors(self.errors)

    def _hangup(self) -> Line | None:
        return next((line for line in self.lines if line.event == "hangup"), None)

    def _end_mark_s(self) -> float | None:
        """Where the call ends if the script says so: the header's duration or the hangup."""
        hangup = self._hangup()
        marks = [length_of(self.fields.get("duration", "")), hangup.start_s if hangup else None]
        return max((mark for mark in marks if mark is not None), default=None)

    def _duration_s(self, timed: list[Line]) -> float:
        """Seconds up to the last end that is known or guessed; work after the call is no part."""
        ends = [line.end_s or line.start_s or 0.0 for line in timed if line.event != "acw"]
        return max([*ends, self._end_mark_s() or 0.0])

    def _language(self) -> Language:
        """The header's; else Mandarin when any turn holds a Chinese character."""
        said = "".join(line.text for line in self.lines if line.role)
        given = self.fields.get("language") or ("zh" if HAN.search(said) else "en")
        return "zh" if given == "zh" else "en"

    def _channel(self, role: Speaker | None) -> int | None:
        """0 csr, 1 customer; a mono call has channel 0 only."""
        if self.fields.get("channels") == "1":
            return 0
        return {"csr": 0, "customer": 1}.get(role or "")

    def _call(self, timed: list[Line], language: Language, duration_s: float) -> Call:
        get = self.fields.get
        stem = re.split(r"[/\\]", self.name)[-1].removesuffix(".call")
        hangup = self._hangup()
        started_at = get("started_at")
        return Call(
            id=get("id") or stem or "script",
            source=self.name or "script",
            csr_id=get("csr_id"),
            csr_name=get("csr_name"),
            team=get("team"),
            customer_key=get("customer_key"),
            queue=get("queue"),
            direction="outbound" if get("direction") == "outbound" else "inbound",
            started_at=_AWARE.validate_python(started_at) if started_at else None,
            duration_s=duration_s,
            language=language,
            recording=get("recording"),
            channels=() if get("channels") == "1" else ("csr", "customer"),
            events=tuple(_event(line) for line in timed if line.event in _KINDS),
            hung_up_by=("csr" if hangup.text == "csr" else "customer") if hangup else None,
            attributes={
                key.removeprefix("attribute."): value
                for key, value in self.fields.items()
                if key.startswith("attribute.")
            },
        )


_KINDS = {"hold": "hold", "transfer": "transfer", "acw": "after_call_work"}


def _turn(line: Line, channel: int | None) -> Turn:
    start_s = line.start_s or 0.0
    return Turn(
        start_s=start_s,
        end_s=start_s if line.end_s is None else line.end_s,
        speaker=line.role or "unknown",
        text=line.text,
        channel=channel,
        end_known=line.end_known,
    )


def _event(line: Line) -> CallEvent:
    return CallEvent.model_validate(
        {
            "kind": _KINDS[line.event],
            "start_s": line.start_s,
            "end_s": line.end_s,
            "to": (line.text or None) if line.event == "transfer" else None,
        }
    )
