"""Which share of a run's CPU time is recognition, over the demo recordings, one core.

Prints CPU seconds and shares of each step, decoding in its child process included, and the
store in a database of its own. Voice detection and language are models of the recogniser and
count as recognition. What a worker does once, however many calls follow (the packs' words
compiled, the decoder's libraries loaded), stands apart; loading the model is not counted.
Goal: everything but recognition under 3 %.
Run: python -m bench.pipeline [RECORDING...]
"""

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.domain.call import Call
from qa.domain.keys import EvaluationInputs, FactsInputs, FindingsInputs, TranscriptInputs
from qa.domain.packs import Packs
from qa.domain.script import read_script
from qa.facts.measure import measure
from qa.findings.find import find
from qa.packs.load import load_packs
from qa.scoring.score import score
from qa.store.store import open_store
from transcribe import recording
from transcribe.audio import probe
from transcribe.decoder_process import end_decoders
from transcribe.settings import TranscribeSettings
from transcribe.whisper import Recogniser

ROOT = Path(__file__).resolve().parents[1]
RECOGNITION = ("recognition", "language", "voice detection")
ONCE = "once a worker"
DECODERS = "decoders"  # their seconds are known when they end
# Steps of `transcribe.recording.transcribe`, by the names it calls them by.
PARTS = {
    "load": "decoding", "find_activity": "voiced spans", "make_windows": "voiced spans",
    "make_turns": "turns", "mask": "masking", "recording_sha256": "digest of the file",
}  # fmt: skip


class Timed:
    """A recogniser that notes the CPU seconds of each of its parts."""

    def __init__(self, inner: Recogniser, spent: Counter[str]) -> None:
        self.inner = inner
        self.spent = spent

    def __getattr__(self, name: str) -> Any:
        part = {
            "hear": "recognition",
            "language_shares": "language",
            "speech_probabilities": "voice detection",
        }.get(name)
        inner = getattr(self.inner, name)
        if part is None:
            return inner

        def timed(*args: Any, **named: Any) -> Any:
            with step(part, self.spent):
                return inner(*args, **named)

        return timed


@contextmanager
def step(name: str, spent: Counter[str]) -> Iterator[None]:
    """Adds the CPU seconds of the block, its child processes included, to `spent`."""
    before = cpu_s()
    yield
    spent[name] += cpu_s() - before  # type: ignore[assignment]


def split_transcription(spent: Counter[str]) -> None:
    """From here on the steps of `transcribe` note their CPU seconds."""

    def timed(part: str, inner: Any) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            with step(part, spent):
                return inner(*args, **named)

        return call

    for name, part in PARTS.items():
        setattr(recording, name, timed(part, getattr(recording, name)))


def start(path: Path, packs: Packs, spent: Counter[str]) -> float:
    """Does what a worker does once; the CPU seconds a decoder takes to start."""
    with step(ONCE, spent):
        for script in sorted((ROOT / "demo/scripts").glob("*-01.call")):
            read = read_script(script.read_text("utf-8"), name=script.name)
            facts = measure(read.call, read.transcript, packs.patterns_for(read.call))
            find(facts, packs.rules_for(read.call))
    before_s = spent[ONCE]
    with step(ONCE, spent):
        probe(path)
        end_decoders()  # its seconds are counted when it ends
    return spent[ONCE] - before_s


def cpu_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main() -> None:
    paths = [Path(p) for p in sys.argv[1:]] or sorted((ROOT / "demo/recordings").iterdir())
    spent: Counter[str] = Counter()
    settings = TranscribeSettings()
    packs = load_packs(ROOT)
    recogniser = Recogniser.open(settings)
    sound_s = 0.0
    decoder_start_s = start(paths[0], packs, spent)
    split_transcription(spent)
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/b.db") as store:
        for path in paths:
            call = Call(id=path.stem, source=path.name, channels=("csr", "customer"))
            with step("whole transcription", spent):
                said = recording.transcribe(
                    path, settings, recogniser=Timed(recogniser, spent), channels=call.channels
                )
            sound_s += said.duration_s
            call = call.model_copy(update={"language": said.language})
            with step("facts", spent):
                facts = measure(call, said, packs.patterns_for(call))
            with step("findings", spent):
                findings = find(facts, packs.rules_for(call))
            with step("scoring", spent):
                evaluation = score(call, findings, packs.scorecard_for(call))
            with step("store", spent):
                now = datetime.now(UTC)
                store.save_call(call, at=now, by="bench", why="bench")
                heard = TranscriptInputs(
                    recording_sha256=path.name, model_sha256="m", settings_digest="s"
                )
                measured = FactsInputs(
                    transcript_key=heard.key, call_digest="c", patterns_digest="p",
                    limits_digest="l", measurers="m",
                )  # fmt: skip
                judged = FindingsInputs(facts_key=measured.key, rules_digest="r", judge="1")
                marked = EvaluationInputs(
                    findings_key=judged.key, scorecard_digest="s", answers_digest="a", scorer="1"
                )
                store.save_transcript(said, made_from=heard, at=now)
                store.save_facts(facts, made_from=measured, at=now)
                store.save_findings(findings, made_from=judged, at=now)
                store.save_evaluation(call.id, evaluation, made_from=marked, at=now, by="bench")
    with step(DECODERS, spent):
        end_decoders()
    spent[DECODERS] -= decoder_start_s  # type: ignore[assignment]
    report(spent, sound_s)


def report(spent: Counter[str], sound_s: float) -> None:
    model_s = sum(spent[name] for name in RECOGNITION)
    within_s = model_s + sum(spent[name] for name in set(PARTS.values()))
    spent["other of transcription"] = spent.pop("whole transcription") - within_s
    spent["decoding"] += spent.pop(DECODERS)
    once_s = spent.pop(ONCE)
    total_s = sum(spent.values())
    print(f"{'step':26} {'CPU s':>8} {'share':>8}")
    for name, seconds in spent.most_common():
        print(f"{name:26} {seconds:8.2f} {seconds / total_s:8.2%}")
    print(f"{ONCE:26} {once_s:8.2f}  (not in the shares)")
    print(f"{sound_s:.0f} s of sound, {sound_s / total_s:.1f} times real time on one core")
    print(f"everything but recognition: {1 - model_s / total_s:.2%} (goal: under 3 %)")
    print(f"with what a worker does once: {1 - model_s / (total_s + once_s):.2%}")


if __name__ == "__main__":
    main()
