"""Hold music mixed into calls at known times: how much of it becomes a hold, and what else does.

    python -m bench.hold_music [--seed 1] [--times 4] [--music FOLDER]

Into each demo call 12-60 s of real hold music are put at a seeded pause between two turns, without
any hold notice and without events of the switch, on one channel or both, at -35 to -15 dBFS, half
of it through a telephone line first. The words are the script's; the voiced spans are heard.
Prints seconds of music found and missed, seconds called hold where none was, by case what was
missed, and how many words a recogniser would be asked to find in the music (voiced seconds there).
"""

import argparse
import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.known_text import DEMO, ROOT
from bench.nonspeech import MUSIC, line
from qa.domain.call import Call
from qa.domain.script import read_script
from qa.facts.measure import measure
from qa.packs.load import load_packs
from transcribe.activity import find_activity
from transcribe.audio import load
from transcribe.decoding import RATE_HZ
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Transcript, Turn
from transcribe.whisper import speech_probabilities

SETTINGS = TranscribeSettings()
Samples = NDArray[np.float32]


def with_music(
    samples: Samples, music: Samples, at_s: float, channels: tuple[int, ...], dbfs: float
) -> Samples:
    """The call with music put in at a moment; the rest moves back."""
    loud = float(np.sqrt(np.mean(music**2))) + 1e-9
    put = np.random.default_rng(1).normal(0, 3e-4, (len(samples), music.size)).astype(np.float32)
    for channel in channels:
        put[channel] += music * (10 ** (dbfs / 20) / loud)
    at = round(at_s * RATE_HZ)
    return np.concatenate([samples[:, :at], put.clip(-1, 1), samples[:, at:]], axis=1)


def moved(turns: tuple[Turn, ...], at_s: float, by_s: float) -> tuple[Turn, ...]:
    """The turns with those after a moment moved back."""
    return tuple(
        turn if turn.start_s < at_s
        else turn.model_copy(update={"start_s": turn.start_s + by_s, "end_s": turn.end_s + by_s})
        for turn in turns
    )  # fmt: skip


def pauses(turns: tuple[Turn, ...]) -> list[float]:
    """Middles of the moments between two turns in which nobody speaks."""
    found, latest_s = [], 0.0
    for turn in turns:
        if latest_s and turn.start_s - latest_s > 0.25:
            found.append((latest_s + turn.start_s) / 2)
        latest_s = max(latest_s, turn.end_s)
    return found


def overlap_s(a: tuple[float, float], b: tuple[float, float]) -> float:
    return max(0.0, min(a[1], b[1]) - max(a[0], b[0]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("--music", type=Path, default=MUSIC)
    wanted = parser.parse_args()
    tracks = [load(path, SETTINGS).samples[0] for path in sorted(wanted.music.glob("*.wav"))]
    if not tracks:
        raise SystemExit(f"no music in {wanted.music}")
    packs = load_packs(ROOT)
    chance = random.Random(wanted.seed)
    put_s = found_s = wrong_s = voiced_s = calls_s = 0.0
    cases = whole = 0
    for path in sorted((DEMO / "scripts").glob("*.call")):
        script = read_script(path.read_text("utf-8"), name=path.name)
        samples = load(DEMO / "recordings" / f"{path.stem}.opus", SETTINGS).samples
        held = {e.start_s for e in script.call.events or () if e.kind == "hold"}
        for _ in range(wanted.times):
            track, length_s = chance.choice(tracks), chance.uniform(12, 60)
            start = chance.randrange(max(1, track.size - round(length_s * RATE_HZ)))
            music = track[start : start + round(length_s * RATE_HZ)]
            length_s = music.size / RATE_HZ
            if chance.random() < 0.5:
                music = line(music.astype(np.float64)).astype(np.float32)
            at_s = chance.choice([p for p in pauses(script.transcript.turns)
                                  if all(abs(p - h) > 8 for h in held)])  # fmt: skip
            channels, dbfs = chance.choice(((0,), (1,), (0, 1))), chance.uniform(-35, -15)
            made = with_music(samples, music, at_s, channels, dbfs)
            activity = find_activity(made, [speech_probabilities(c) for c in made], SETTINGS)
            said = Transcript(
                language=script.transcript.language,
                duration_s=made.shape[1] / RATE_HZ,
                channels=2,
                turns=moved(script.transcript.turns, at_s, length_s),
                activity=activity,
                channel_speakers=("csr", "customer"),
                speakers_by="channel_map",
            )
            call = Call(id=path.stem, source=path.name, language=said.language,
                        channels=said.channel_speakers)  # fmt: skip
            facts = measure(call, said, packs.patterns_for(call))
            holds = [(f.start_s, f.end_s) for f in facts.of("hold")]
            true = (at_s, at_s + length_s)
            known = [true] + [
                (h + length_s * (h > at_s) - 1, h + length_s * (h > at_s) + 40) for h in held
            ]
            good_s = sum(overlap_s(true, one) for one in holds)
            heard_s = sum(overlap_s(true, (a.start_s, a.end_s)) for a in activity
                          if a.kind == "speech")  # fmt: skip
            bad_s = sum(
                max(0.0, one[1] - one[0] - sum(overlap_s(one, k) for k in known)) for one in holds
            )
            put_s, found_s, wrong_s = put_s + length_s, found_s + good_s, wrong_s + bad_s
            voiced_s, calls_s = voiced_s + heard_s, calls_s + samples.shape[1] / RATE_HZ
            cases += 1
            whole += good_s > 0.9 * length_s
            if good_s < 0.9 * length_s or bad_s > 1:
                print(f"{path.stem} at {at_s:.1f} s: {good_s:.1f} of {length_s:.1f} s found, "
                      f"{bad_s:.1f} s too much, {heard_s:.1f} s taken for speech, channels "
                      f"{channels}, {dbfs:.0f} dBFS")  # fmt: skip
    print(f"{cases} pieces of music, {put_s:.0f} s: found {found_s / put_s:.1%}, missed "
          f"{put_s - found_s:.0f} s; {whole} found to 90 % and more")  # fmt: skip
    print(f"called hold where none was: {wrong_s:.1f} s of {calls_s:.0f} s of calls; "
          f"music taken for speech: {voiced_s:.1f} s ({voiced_s / put_s:.2%})")  # fmt: skip


if __name__ == "__main__":
    main()
