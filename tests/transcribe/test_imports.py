"""Light parts of the room stay light."""

import subprocess
import sys

import pytest

HEAVY = ("faster_whisper", "ctranslate2", "av", "numpy", "onnxruntime", "huggingface_hub", "opencc")


@pytest.mark.parametrize(
    "module",
    ["transcript", "errors", "noun", "masking", "settings", "speakers", "turns", "text", "audio",
     "weights", "recording", "error_texts", "recognises", "plugins", "sidecar", "normalised",
     "calibration", "decoder_process", "conformance"],
)  # fmt: skip
def test_no_heavy_package_is_loaded_by(module: str) -> None:
    asked = (
        f"import sys, transcribe.{module}; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
