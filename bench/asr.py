"""Error rate and processor time of our recogniser beside its rivals, interleaved in one run.

    python -m bench.asr [--set NAME=VALUE ...] [--calls ID ...] [--no-rivals] [--ggml FILE]
                        [--workers 1 2] [FOLDER ...]

Folders as `bench.known_text` reads them; default: the shared synthetic calls and the demo's.
Rivals, on the same model, one thread, the language told, word times wanted: faster-whisper on each
whole channel (beam 5, no VAD); its BatchedInferencePipeline (its own VAD, beam 5, batches of 8);
whisper.cpp through pywhispercpp (beam 5) where a GGML model file is given: no package brings one,
`python -m bench.ggml_model FILE` makes one of the same weights. Ours runs the whole of
`transcribe`, the language found by itself, masking off.
Each call is heard by all of them in turn before the next call, in a rotating order.
Errors: characters in Mandarin, words in English, pooled over calls; numbers compared as digits.
--workers: the calls once more through the worker pool of `qa run`, on as many cores as workers
(Linux), start-up included; wall time is worth something only on an idle machine, so the
processor's own seconds stand beside it: they do not grow where workers do not hinder each other.
"""

import argparse
import json
import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from faster_whisper import BatchedInferencePipeline

from bench.known_text import Errors, KnownCall, errors_of, known_calls, texts_of
from qa.domain.call import Call
from qa.domain.limits import Limits
from qa.flow.work import Job
from qa.flow.workers import work_through
from transcribe.audio import load
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings
from transcribe.whisper import Recogniser

Hear = Callable[[KnownCall], dict[int, str]]
OURS = "ours"


class Counted(Recogniser):
    """Counts the stretches that were heard to tell the language."""

    asked: ClassVar[Counter[str]] = Counter()

    def language_shares(self, sounds: Any) -> dict[str, float]:
        heard = list(sounds)
        self.asked["stretches"] += len(heard)
        return super().language_shares(heard)


def rivals(recogniser: Recogniser, settings: TranscribeSettings) -> dict[str, Hear]:
    whisper = recogniser._whisper
    pipeline = BatchedInferencePipeline(whisper)

    def plain_use(call: KnownCall) -> dict[int, str]:
        return each_channel(call, lambda channel: whisper.transcribe(
            channel, language=call.language, beam_size=5, word_timestamps=True
        )[0])  # fmt: skip

    def batched(call: KnownCall) -> dict[int, str]:
        return each_channel(call, lambda channel: pipeline.transcribe(
            channel, language=call.language, beam_size=5, word_timestamps=True, batch_size=8
        )[0])  # fmt: skip

    def each_channel(call: KnownCall, hear: Callable[[Any], Any]) -> dict[int, str]:
        return {
            at: " ".join(segment.text for segment in hear(channel))
            for at, channel in enumerate(load(call.path, settings).samples)
        }

    return {"plain faster-whisper": plain_use, "batched faster-whisper": batched}


def whisper_cpp(model: Path, settings: TranscribeSettings) -> Hear:
    """whisper.cpp on each whole channel; `pip install pywhispercpp` brings it."""
    from pywhispercpp.model import Model  # type: ignore[import-not-found]

    loaded = Model(
        str(model), params_sampling_strategy=1, n_threads=1, print_progress=False,
        print_realtime=False, redirect_whispercpp_logs_to=None,
    )  # fmt: skip

    def hear(call: KnownCall) -> dict[int, str]:
        return {
            at: " ".join(
                segment.text
                for segment in loaded.transcribe(
                    channel, language=call.language, token_timestamps=True,
                    beam_search={"beam_size": 5, "patience": -1.0},
                )
            )
            for at, channel in enumerate(load(call.path, settings).samples)
        }  # fmt: skip

    return hear


def interleaved(calls: Sequence[KnownCall], ways: dict[str, Hear]) -> None:
    """Prints each way's errors and seconds, and ours beside each other."""
    cpu_s: Counter[str] = Counter()
    errors = {name: {"zh": Errors(), "en": Errors()} for name in ways}
    names = list(ways)
    for number, call in enumerate(calls):
        shown = []
        for name in names[number % len(names) :] + names[: number % len(names)]:
            began_s = time.process_time()
            heard = ways[name](call)
            cpu_s[name] += time.process_time() - began_s  # type: ignore[assignment]
            own = errors_of(call, heard)
            errors[name][call.language] += own
            shown.append(f"{name} {own.share:.1%}")
        print(f"  {call.id}: {', '.join(sorted(shown))}", flush=True)
    for name in names:
        zh, en = errors[name]["zh"], errors[name]["en"]
        print(
            f"{name:24} CER zh {zh.share:6.2%} of {zh.said}, WER en {en.share:6.2%} of {en.said}, "
            f"{cpu_s[name]:7.1f} CPU s"
        )
    for name in names[1:]:
        apart = [
            (errors[OURS][lang].share - errors[name][lang].share) * 100 for lang in ("zh", "en")
        ]
        print(
            f"ours beside {name}: {cpu_s[name] / cpu_s[OURS]:.2f} times as fast, "
            f"CER zh {apart[0]:+.2f}, WER en {apart[1]:+.2f} points"
        )


def throughput(
    calls: Sequence[KnownCall], settings: TranscribeSettings, counts: Sequence[int]
) -> None:
    """Prints recorded seconds a second for each count of workers, and their memory.

    What decodes and what hands out the work runs on the workers' cores too: else one worker has
    a second core for them, which two workers do not have twice.
    """
    cores = sorted(os.sched_getaffinity(0))
    first: float | None = None
    for count in counts:
        if count > len(cores):
            print(f"{count} workers: {len(cores)} cores only, not measured")
            continue
        os.sched_setaffinity(0, cores[:count])
        jobs = [
            Job(
                number=number, call=Call(id=call.id, source=call.id), path=str(call.path),
                until="transcribe",
            )
            for number, call in enumerate(calls)
        ]  # fmt: skip
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began_s = time.monotonic()
        recorded_s = 0.0
        for _, done in work_through(
            jobs, workers=count, packs=None, limits=Limits(), settings=settings
        ):
            recorded_s += done.transcript.duration_s if done.transcript else 0.0
        wall_s = time.monotonic() - began_s
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(
            f"{count} workers: {recorded_s:.0f} s of sound in {wall_s:.1f} s, "
            f"{recorded_s / wall_s:.1f} x real time, {cpu_s:.1f} CPU s with start-up, "
            f"at most {after.ru_maxrss / 1024:.0f} MiB a worker (goal: under 1,200)",
            flush=True,
        )
        first = first or recorded_s / wall_s
        print(f"  {recorded_s / wall_s / first:.2f} times the first line", flush=True)
        os.sched_setaffinity(0, cores)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    parser.add_argument("--calls", nargs="*", default=[])
    parser.add_argument("--no-rivals", action="store_true")
    parser.add_argument("--ggml", type=Path)
    parser.add_argument("--workers", nargs="*", type=int, default=[])
    wanted = parser.parse_args()
    values = {k: json.loads(v) for k, v in (pair.split("=", 1) for pair in wanted.set)}
    settings = TranscribeSettings.model_validate({"mask_kinds": (), **values})
    calls = [c for c in known_calls(wanted.folders) if not wanted.calls or c.id in wanted.calls]
    if wanted.workers:
        throughput(calls, settings, wanted.workers)
        return
    recogniser = Counted.open(settings)
    ways: dict[str, Hear] = {
        OURS: lambda call: texts_of(transcribe(call.path, settings, recogniser=recogniser))
    }
    if not wanted.no_rivals:
        ways |= rivals(recogniser, settings)
        if wanted.ggml:
            ways["whisper.cpp"] = whisper_cpp(wanted.ggml, settings)
        else:
            print("whisper.cpp: not run; it needs --ggml FILE (python -m bench.ggml_model FILE) "
                  "and `pip install pywhispercpp`")  # fmt: skip
    interleaved(calls, ways)
    print(
        f"language: decided once a call, from {Counted.asked['stretches'] / len(calls):.2f} "
        "stretches of at most 6 s"
    )


if __name__ == "__main__":
    main()
