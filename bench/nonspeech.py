"""How many clips without speech give any word: silence, noise, tones and real hold music.

Run: python -m bench.nonspeech [CLIPS] [MUSIC_FOLDER]. Goal: at most 0.5 % of 1,000 clips.
"""

import random
import sys
import wave
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from transcribe.audio import load
from transcribe.decoding import RATE_HZ
from transcribe.errors import CodedError
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings
from transcribe.whisper import Recogniser

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = TranscribeSettings(language="auto", mask_kinds=())
KINDS = ("silence", "white", "pink", "hum", "clicks", "dtmf", "ringback", "chord", "music")
_DTMF = ((697, 1209), (770, 1336), (852, 1477), (941, 1633))
Samples = NDArray[np.float32]


def clip(kind: str, chance: random.Random, music: list[Samples]) -> Samples:
    """Four to fifteen seconds of one kind."""
    count = round(chance.uniform(4, 15) * RATE_HZ)
    noise = np.random.default_rng(chance.randrange(1 << 30))
    at = np.arange(count) / RATE_HZ
    level = 10 ** (chance.uniform(-50, -12) / 20)
    made = noise.normal(0, 1e-4, count)
    if kind == "white":
        made = noise.normal(0, level, count)
    elif kind == "pink":
        spectrum = np.fft.rfft(noise.normal(0, 1, count)) / np.sqrt(np.arange(count // 2 + 1) + 1)
        pink = np.fft.irfft(spectrum, count)
        made = pink / pink.std() * level
    elif kind == "hum":
        hz = chance.choice((50, 60, 100, 400))
        made = made + level * sum(np.sin(2 * np.pi * hz * n * at) / n for n in range(1, 6))
    elif kind == "clicks":
        made[noise.integers(0, count, 40)] = 0.5
    elif kind == "dtmf":
        for start in range(0, count - 4000, 8000):
            low, high = chance.choice(_DTMF)
            on = slice(start, start + 3200)
            made[on] += 0.2 * (np.sin(2 * np.pi * low * at[on]) + np.sin(2 * np.pi * high * at[on]))
    elif kind == "ringback":
        made = made + 0.2 * np.sin(2 * np.pi * 450 * at) * ((at % 5) < 1)
    elif kind == "chord":
        for start in range(0, count, 6000):
            on = slice(start, start + 6000)
            for hz in chance.sample((196, 220, 262, 294, 330, 392, 440, 523), 3):
                made[on] += 0.1 * np.sin(2 * np.pi * hz * at[on])
    elif kind == "music":
        track = chance.choice(music)
        start = chance.randrange(max(1, track.size - count))
        made = track[start : start + count]
    return np.asarray(made, dtype=np.float32).clip(-1, 1)


def main() -> None:
    clips = int(sys.argv[1]) if sys.argv[1:] else 1000
    folder = Path(sys.argv[2]) if sys.argv[2:] else ROOT.parent / "shared/data/moh_hold_music"
    music = [load(p, SETTINGS).samples[0] for p in sorted(folder.glob("*.wav"))]
    kinds = KINDS if music else KINDS[:-1]
    recogniser = Recogniser.open(SETTINGS)
    chance = random.Random(1)
    seen: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    with TemporaryDirectory() as held:
        path = Path(held) / "clip.wav"
        for number in range(clips):
            kind = kinds[number % len(kinds)]
            ints = (clip(kind, chance, music) * 32767).astype("<i2")
            with wave.open(str(path), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE_HZ)
                file.writeframes(ints.tobytes())
            try:
                made = transcribe(path, SETTINGS, recogniser=recogniser)
                seen[kind]["words"] += 1
                print(f"{number} {kind}: {' '.join(t.text for t in made.turns)[:60]}")
            except CodedError as error:
                seen[kind][error.code] += 1
    for kind, counts in seen.items():
        print(f"{kind:10} {dict(counts)}")
    words = sum(counts["words"] for counts in seen.values())
    print(f"{words} of {clips} clips gave words: {words / clips:.2%} (goal: at most 0.50 %)")


if __name__ == "__main__":
    main()
