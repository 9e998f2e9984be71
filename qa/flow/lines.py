"""The lines that commands print for programs: one JSON object an input, in order (contract 6)."""

from typing import Any

from qa.domain.call import Call
from qa.domain.derivations import DerivedFact
from qa.domain.evaluations import Evaluation
from qa.domain.facts import Candidate, Fact, Facts
from qa.domain.findings import Finding, Reason
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.text import Text
from qa.flow.misheard import Alternative, WrittenTurn, alternatives_of, written_turns
from transcribe.noun import Noun
from transcribe.transcript import Language, Transcript


class CallRef(Noun):
    """Which input a line is about."""

    id: str
    source: str


class Problem(Noun):
    """One coded error, for programs and for people."""

    code: str
    place: str
    text: Text


class FailedLine(Noun):
    """An input that gave no result. `error` is the first of `errors`."""

    call: CallRef
    error: Problem
    errors: tuple[Problem, ...]


class TranscriptLine(Noun):
    """`qa transcribe --json`; `qa facts` and `qa judge` take it as input.

    normalised: each turn's text as it would be written, derived from the transcript.
    alternatives: near sounds of phrases that the rules look for; the text is never changed.
    Both are left aside when the line is read again.
    """

    call: CallRef
    transcript: Transcript
    normalised: tuple[WrittenTurn, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


class FactsLine(Noun):
    """`qa facts --json`. candidates: near sounds that may be a wanted phrase."""

    call: CallRef
    language: Language
    duration_s: float
    facts: tuple[Fact, ...]
    candidates: tuple[Candidate, ...]
    missing: dict[str, str]
    made_by: dict[str, str]


class JudgementLine(Noun):
    """`qa judge --json`. evaluation is null for an ungradable call, which says why.

    derived: facts that follow from the others (`derive:` in rule files).
    """

    call: CallRef
    language: Language
    ungradable: Reason | None
    findings: tuple[Finding, ...]
    derived: tuple[DerivedFact, ...] = ()
    evaluation: Evaluation | None
    made_by: dict[str, str]


LINES: dict[str, type[Noun]] = {
    "transcript": TranscriptLine,
    "facts": FactsLine,
    "judgement": JudgementLine,
    "failure": FailedLine,
}


def ref_of(call: Call) -> CallRef:
    """What a line says of its call."""
    return CallRef(id=call.id, source=call.source)


def transcript_line(
    call: Call, transcript: Transcript, packs: Packs | None, limits: Limits
) -> TranscriptLine:
    """The transcript of a call as a line; without packs nothing is offered as misheard."""
    return TranscriptLine(
        call=ref_of(call),
        transcript=transcript,
        normalised=written_turns(transcript),
        alternatives=alternatives_of(call, transcript, packs, limits) if packs else (),
    )


def facts_line(call: Call, facts: Facts, made_by: dict[str, str]) -> FactsLine:
    """The facts of a call as a line."""
    return FactsLine(
        call=ref_of(call),
        language=facts.language,
        duration_s=facts.duration_s,
        facts=facts.facts,
        candidates=facts.candidates,
        missing=facts.missing,
        made_by=made_by | {"facts": facts.made_by},
    )


def as_json(line: Noun) -> dict[str, Any]:
    """The line as plain JSON values."""
    return line.model_dump(mode="json", by_alias=True)
