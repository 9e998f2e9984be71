"""Share of speech time given to the right person on mono mixes of two-channel calls.

Run: python -m bench.voices [--words] [FOLDER...]; folders of two-channel recordings, else the
demo's and the shared ones. Truth: whose channel is voiced; moments when both are do not count.
First the two voices as such (the better of both namings), then with --words the roles that the
words give them: right, wrong, and left unknown. Goal: 95 % right.
"""

import csv
import json
import sys
import time
import wave
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from qa.domain.call import Call
from qa.domain.limits import Limits
from qa.flow.roles import with_roles
from qa.packs.load import load_packs
from transcribe.activity import find_activity
from transcribe.audio import load
from transcribe.decoding import RATE_HZ
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Activity
from transcribe.voices import tell_voices
from transcribe.whisper import Recogniser

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = TranscribeSettings()
HOP_S = 0.01


def grid(spans, count: int) -> "np.ndarray":  # type: ignore[no-untyped-def,type-arg]
    """True where a span lies, each 10 ms."""
    made = np.zeros(count, dtype=bool)
    for start_s, end_s in spans:
        made[round(start_s / HOP_S) : round(end_s / HOP_S)] = True
    return made


def voiced(samples, recogniser: Recogniser) -> list[Activity]:  # type: ignore[no-untyped-def]
    chances = [recogniser.speech_probabilities(channel) for channel in samples]
    return [a for a in find_activity(samples, chances, SETTINGS) if a.kind == "speech"]


def csr_channel(path: Path) -> int:
    """Which channel is the CSR's, by the table or the truth beside the recording; else 0."""
    truth = path.with_name(f"{path.stem}.truth.json")
    if truth.is_file():
        return int(json.loads(truth.read_text("utf-8"))["channels"]["csr"])
    table = path.parents[1] / "calls.csv"
    if table.is_file():
        with table.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["file"] == path.name:
                    return row["channels"].split(",").index("csr")
    return 0


def main() -> None:
    recogniser = Recogniser.open(SETTINGS)
    packs = load_packs(ROOT)
    wanted = [a for a in sys.argv[1:] if a != "--words"]
    folders = [Path(a) for a in wanted] or [
        ROOT / "demo/recordings", ROOT.parent / "shared/data/calls_synth",
    ]  # fmt: skip
    paths = [p for f in folders if f.is_dir() for p in sorted(f.iterdir())
             if p.suffix in (".flac", ".opus", ".wav")]  # fmt: skip
    right = spoken = named = wrong = told = 0
    cpu_s = sound_s = 0.0
    for path in paths:
        samples = load(path, SETTINGS).samples
        if len(samples) != 2:
            continue
        count = round(samples.shape[1] / RATE_HZ / HOP_S) + 2
        truth = voiced(samples, recogniser)
        sides = [
            grid([(a.start_s, a.end_s) for a in truth if a.channel == at], count) for at in (0, 1)
        ]
        if csr_channel(path) == 1:
            sides.reverse()
        alone = [sides[0] & ~sides[1], sides[1] & ~sides[0]]
        total = int(alone[0].sum() + alone[1].sum())
        mono = samples.sum(axis=0).clip(-1, 1)
        heard = voiced(mono[np.newaxis], recogniser)
        began_s = time.process_time()
        voices = tell_voices(mono, heard)
        cpu_s += time.process_time() - began_s
        sound_s += samples.shape[1] / RATE_HZ
        each = [
            grid([(v.start_s, v.end_s) for v in voices if v.voice == at], count) for at in (0, 1)
        ]
        best = max(int((each[a] & alone[0]).sum() + (each[1 - a] & alone[1]).sum()) for a in (0, 1))
        spoken += total
        right += best
        told += total if voices else 0
        note = ""
        if "--words" in sys.argv:
            said = with_words(mono, recogniser, packs)
            roles = [
                grid([(t.start_s, t.end_s) for t in said.turns if t.speaker == role], count)
                for role in ("csr", "customer")
            ]
            good = int((roles[0] & alone[0]).sum() + (roles[1] & alone[1]).sum())
            bad = int((roles[1] & ~roles[0] & alone[0]).sum())
            bad += int((roles[0] & ~roles[1] & alone[1]).sum())
            named, wrong = named + good, wrong + bad
            note = f"   roles: right {good / total:.3f}, wrong {bad / total:.3f}"
        print(
            f"{path.stem:8} voices {best / total:.3f}{'' if voices else ' (not told apart)'}{note}"
        )
    print(
        f"voices: {right / spoken:.3f} of all speech; {right / max(1, told):.3f} where told apart"
    )
    print(f"{cpu_s / sound_s * 60:.2f} CPU s a minute of sound")
    if "--words" in sys.argv:
        unknown = spoken - named - wrong
        print(f"roles: right {named / spoken:.3f}, wrong {wrong / spoken:.3f}, "
              f"unknown {unknown / spoken:.3f}")  # fmt: skip


def with_words(mono, recogniser: Recogniser, packs):  # type: ignore[no-untyped-def]
    """The mono mix transcribed and its roles decided, as `qa run` does it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mono.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes((mono * 32767).astype("<i2").tobytes())
        said = transcribe(path, SETTINGS, recogniser=recogniser)
    call = Call(id="mono", source="mono.wav", language=said.language)
    return with_roles(said, packs.patterns_for(call), Limits())


if __name__ == "__main__":
    main()
