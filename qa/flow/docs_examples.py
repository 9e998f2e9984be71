"""One worked example for each kind of line that commands print, made by the chain itself."""

from pathlib import Path
from typing import Any

from qa.domain.call import Call
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.script import read_script
from qa.errors import text_of
from qa.flow.lines import (
    CallRef,
    FailedLine,
    JudgementLine,
    Problem,
    as_json,
    facts_line,
    ref_of,
    transcript_line,
)
from qa.flow.work import Job, Worker
from transcribe.errors import CodedErrors
from transcribe.noun import Noun
from transcribe.settings import TranscribeSettings

SCRIPT = "demo/scripts/zh-01.call"
BROKEN = "calls/broken.call"


def examples(root: Path, packs: Packs) -> dict[str, dict[str, Any]]:
    """Name of a line in `qa.flow.lines.LINES` -> a real one as plain JSON values."""
    made = {**_judged(root, packs), "failure": _failed()}
    return {name: as_json(line) for name, line in made.items()}


def _judged(root: Path, packs: Packs) -> dict[str, Noun]:
    """What `qa transcribe`, `qa facts` and `qa judge` say of one demo script."""
    script = read_script((root / SCRIPT).read_text("utf-8"), name=SCRIPT)
    job = Job(call=script.call, path=SCRIPT, transcript=script.transcript)
    done = Worker(packs, Limits(), TranscribeSettings()).do(job)
    if done.errors:
        raise CodedErrors(done.errors)
    part = done.parts[0]
    made_by = dict(script.transcript.made_by)
    return {
        "transcript": transcript_line(script.call, script.transcript, packs, Limits()),
        "facts": facts_line(part.call, part.judgement.facts, made_by),
        "judgement": JudgementLine(
            call=ref_of(part.call),
            language=part.judgement.facts.language,
            ungradable=part.why_not,
            findings=part.judgement.findings,
            derived=part.judgement.derived,
            evaluation=None if part.why_not else part.judgement.evaluation,
            made_by=made_by | {"facts": part.judgement.facts.made_by},
        ),
    }


def _failed() -> FailedLine:
    """What any command says of a script with a role that does not exist."""
    call = Call(id="broken", source=BROKEN)
    try:
        read_script("00:01.0 csr: good morning\n00:03.0 boss: hello\n", name=BROKEN)
    except CodedErrors as error:
        problems = tuple(
            Problem(code=one.code, place=one.place, text=text_of(one)) for one in error.errors
        )
    return FailedLine(
        call=CallRef(id=call.id, source=call.source), error=problems[0], errors=problems
    )
