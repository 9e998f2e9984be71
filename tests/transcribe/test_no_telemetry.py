"""Hearing a voice writes nothing beside the recording's own folder, and tells nobody."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAR = """
import numpy as np
from transcribe.whisper import speech_probabilities
assert speech_probabilities(np.zeros(5120, dtype=np.float32)).size
"""


def test_the_voice_detector_leaves_nothing_behind(tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    places = {name: str(tmp_path) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")}
    subprocess.run(
        [sys.executable, "-B", "-c", HEAR], env={**kept, **places, "PYTHONPATH": str(ROOT)},
        check=True, timeout=120,
    )  # fmt: skip
    assert list(tmp_path.rglob("*")) == []
