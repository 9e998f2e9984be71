"""Inputs of commands: a recording, a transcript JSON or a `.call` script."""

from collections.abc import Sequence
from pathlib import Path

from qa.domain.call import Call
from qa.domain.script import read_script
from qa.domain.transcript_json import read_transcript_json
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun
from transcribe.transcript import Language, Speaker, Transcript

MAX_TEXT_BYTES = 60_000_000  # guess: a day of talk as JSON


class Input(Noun):
    """One input: its call, and its transcript where it brought one."""

    call: Call
    path: str
    transcript: Transcript | None = None


def read_input(
    path: str, *, channels: Sequence[Speaker] = (), language: Language | None = None
) -> Input:
    """What stands at `path`; recordings are not opened yet.

    channels, language: what the user said of recordings; a script or transcript says it itself.
    Raises QA840 missing, QA841 unreadable or too large text, QA842 not UTF-8; those of the
    readers of scripts and transcripts.
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix not in (".call", ".json", ".jsonl"):
        call = Call(id=file.stem or path, source=path, channels=tuple(channels), language=language)
        return Input(call=call, path=path)
    text = read_text(file, shown=path)
    if suffix == ".call":
        script = read_script(text, name=path)
        return Input(call=script.call, path=path, transcript=script.transcript)
    lines = [line for line in text.splitlines() if line.strip()]
    if suffix == ".jsonl" and len(lines) != 1:
        raise CodedError("QA843", place=path, count=len(lines))
    call, transcript = read_transcript_json(text, name=path)
    return Input(call=call, path=path, transcript=transcript)


def read_text(file: Path, *, shown: str) -> str:
    """A text file's content, bounded."""
    try:
        if not file.is_file():
            raise CodedError("QA840", place=shown)
        if file.stat().st_size > MAX_TEXT_BYTES:
            raise CodedError("QA841", place=shown, why=f"> {MAX_TEXT_BYTES} bytes")
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CodedError("QA841", place=shown, why=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise CodedError("QA842", place=shown) from error


def errors_of(error: CodedError | CodedErrors) -> tuple[CodedError, ...]:
    """One or several errors as a tuple."""
    return error.errors if isinstance(error, CodedErrors) else (error,)
