"""Who makes sound when: on sounds we made, and on calls whose truth is known."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from transcribe.activity import PROBABILITY_HOP_S, find_activity, hop_levels, noise_floor
from transcribe.audio import load
from transcribe.decoding import RATE_HZ
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Activity

SETTINGS = TranscribeSettings()
Samples = NDArray[np.float32]
Bursts = list[tuple[float, float, float]]  # start, end, peak


def sound(seconds: float, bursts: Bursts, *, noise: float = 0.001, seed: int = 7) -> Samples:
    """Line noise with bursts of louder noise; the same for the same seed."""
    chance = np.random.default_rng(seed)
    made = chance.normal(0, noise, round(seconds * RATE_HZ))
    for start_s, end_s, level in bursts:
        at = slice(round(start_s * RATE_HZ), round(end_s * RATE_HZ))
        made[at] += chance.normal(0, level, at.stop - at.start)
    return made.astype(np.float32)


def chances(seconds: float, *spans: tuple[float, float]) -> Samples:
    """What a voice detector would say that is a little late at both ends."""
    made = np.zeros(round(seconds / PROBABILITY_HOP_S), dtype=np.float32)
    for start_s, end_s in spans:
        made[int((start_s + 0.1) / PROBABILITY_HOP_S) : int((end_s + 0.15) / PROBABILITY_HOP_S)] = 1
    return made


def spans(found: tuple[Activity, ...], kind: str = "speech") -> list[tuple[int, float, float]]:
    return [(a.channel, a.start_s, a.end_s) for a in found if a.kind == kind]


def test_edges_are_those_of_the_sound() -> None:
    made = sound(6, [(1.0, 2.5, 0.1), (4.0, 4.6, 0.1)])
    found = find_activity(made[np.newaxis], [chances(6, (1.0, 2.5), (4.0, 4.6))], SETTINGS)
    assert spans(found) == [
        (0, pytest.approx(1.0, abs=0.03), pytest.approx(2.5, abs=0.03)),
        (0, pytest.approx(4.0, abs=0.03), pytest.approx(4.6, abs=0.03)),
    ]
    assert found[0].level_dbfs == pytest.approx(-20, abs=0.5)


def test_what_leaks_over_from_the_other_side_is_no_speech() -> None:
    made = np.stack([sound(6, [(1, 3, 0.1)]), sound(6, [(1, 3, 0.004), (4, 5, 0.05)])])
    found = find_activity(made, [chances(6, (1, 3)), chances(6, (1, 3), (4, 5))], SETTINGS)
    assert [(channel, round(start)) for channel, start, _ in spans(found)] == [(0, 1), (1, 4)]


def test_a_soft_voice_beside_a_louder_one_is_speech() -> None:
    made = np.stack([sound(4, [(1, 3, 0.1)]), sound(4, [(1, 3, 0.03)], seed=8)])
    found = find_activity(made, [chances(4, (1, 3)), chances(4, (1, 3))], SETTINGS)
    assert {channel for channel, *_ in spans(found)} == {0, 1}


def test_lasting_sound_is_kept_apart_from_speech() -> None:
    made = sound(20, [(1, 3, 0.1), (5, 15, 0.05)])
    found = find_activity(made[np.newaxis], [chances(20, (1, 3), (8, 8.5))], SETTINGS)
    assert spans(found, "sound") == [
        (0, pytest.approx(5, abs=0.1), pytest.approx(15, abs=0.1)),
    ]
    assert [round(start) for _, start, _ in spans(found)] == [1]


@pytest.mark.parametrize(
    "bursts",
    [[(5, 6.5, 0.05)], [], [(5, 15, 0.002)]],
    ids=["short", "line noise", "barely over the floor"],
)
def test_no_lasting_sound(bursts: Bursts) -> None:
    made = sound(20, [(1, 3, 0.1), *bursts])
    assert spans(find_activity(made[np.newaxis], [chances(20, (1, 3))], SETTINGS), "sound") == []


def test_digital_silence_has_a_floor() -> None:
    levels = hop_levels(np.zeros(RATE_HZ + 5, dtype=np.float32))
    assert levels.size == 101
    assert noise_floor(levels) == -90


@pytest.fixture(scope="module")
def vad() -> Callable[[Samples], Samples]:
    from faster_whisper.vad import get_vad_model

    def judge(channel: Samples) -> Samples:
        padded = np.pad(channel, (0, 512 - channel.size % 512))
        return np.asarray(get_vad_model()(padded), dtype=np.float32).reshape(-1)

    return judge


DATA = Path(__file__).parents[3] / "shared" / "data" / "calls_synth"


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared recordings are not here")
@pytest.mark.parametrize("name", ["s01", "s02", "s03", "s04", "s05", "s06"])
def test_calls_with_known_truth(name: str, vad: Callable[[Samples], Samples]) -> None:
    """Edges of turns, overlaps, mutual silences and hold music within 0.3 s, most within 0.2 s."""
    truth = json.loads((DATA / f"{name}.truth.json").read_text("utf-8"))
    samples = load(DATA / f"{name}.flac", SETTINGS).samples
    found = find_activity(samples, [vad(channel) for channel in samples], SETTINGS)
    for turn in truth["turns"]:
        own = [
            a for a in found
            if a.channel == truth["channels"][turn["role"]] and a.kind == "speech"
            and a.end_s > turn["start_s"] and a.start_s < turn["end_s"]
        ]  # fmt: skip
        assert own[0].start_s == pytest.approx(turn["start_s"], abs=0.25), turn["text"]
        assert own[-1].end_s == pytest.approx(turn["end_s"], abs=0.2), turn["text"]
    heard_holds = [(a.start_s, a.end_s) for a in found if a.kind == "sound"]
    assert heard_holds == [
        (pytest.approx(hold["start_s"], abs=1.0), pytest.approx(hold["end_s"], abs=0.2))
        for hold in truth["holds"]
    ]
