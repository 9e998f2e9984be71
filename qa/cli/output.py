"""What commands print: JSON lines for programs, tables and messages for people."""

import json
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from qa.cli.language import LANGUAGE, say
from qa.domain.call import Call
from qa.errors import CATALOGUE, text_of
from qa.flow.lines import CallRef, FailedLine, Problem, as_json
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun
from transcribe.transcript import Transcript

ALL_WELL, SOME_FAILED, WRONG_USE = 0, 1, 2

# What moves the cursor, renames the window or turns the line round: names, quotes and reasons are
# other people's words, and a terminal obeys them. Line ends and tabs stay.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class _Paper(Console):
    """A console that shows what others wrote and obeys none of it."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(_CONTROL.sub("\ufffd", text), **options)


out = _Paper(highlight=False)
err = _Paper(stderr=True, highlight=False)


def print_line(line: Noun) -> None:
    """One JSON object on one line of standard output, at once."""
    sys.stdout.write(json.dumps(as_json(line), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def problem_of(error: CodedError) -> Problem:
    """The error with its sentences in both languages."""
    return Problem(code=error.code, place=error.place, text=text_of(error))


def failed_line(call: Call, errors: Iterable[CodedError]) -> FailedLine:
    """A failed input's line."""
    problems = tuple(problem_of(error) for error in errors)
    ref = CallRef(id=call.id, source=call.source)
    return FailedLine(call=ref, error=problems[0], errors=problems)


def print_errors(errors: Iterable[CodedError]) -> None:
    """Each error on standard error: code, place, what was seen, the options, the cure."""
    for error in errors:
        err.print(f"[bold red]\\[{error.code}][/] {error.place}", soft_wrap=True)
        err.print("        " + error.text(LANGUAGE, CATALOGUE), soft_wrap=True, markup=False)
        more = say(f"用 `qa explain {error.code}` 看说明。", f"See `qa explain {error.code}`.")
        err.print("        " + more, soft_wrap=True, markup=False, style="dim")


def print_recording_faults(transcript: Transcript) -> None:
    """What is wrong with the recording and did not stop us, a line each."""
    for code in transcript.faults:
        text = CodedError(code).text(LANGUAGE, CATALOGUE)
        out.print(f"[yellow]\\[{code}][/] ", end="")
        out.print(text, soft_wrap=True, markup=False, style="yellow")


def stop(error: CodedError | CodedErrors, *, status: int = WRONG_USE) -> NoReturn:
    """Print the errors and leave with the status."""
    print_errors(error.errors if isinstance(error, CodedErrors) else (error,))
    raise typer.Exit(status)


def warn_left_out(count: int) -> None:
    """Says that calls were left out since their form is no longer in the packs; silent for 0."""
    if count:
        err.print(
            say(
                f"有 {count} 份评分用的评分表或版本已不在 scorecards/ 里，没有计入。"
                "运行 qa run 用现在的评分表重新评分，或把旧文件放回去。",
                f"{count} evaluations were made on a form or version that scorecards/ no longer "
                "has and are left out. Run qa run to grade them on today's forms, or put the "
                "old file back.",
            ),
            style="yellow",
        )


def progress(*, remaining: bool = True) -> Progress:
    """A progress bar on standard error; silent where that is no terminal.

    remaining: with the time that the tasks left will take, as if all were alike.
    """
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        TimeElapsedColumn(),
        *([TimeRemainingColumn()] if remaining else []),
        TextColumn("{task.fields[note]}"),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
