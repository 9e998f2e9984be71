"""录音 -> 转写: a recording in, a transcript out; knows nothing of quality."""
