"""Share of speech time given to the right person on mono mixes of two-channel calls.

Run: python -m bench.voices [--words] [FOLDER...]; folders of two-channel recordings, else the
demo's and the shared ones. Truth: whose channel is voiced; moments when both are do not count.
First the two voices as such (the better of both namings), then with --words the roles that the
words give them: right, wrong, and left unknown. Goal: 95 % right. Last, each channel alone: one
voice, which must not be taken for two.

The constants of transcribe/voices.py were chosen on half of the default folders' calls and looked
at on the other half; figures of the default run are therefore half tuned. Other folders are not.
"""

import csv
import json
import sys
import time
import wave
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

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
from transcribe.transcript import Activity, Transcript
from transcribe.voices import tell_voices
from transcribe.whisper import Recogniser

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
FOLDERS = (ROOT / "demo/recordings", SHARED / "calls_synth", SHARED / "calls_en_twochannel")
SETTINGS = TranscribeSettings()
HOP_S = 0.01


class Shares(NamedTuple):
    """Hops of 10 ms in which one person speaks alone: given to them, to the other, to nobody."""

    right: int = 0
    wrong: int = 0
    unknown: int = 0

    def plus(self, other: "Shares") -> "Shares":
        return Shares(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        spoken = max(1, sum(self))
        names = zip(self._fields, self, strict=True)
        return ", ".join(f"{name} {hops / spoken:.3f}" for name, hops in names)


def grid(spans: Iterable[tuple[float, float]], count: int) -> "np.ndarray":  # type: ignore[type-arg]
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


def compared(given, alone) -> Shares:  # type: ignore[no-untyped-def]
    """given, alone: for each of two sides where it is said to speak, and where it does alone."""
    right = sum(int((given[at] & ~given[1 - at] & alone[at]).sum()) for at in (0, 1))
    wrong = sum(int((given[1 - at] & ~given[at] & alone[at]).sum()) for at in (0, 1))
    return Shares(right, wrong, sum(int(one.sum()) for one in alone) - right - wrong)


def two_voices(mono, heard: Sequence[Activity], alone) -> Shares:  # type: ignore[no-untyped-def]
    """The better of both namings of the voices."""
    voices = tell_voices(mono, heard)
    given = [
        grid([(v.start_s, v.end_s) for v in voices if v.voice == at], len(alone[0]))
        for at in (0, 1)
    ]
    return max(compared(given, alone), compared(given[::-1], alone))


def roles(said: Transcript, alone) -> Shares:  # type: ignore[no-untyped-def]
    given = [
        grid([(t.start_s, t.end_s) for t in said.turns if t.speaker == role], len(alone[0]))
        for role in ("csr", "customer")
    ]
    return compared(given, alone)


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
    return with_roles(said, packs.patterns_for(call), Limits(), call.direction)


def main() -> None:
    recogniser = Recogniser.open(SETTINGS)
    packs = load_packs(ROOT)
    folders = [Path(a) for a in sys.argv[1:] if a != "--words"] or FOLDERS
    paths = [p for f in folders if f.is_dir() for p in sorted(f.iterdir())
             if p.suffix in (".flac", ".opus", ".wav")]  # fmt: skip
    by_voice, by_words = Shares(), Shares()
    parted = single = 0
    cpu_s = sound_s = 0.0
    for path in paths:
        samples = load(path, SETTINGS).samples
        if len(samples) != 2:
            continue
        if csr_channel(path) == 1:
            samples = samples[::-1]
        truth = voiced(samples, recogniser)
        own = [[a for a in truth if a.channel == at] for at in (0, 1)]
        count = round(samples.shape[1] / RATE_HZ / HOP_S) + 200
        sides = [grid([(a.start_s, a.end_s) for a in spans], count) for spans in own]
        alone = [sides[0] & ~sides[1], sides[1] & ~sides[0]]
        mono = samples.sum(axis=0).clip(-1, 1)
        heard = voiced(mono[np.newaxis], recogniser)
        began_s = time.process_time()
        told = two_voices(mono, heard, alone)
        cpu_s += time.process_time() - began_s
        sound_s += samples.shape[1] / RATE_HZ
        by_voice = by_voice.plus(told)
        line = f"{path.stem:8} voices: {told}"
        if "--words" in sys.argv:
            named = roles(with_words(mono, recogniser, packs), alone)
            by_words = by_words.plus(named)
            line += f"   roles: {named}"
        print(line, flush=True)
        for channel, spans in zip(samples, own, strict=True):
            single += 1
            parted += bool(tell_voices(channel, spans))
    print(f"voices of all calls: {by_voice} (goal: right 0.95)")
    print(f"{cpu_s / sound_s * 60:.2f} CPU s a minute of sound")
    if "--words" in sys.argv:
        print(f"roles of all calls: {by_words} (goal: right 0.95)")
    print(f"one voice taken for two: {parted} of {single} channels alone")


if __name__ == "__main__":
    main()
