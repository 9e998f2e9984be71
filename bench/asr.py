"""Error rate and processor time of our recogniser beside plain faster-whisper, in one run.

    python -m bench.asr [--set window_s=20 ...] [--no-rival] [--calls s03 ...] FOLDER

FOLDER holds NAME.flac with NAME.truth.json (turns with role and text, channels, language).
Rivals, with the language told: faster-whisper on each whole channel, beam 5, no VAD; its
BatchedInferencePipeline (its own VAD, beam 5, batches of 8); all with word times, on the same
model and one thread. whisper.cpp needs a GGML model file, which no package brings. Ours runs the
whole of `transcribe` (decoding, activity, recognition, turns) with the language told. Masking is
off, so that digits count. Error rate: CER for Mandarin, WER for English, by jiwer.
"""

import argparse
import json
import re
import resource
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

import jiwer
from faster_whisper import BatchedInferencePipeline

from transcribe.audio import load
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings
from transcribe.text import simplified
from transcribe.whisper import Recogniser

_ZH = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_EN = dict(
    zip(
        "0123456789",
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        strict=True,
    )
)


@dataclass
class Score:
    """Error rates in percent by call and the processor seconds of all calls."""

    errors: dict[str, float] = field(default_factory=dict)
    cpu_s: float = 0.0

    def mean(self, names: list[str]) -> float:
        return fmean(self.errors[name] for name in names) if names else float("nan")


def plain(text: str, language: str) -> str:
    """What is compared: letters and digits only, digits as words, one token a character (zh)."""
    text = unicodedata.normalize("NFKC", text).lower()
    if language == "zh":
        return " ".join(re.findall(r"\w", "".join(_ZH.get(c, c) for c in simplified(text))))
    text = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(r"\d", lambda digit: f" {_EN[digit[0]]} ", text)
    return " ".join(re.findall(r"\w+", text.replace("'", "").replace("-", " ")))


Hear = Callable[[Path, dict[str, Any]], dict[int, str]]


def measure(hear: Hear, calls: list[tuple[Path, dict[str, Any]]]) -> Score:
    """The score of one way to recognise over all calls."""
    score = Score()
    for path, truth in calls:
        started_s = time.process_time()
        said = hear(path, truth)
        score.cpu_s += time.process_time() - started_s
        wanted, got = [], []
        for role, channel in truth["channels"].items():
            texts = [turn["text"] for turn in truth["turns"] if turn["role"] == role]
            wanted.append(plain(" ".join(texts), truth["language"]))
            got.append(plain(said[channel], truth["language"]))
        score.errors[truth["id"]] = jiwer.wer(wanted, got) * 100
    return score


def main() -> int:
    """Prints both scores and their ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    parser.add_argument("--no-rival", action="store_true")
    parser.add_argument("--calls", nargs="*", default=[])
    wanted = parser.parse_args()
    values = {k: json.loads(v) for k, v in (pair.split("=", 1) for pair in wanted.set)}
    settings = TranscribeSettings.model_validate({"mask_kinds": (), **values})
    recogniser = Recogniser.open(settings)
    calls = [
        (Path(str(truth).replace(".truth.json", ".flac")), json.loads(truth.read_text("utf-8")))
        for truth in sorted(wanted.folder.glob("*.truth.json"))
        if not wanted.calls or truth.name.split(".")[0] in wanted.calls
    ]

    def ours(path: Path, truth: dict[str, Any]) -> dict[int, str]:
        made = transcribe(path, settings, recogniser=recogniser, language=truth["language"])
        return {
            at: " ".join(t.text for t in made.turns if t.channel == at)
            for at in range(made.channels)
        }

    def rival(path: Path, truth: dict[str, Any]) -> dict[int, str]:
        said = {}
        for at, channel in enumerate(load(path, settings).samples):
            segments, _ = recogniser._whisper.transcribe(
                channel, language=truth["language"], beam_size=5, word_timestamps=True
            )
            said[at] = " ".join(segment.text for segment in segments)
        return said

    def batched(path: Path, truth: dict[str, Any]) -> dict[int, str]:
        pipeline = BatchedInferencePipeline(recogniser._whisper)
        said = {}
        for at, channel in enumerate(load(path, settings).samples):
            segments, _ = pipeline.transcribe(
                channel, language=truth["language"], beam_size=5, word_timestamps=True, batch_size=8
            )
            said[at] = " ".join(segment.text for segment in segments)
        return said

    audio_s = sum(truth["duration_s"] for _, truth in calls)
    by_language = {
        language: [truth["id"] for _, truth in calls if truth["language"] == language]
        for language in ("zh", "en")
    }
    scores = {"ours": measure(ours, calls)}
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"ours: {peak_mb:.0f} MB at most in this process", flush=True)
    if not wanted.no_rival:
        scores["plain faster-whisper"] = measure(rival, calls)
        scores["batched faster-whisper"] = measure(batched, calls)
    for name, score in scores.items():
        each = " ".join(f"{call} {error:.1f}" for call, error in score.errors.items())
        print(
            f"{name}: CER zh {score.mean(by_language['zh']):.1f} %, "
            f"WER en {score.mean(by_language['en']):.1f} %, {score.cpu_s:.1f} CPU s, "
            f"{audio_s / score.cpu_s:.1f} x real time   [{each}]"
        )
    own = scores.pop("ours")
    for name, other in scores.items():
        zh, en = (own.mean(by_language[x]) - other.mean(by_language[x]) for x in ("zh", "en"))
        print(
            f"ours beside {name}: {other.cpu_s / own.cpu_s:.2f} times as fast, "
            f"CER zh {zh:+.1f}, WER en {en:+.1f} points"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
