"""录音 -> 转写: a recording in, a transcript out; knows nothing of quality."""

import os

# The voice detector's runtime would tell its maker about each run (onnxruntime 1.31). It reads
# this when it is loaded, so it stands where every import of this package passes.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
