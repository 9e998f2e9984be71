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
Beside it in the same run what the machine allows: as many processes of plain faster-whisper, each
on a core of its own with its own share of the calls, which know nothing of each other.
"""

import argparse
import json
import multiprocessing
import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from faster_whisper import BatchedInferencePipeline

from bench.known_text import Errors, KnownCall, errors_of, known_calls, texts_of
from qa.domain.call import Call
from qa.domain.limits import Limits
from qa.flow.work import Job
from qa.flow.workers import work_through
from transcribe.audio import load, probe
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


class Pace(NamedTuple):
    """How fast the calls were heard: wall and processor seconds, start-up included."""

    recorded_s: float
    wall_s: float
    cpu_s: float

    def shown(self, first: "Pace") -> str:
        """The line, with how many times as fast as the first one it is."""
        times = first.wall_s / self.wall_s
        return (
            f"{self.recorded_s:.0f} s of sound in {self.wall_s:.1f} s, "
            f"{self.recorded_s / self.wall_s:.1f} x real time, {self.cpu_s:.1f} CPU s; "
            f"{times:.2f} times the first line"
        )


def paced(work: Callable[[], float]) -> Pace:
    """The pace of work in child processes, which gives the seconds of sound it heard."""
    before, began_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    recorded_s = work()
    wall_s, after = time.monotonic() - began_s, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Pace(recorded_s, wall_s, cpu_s)


def throughput(
    calls: Sequence[KnownCall], settings: TranscribeSettings, counts: Sequence[int]
) -> None:
    """Prints the pace of each count of workers, ours and apart from each other, and our memory.

    What decodes and what hands out the work runs on the workers' cores too: else one worker has
    a second core for them, which two workers do not have twice.
    """
    cores = sorted(os.sched_getaffinity(0))
    ours: dict[int, Pace] = {}
    apart: dict[int, Pace] = {}
    for count in counts:
        if count > len(cores):
            print(f"{count} workers: {len(cores)} cores only, not measured")
            continue
        os.sched_setaffinity(0, cores[:count])
        ours[count] = paced(partial(pooled, calls, settings, count))
        peak_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{count} workers: {ours[count].shown(ours[min(ours)])}, at most {peak_mib:.0f} MiB "
              "a worker (goal: under 1,200)", flush=True)  # fmt: skip
        apart[count] = paced(partial(each_alone, calls, settings, cores[:count]))
        print(f"{count} processes of plain faster-whisper: {apart[count].shown(apart[min(apart)])}",
              flush=True)  # fmt: skip
        os.sched_setaffinity(0, cores)
    least = min(ours, default=0)
    for count in sorted(set(ours) - {least}):
        own = ours[least].wall_s / ours[count].wall_s
        free = apart[least].wall_s / apart[count].wall_s
        print(f"from {least} to {count}: ours {own:.2f}, processes that know nothing of each other "
              f"{free:.2f}: {own / free:.1%} of what the machine allows")  # fmt: skip


def pooled(calls: Sequence[KnownCall], settings: TranscribeSettings, count: int) -> float:
    """Hears the calls by the worker pool of `qa run`; seconds of sound."""
    jobs = [
        Job(
            number=number, call=Call(id=call.id, source=call.id), path=str(call.path),
            until="transcribe",
        )
        for number, call in enumerate(calls)
    ]  # fmt: skip
    done = work_through(jobs, workers=count, packs=None, limits=Limits(), settings=settings)
    return sum(one.transcript.duration_s for _, one in done if one.transcript)


def each_alone(
    calls: Sequence[KnownCall], settings: TranscribeSettings, cores: Sequence[int]
) -> float:
    """Hears the calls plainly, a process a core, each with its share; seconds of sound."""
    lengths_s = {call.id: probe(call.path, settings).duration_s or 0.0 for call in calls}
    shares: list[list[KnownCall]] = [[] for _ in cores]
    for call in sorted(calls, key=lambda one: -lengths_s[one.id]):
        min(shares, key=lambda own: sum(lengths_s[one.id] for one in own)).append(call)
    spawn = multiprocessing.get_context("spawn")
    running = [
        spawn.Process(target=alone, args=(core, share, settings))
        for core, share in zip(cores, shares, strict=True)
    ]
    for one in running:
        one.start()
    for one in running:
        one.join()
        if one.exitcode:
            raise SystemExit(f"a process of plain faster-whisper ended with {one.exitcode}")
    return sum(lengths_s.values())


def alone(core: int, calls: Sequence[KnownCall], settings: TranscribeSettings) -> None:
    """Hears some calls plainly on one core."""
    os.sched_setaffinity(0, {core})
    hear = rivals(Recogniser.open(settings), settings)["plain faster-whisper"]
    for call in calls:
        hear(call)


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
