"""How many clips without speech give any word: silence, noise, tones, breath and hold music.

    python -m bench.nonspeech [--clips 1000] [--seed 1] [--music FOLDER] [--set NAME=VALUE ...]

Real hold music is cut at seeded places; half of its clips pass a telephone line (8 kHz, mu-law)
first, and one kind has noise mixed in. Each clip goes the whole way of a recording, language told
by nobody. Prints each clip that gave words, then each kind, then the share.
Goal: at most 0.5 % of 1,000 clips. Without the folder of music those kinds are left out.
"""

import argparse
import json
import random
import wave
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from transcribe.audio import load
from transcribe.decoding import RATE_HZ
from transcribe.errors import CodedError
from transcribe.recognises import Recognises
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings

ROOT = Path(__file__).resolve().parents[1]
MUSIC = ROOT.parent / "shared" / "data" / "moh_hold_music"
SPECTRA = {"white": 0.0, "pink": 1.0, "brown": 2.0, "blue": -1.0}  # power falls as 1/f to this
TONES = ("hum", "dtmf", "ringback", "busy", "information", "chord")
OF_MUSIC = ("music", "music_line", "music_noise")
KINDS = ("silence", *SPECTRA, *TONES, "clicks", "keyboard", "breath", *OF_MUSIC)
_DTMF_LOW, _DTMF_HIGH = (697, 770, 852, 941), (1209, 1336, 1477, 1633)  # ITU-T Q.23
_INFORMATION = (950, 1400, 1800)  # ITU-T E.180: special information tone
_RINGING = ((450, 1, 5), (425, 1, 5), (440, 2, 6))  # Hz, on s, cycle s: China, Europe, America
Samples = NDArray[np.float64]


def clip(kind: str, chance: random.Random, music: list[NDArray[np.float32]]) -> Samples:
    """Four to fifteen seconds of one kind, at 16 000 Hz, in [-1, 1]."""
    count = round(chance.uniform(4, 15) * RATE_HZ)
    noise = np.random.default_rng(chance.randrange(1 << 30))
    level = 10 ** (chance.uniform(-50, -12) / 20)
    if kind in SPECTRA:
        made = coloured(noise, count, SPECTRA[kind]) * level
    elif kind in TONES:
        made = tones(kind, count, chance) * level * 3
    elif kind in OF_MUSIC:
        track = chance.choice(music)
        start = chance.randrange(max(1, track.size - count))
        made = track[start : start + count].astype(np.float64)
        if kind == "music_line":
            made = line(made)
        elif kind == "music_noise":
            made = made + coloured(noise, made.size, 1.0) * level
    elif kind == "breath":
        made = breath(noise, count) * level
    elif kind in ("clicks", "keyboard"):
        made = clicks(noise, count, soft=kind == "keyboard")
    else:
        made = np.zeros(count)
    return (made + noise.normal(0, 1e-4, made.size)).clip(-1, 1)


def coloured(noise: np.random.Generator, count: int, slope: float) -> Samples:
    """Noise of unit power whose power falls as 1/f^slope."""
    spectrum = np.fft.rfft(noise.normal(0, 1, count)) * (np.arange(count // 2 + 1) + 1) ** (
        -slope / 2
    )
    made = np.fft.irfft(spectrum, count)
    return np.asarray(made / made.std())


def tones(kind: str, count: int, chance: random.Random) -> Samples:
    """What lines and exchanges sound, and three-note chords that change."""
    at = np.arange(count) / RATE_HZ
    made = np.zeros(count)

    def sound(hz: float, on: slice) -> None:
        made[on] += np.sin(2 * np.pi * hz * at[on]) / 3

    if kind == "hum":
        base = chance.choice((50, 60, 100, 400))
        for n in range(1, 6):
            made += np.sin(2 * np.pi * base * n * at) / n / 3
    elif kind in ("ringback", "busy"):
        hz, on_s, cycle_s = chance.choice(_RINGING) if kind == "ringback" else (450, 0.35, 0.7)
        made = np.sin(2 * np.pi * hz * at) * ((at % cycle_s) < on_s) / 3
    else:
        step = {"dtmf": 8000, "information": 5280, "chord": 6000}[kind]
        for number, start in enumerate(range(0, count, step)):
            if kind == "dtmf":
                on = slice(start, start + 3200)
                pair: tuple[float, ...] = (chance.choice(_DTMF_LOW), chance.choice(_DTMF_HIGH))
            elif kind == "information":
                on, pair = slice(start, start + 5280), (_INFORMATION[number % 3],)
            else:
                on = slice(start, start + 6000)
                pair = tuple(chance.sample((196, 220, 262, 294, 330, 392, 440, 523), 3))
            for hz in pair:
                sound(hz, on)
    return made


def breath(noise: np.random.Generator, count: int) -> Samples:
    """Noise around 500-2000 Hz that swells and falls as breathing into a headset does."""
    spectrum = np.fft.rfft(noise.normal(0, 1, count))
    hz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    spectrum *= np.exp(-(((hz - 900) / 700) ** 2))
    made = np.fft.irfft(spectrum, count)
    cycle_s = noise.uniform(2.5, 5)
    swell = np.sin(np.pi * (np.arange(count) / RATE_HZ % cycle_s) / cycle_s * 2).clip(0) ** 2
    return np.asarray(made / made.std() * swell)


def clicks(noise: np.random.Generator, count: int, *, soft: bool) -> Samples:
    """Single samples, or key strokes: bursts of noise of 8 ms, five a second."""
    made = np.zeros(count)
    if not soft:
        made[noise.integers(0, count, 40)] = 0.5
        return made
    for start in noise.integers(0, count - 200, count * 5 // RATE_HZ):
        made[start : start + 128] += noise.normal(0, 0.15, 128) * np.exp(-np.arange(128) / 30)
    return made


def line(sound: Samples) -> Samples:
    """The sound after a telephone line: every second sample, mu-law of 8 bits (ITU-T G.711)."""
    spectrum = np.fft.rfft(sound)
    hz = np.fft.rfftfreq(sound.size, 1 / RATE_HZ)
    spectrum[(hz < 300) | (hz > 3400)] = 0
    narrow = np.fft.irfft(spectrum, sound.size).clip(-1, 1)
    coded = np.round(np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256) * 127) / 127
    return np.asarray(np.sign(coded) * (256 ** np.abs(coded) - 1) / 255)


def words_of(
    samples: Samples, folder: Path, recogniser: Recognises, settings: TranscribeSettings
) -> str:
    """What is transcribed of a clip; empty where it was refused as holding no speech."""
    path = folder / "clip.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    try:
        made = transcribe(path, settings, recogniser=recogniser)
    except CodedError as error:
        if error.code in ("QA713", "QA714", "QA715"):
            return ""
        raise
    return " ".join(turn.text for turn in made.turns)


def main() -> None:
    from transcribe.whisper import Recogniser

    parser = argparse.ArgumentParser()
    parser.add_argument("--clips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--music", type=Path, default=MUSIC)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    wanted = parser.parse_args()
    values = {k: json.loads(v) for k, v in (pair.split("=", 1) for pair in wanted.set)}
    settings = TranscribeSettings.model_validate({"mask_kinds": (), **values})
    music = [load(path, settings).samples[0] for path in sorted(wanted.music.glob("*.wav"))]
    kinds = [kind for kind in KINDS if music or kind not in OF_MUSIC]
    recogniser = Recogniser.open(settings)
    chance = random.Random(wanted.seed)
    clips: Counter[str] = Counter()
    spoke: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        for number in range(wanted.clips):
            kind = kinds[number % len(kinds)]
            words = words_of(clip(kind, chance, music), Path(folder), recogniser, settings)
            clips[kind] += 1
            if words:
                spoke[kind] += 1
                print(f"clip {number} {kind}: {words[:70]}", flush=True)
    for kind in kinds:
        print(f"{kind:12} {spoke[kind]:4} of {clips[kind]:4} gave words")
    total = sum(spoke.values())
    print(f"{total} of {wanted.clips} clips gave words: {total / wanted.clips:.2%} "
          f"(goal: at most 0.50 %), seed {wanted.seed}")  # fmt: skip


if __name__ == "__main__":
    main()
