"""The work on one call, done in a worker process: transcribe where needed, then judge.

A worker may die (a C library took it down) or hang; the pool in `workers.py` then names the
call it held and goes on with another worker.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field

from qa.domain.call import Call
from qa.domain.evaluations import Answer
from qa.domain.findings import Reason
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.flow.gradable import ungradable
from qa.flow.parts import parts_of
from qa.flow.roles import swapped, with_roles
from qa.flow.stages import Judgement, judge
from transcribe.bleeping import How, write_bleeped
from transcribe.errors import CodedError, CodedErrors
from transcribe.noun import Noun
from transcribe.plugins import find_recogniser
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Transcript

Step = Literal["transcribe", "judge"]


class Job(Noun):
    """One call to work on. `transcript` None: the recording at `path` is transcribed first.

    until: the last step wanted. answers: by call id (a transferred call has parts).
    """

    number: int = Field(default=0, ge=0, description="its place among the jobs of one run")
    call: Call
    path: str
    other_side: str | None = Field(default=None, description="the second of two mono files")
    copy_to: str | None = Field(
        default=None, description="where a copy without private words goes, if there are any"
    )
    copy_how: How = "beep"
    transcript: Transcript | None = None
    scorecard: Scorecard | None = None
    answers: dict[str, tuple[Answer, ...]] = Field(default_factory=dict)
    until: Step = "judge"


class Part(Noun):
    """One CSR's part of a call, judged; `why_not` says why it was not graded."""

    call: Call
    judgement: Judgement
    why_not: Reason | None = None


class Done(Noun):
    """What became of a job. `errors` is empty when all went well; `failed` names the step."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    call: Call
    transcript: Transcript | None = None
    transcribed: bool = False
    parts: tuple[Part, ...] = ()
    errors: tuple[CodedError, ...] = ()
    failed: Step | None = None
    step_s: dict[str, float] = Field(default_factory=dict, description="CPU seconds a step")


class Worker:
    """What a worker process keeps between jobs: packs, limits, the loaded model."""

    def __init__(self, packs: Packs | None, limits: Limits, settings: TranscribeSettings) -> None:
        self.packs = packs
        self.limits = limits
        self.settings = settings
        self._recogniser: Any = None

    def recogniser(self) -> Any:
        """The recogniser of the settings, loaded at the first recording."""
        if self._recogniser is None:
            self._recogniser = find_recogniser(self.settings.recogniser).open(self.settings)
        return self._recogniser

    def do(self, job: Job) -> Done:
        """The job done, or its coded errors; other exceptions are faults of this program."""
        step_s: dict[str, float] = {}
        step: Step = "transcribe"
        transcript = job.transcript
        try:
            started = time.process_time()
            if transcript is None:
                transcript = self._transcribe(job)
                step_s["transcribe"] = time.process_time() - started
            step, started = "judge", time.process_time()
            call = with_transcript(job.call, transcript)
            parts = self._judge(job, call, transcript) if job.until == "judge" else ()
            step_s["judge"] = time.process_time() - started
        except (CodedError, CodedErrors) as error:
            errors: Sequence[CodedError] = (
                error.errors if isinstance(error, CodedErrors) else (error,)
            )
            return Done(call=job.call, transcript=transcript, errors=tuple(errors), failed=step)
        return Done(
            call=call,
            transcript=transcript,
            transcribed=job.transcript is None,
            parts=parts,
            step_s=step_s,
        )

    def _transcribe(self, job: Job) -> Transcript:
        from transcribe.recording import transcribe

        made = transcribe(
            job.path,
            self.settings,
            other_side=job.other_side,
            recogniser=self.recogniser(),
            channels=job.call.channels,
            language=job.call.language,
        )
        if job.copy_to and made.masks:
            write_bleeped(
                job.path,
                made,
                Path(job.copy_to),
                how=job.copy_how,
                settings=self.settings,
                other_side=job.other_side,
            )
        return made

    def _judge(self, job: Job, call: Call, transcript: Transcript) -> tuple[Part, ...]:
        if self.packs is None:
            return ()
        card = job.scorecard
        if card is not None and card.language != transcript.language:
            raise CodedError(
                "QA848",
                place=call.source,
                scorecard=card.id,
                wanted=card.language,
                seen=transcript.language,
            )
        parts = []
        patterns = self.packs.patterns_for(call, card)
        transcript = with_roles(transcript, patterns, self.limits, call.direction)
        for part, said in parts_of(call, transcript):
            made = judge(
                part,
                said,
                self.packs,
                limits=self.limits,
                scorecard=job.scorecard,
                answers=job.answers.get(part.id, ()),
            )
            why_not = ungradable(part, said, made.facts, self.limits) or swapped(
                said, patterns, made.facts, self.limits
            )
            parts.append(Part(call=part, judgement=made, why_not=why_not))
        return tuple(parts)


def with_transcript(call: Call, transcript: Transcript) -> Call:
    """The call with what its recording told: language, length, who is on which channel."""
    return call.model_copy(
        update={
            "language": transcript.language,
            "duration_s": transcript.duration_s,
            "channels": call.channels or transcript.channel_speakers,
        }
    )
