"""What is left of a run, in recorded seconds and in time."""

from pathlib import Path

import numpy as np
import pytest

from qa.domain.call import Call
from qa.flow.estimate import Estimate, estimate
from tests.transcribe.sounds import tone, write_wav
from transcribe.settings import TranscribeSettings


def call(name: str, **more: object) -> Call:
    return Call.model_validate({"id": name, "source": name, "recording": f"{name}.wav", **more})


def test_lengths_come_from_metadata_headers_and_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.flow.estimate.MOST_HEADERS", 2)
    for name, length_s in (("a", 2.0), ("b", 4.0), ("c", 6.0), ("graded", 9.0)):
        write_wav(tmp_path / f"{name}.wav", tone(length_s))
    (tmp_path / "broken.wav").write_bytes(b"")
    calls = [call("a", duration_s=2.0), call("b"), call("c"), call("graded"), call("gone"),
             call("broken")]  # fmt: skip
    made = estimate(calls, tmp_path, TranscribeSettings(), ["graded"])
    assert made.lengths["a"] == 2.0
    assert made.lengths["b"] == pytest.approx(4.0, abs=0.01)
    assert made.lengths["c"] == pytest.approx(6.0, rel=0.02)  # by its bytes
    assert "graded" not in made.lengths
    assert "gone" not in made.lengths


def test_the_rest_takes_as_long_as_what_was_done() -> None:
    made = Estimate({"a": 100.0, "b": 300.0, "c": 50.0})
    assert made.remaining_s is None
    made.reached("a", transcribed_s=100.0, spent_s=10.0)
    assert (made.left_s, made.times_real_time, made.remaining_s) == (350.0, 10.0, 35.0)
    made.reached("c", transcribed_s=100.0, spent_s=10.1)  # refused: it was quickly told
    assert made.left_s == 300.0
    made.reached("b", transcribed_s=400.0, spent_s=40.0)
    assert made.remaining_s == 0.0


def test_the_estimate_comes_true_when_calls_differ_in_length() -> None:
    chance = np.random.default_rng(3)
    lengths = {str(n): float(s) for n, s in enumerate(chance.lognormal(4, 1.2, 200))}
    made, total_s = Estimate(dict(lengths)), sum(lengths.values())
    done_s = 0.0
    for call_id, length_s in lengths.items():
        done_s += length_s
        made.reached(call_id, transcribed_s=done_s, spent_s=done_s / 20)
        assert made.remaining_s is not None
        assert made.remaining_s == pytest.approx((total_s - done_s) / 20, abs=1e-6)
