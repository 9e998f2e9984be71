"""`qa run`: transcribe and grade what is new or stale, and keep everything in the store.

Each derived thing is kept under the name of what made it (D6), so a second run finds all of it
and does nothing; a changed rule judges again, a changed scorecard only scores again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from qa.domain.call import Call
from qa.domain.evaluations import Answer
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.flow.names import Names
from qa.flow.parts import parts_of
from qa.flow.recordings import Privacy, recording_sha256
from qa.flow.sides import files_of
from qa.flow.work import Done, Job, Part, with_transcript
from qa.flow.workers import work_through
from qa.store.records import Step
from qa.store.store import Store
from transcribe.errors import CodedError
from transcribe.plugins import find_recogniser
from transcribe.recording import joined_sha256
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Transcript

MACHINE = "machine"
# What lies beside recordings in their folder: tables, transcripts, notes.
_NO_RECORDINGS = frozenset({".csv", ".xlsx", ".json", ".srt", ".vtt", ".md", ".txt"})


@dataclass(frozen=True)
class Bench:
    """What one run works with."""

    store: Store
    packs: Packs
    limits: Limits
    settings: TranscribeSettings
    recordings: Path
    scorecard: Scorecard | None = None
    workers: int = 1
    privacy: Privacy = field(default_factory=Privacy)


@dataclass
class Tally:
    """What a run did, counted as it goes; recorded_s is sound transcribed in this run."""

    calls: int = 0
    transcribed: int = 0
    judged: int = 0
    unchanged: int = 0
    ungradable: int = 0
    failed: list[tuple[Call, tuple[CodedError, ...]]] = field(default_factory=list)
    recorded_s: float = 0.0
    step_s: dict[str, float] = field(default_factory=dict)


class Run:
    """One run over some calls. `steps` gives the calls one by one, as they are finished."""

    def __init__(self, bench: Bench, calls: Sequence[Call]) -> None:
        self.bench = bench
        self.calls = calls
        self.tally = Tally(calls=len(calls))
        self._names = Names(bench.store, bench.packs, bench.limits, bench.settings, bench.scorecard)
        self._settled: list[Call] = []
        self._ungradable: dict[str, object] = {
            one.call_id: one.values.get("findings_key") for one in bench.store.ungradable()
        }
        self._recogniser = find_recogniser(bench.settings.recogniser)

    def steps(self) -> Iterator[Call]:
        """Each call after its work is saved, or after it was found to need none.

        Jobs are made one by one as workers become free, so a long history fits in memory.
        """
        bench = self.bench
        for job, done in work_through(
            self._jobs(),
            workers=bench.workers,
            packs=bench.packs,
            limits=bench.limits,
            settings=bench.settings,
        ):
            self._save(job, done)
            yield job.call
            yield from self._settle()
        yield from self._settle()

    def _settle(self) -> Iterator[Call]:
        """The calls that needed no work or could not be worked on, each once."""
        while self._settled:
            yield self._settled.pop(0)

    def _jobs(self) -> Iterator[Job]:
        for number, call in enumerate(self.calls):
            try:
                job = self._job(call, number)
            except CodedError as error:
                self._fail(call, "transcribe", (error,))
                self._settled.append(call)
                continue
            if job is None:
                self.tally.unchanged += 1
                self._settled.append(call)
            else:
                yield job

    def _job(self, call: Call, number: int) -> Job | None:
        """What is to be done for the call; None when it is up to date."""
        paths = self._paths(call)
        privacy = self.bench.privacy
        gone = privacy.original == "delete"
        each = [recording_sha256(self.bench.store, path, may_be_gone=gone) for path in paths]
        sha256 = joined_sha256(each)
        name = self._names.hear(
            call,
            recording_sha256=sha256,
            recogniser=self._recogniser.identity(self.bench.settings, paths[0]),
        )
        copy = privacy.copy_of(sha256)
        if copy is not None and copy.is_file() and not all(path.is_file() for path in paths):
            paths = (copy,)
        transcript = self.bench.store.transcript(name.key)
        if transcript is not None and self._is_current(call, transcript):
            return None
        answers: dict[str, tuple[Answer, ...]] = {}
        if transcript is not None:
            for part, _ in parts_of(with_transcript(call, transcript), transcript):
                answers[part.id] = self._names.answers(part)
        return Job(
            number=number,
            call=call,
            path=str(paths[0]),
            other_side=str(paths[1]) if len(paths) > 1 else None,
            copy_to=str(copy) if copy and copy not in paths else None,
            copy_how="mute" if privacy.audio_copy == "mute" else "beep",
            transcript=transcript,
            scorecard=self.bench.scorecard,
            answers=answers,
        )

    def _paths(self, call: Call) -> tuple[Path, ...]:
        if call.recording is None:
            raise CodedError("QA851", place=call.source, call=call.id)
        return files_of(call, self.bench.recordings)

    def _is_current(self, call: Call, transcript: Transcript) -> bool:
        """True when every part has its evaluation, or its reason for having none."""
        for part, _ in parts_of(with_transcript(call, transcript), transcript):
            findings = self._names.findings(self._names.facts(call, part), part)
            latest = self.bench.store.latest_evaluation(
                part.id, scorecard=self._names.scorecard(part).id
            )
            wanted = self._names.evaluation(findings, part)
            graded = latest is not None and latest.key == wanted.key
            if not graded and self._ungradable.get(part.id) != findings.key:
                return False
        return True

    # saving -------------------------------------------------------------------------------

    def _save(self, job: Job, done: Done) -> None:
        """Everything of one call; its failure, if it failed, and nothing else."""
        now = datetime.now(UTC)
        store = self.bench.store
        if done.transcript is not None and job.transcript is None:
            name = self._names.transcript(job.call)
            store.save_transcript(done.transcript, made_from=name, at=now)
            self.bench.privacy.forget(self._paths(job.call), name.recording_sha256, done.transcript)
            store.clear_failure(job.call.id, "transcribe", at=now)
            self.tally.transcribed += 1
            self.tally.recorded_s += done.transcript.duration_s
        for step, seconds in done.step_s.items():
            self.tally.step_s[step] = self.tally.step_s.get(step, 0.0) + seconds
        if done.errors:
            self._fail(job.call, done.failed or "judge", done.errors)
            return
        for part in done.parts:
            self._save_part(job.call, part, now)
        store.clear_failure(job.call.id, "find", at=now)

    def _save_part(self, call: Call, part: Part, now: datetime) -> None:
        store = self.bench.store
        if part.call.id != call.id:
            store.save_call(part.call, at=now, by=MACHINE, why=f"part of {call.id}")
        made = part.judgement
        facts = self._names.facts(call, part.call)
        findings = self._names.findings(facts, part.call)
        store.save_facts(made.facts, made_from=facts, at=now)
        store.save_findings(made.findings, derived=made.derived, made_from=findings, at=now)
        if part.why_not is not None:
            values = {**part.why_not.values, "findings_key": findings.key}
            store.mark_ungradable(part.call.id, part.why_not.code, at=now, **values)
            self.tally.ungradable += 1
            return
        store.mark_gradable(part.call.id, at=now)
        evaluation = self._names.evaluation(findings, part.call)
        store.save_evaluation(
            part.call.id, made.evaluation, made_from=evaluation, at=now, by=MACHINE
        )
        self.tally.judged += 1

    def _fail(self, call: Call, step: str, errors: Iterable[CodedError]) -> None:
        found = tuple(errors)
        now = datetime.now(UTC)
        kept: Step = "transcribe" if step == "transcribe" else "find"
        for error in found:
            self.bench.store.record_failure(call.id, kept, error, at=now)
        self.tally.failed.append((call, found))


def calls_of_paths(
    paths: Iterable[str], recordings: Path, known: Iterable[Call]
) -> tuple[tuple[Call, ...], tuple[CodedError, ...]]:
    """Calls of the recordings the user named: known ones, and new ones named after the file.

    A folder stands for the recordings directly in it. A path outside the recordings folder is
    taken as it is; its call keeps the absolute path as its recording.
    """
    by_file = {str(file.resolve()): call for call in known for file in files_of(call, recordings)}
    calls: dict[str, Call] = {}
    errors: list[CodedError] = []
    for given in paths:
        path = Path(given)
        files = sorted(f for f in path.iterdir() if f.is_file()) if path.is_dir() else [path]
        for file in files:
            if path.is_dir() and file.suffix.lower() in _NO_RECORDINGS:
                continue
            if not file.is_file():
                errors.append(CodedError("QA840", place=given))
                continue
            absolute = str(file.resolve())
            call = by_file.get(absolute) or Call(id=file.stem, source=str(file), recording=absolute)
            calls.setdefault(call.id, call)
    return tuple(calls.values()), tuple(errors)
