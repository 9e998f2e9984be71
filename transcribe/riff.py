"""Whether the data chunk of a WAV file is as long as its header says."""

import struct
from pathlib import Path
from typing import NamedTuple

_UNKNOWN_SIZES = (0, 0xFFFFFFFF, 0x7FFFFFFF)  # written by programs that stream and never go back
_MOST_CHUNKS = 64  # guess; a file with more before its data is no recording


class Lie(NamedTuple):
    """Both lengths, as people may read them."""

    header: str
    present: str


def data_length_lie(path: Path, tolerance_share: float) -> Lie | None:
    """What header and file say when they differ by more than `tolerance_share`, else None.

    Files that say "unknown" (0 or all ones, as streaming writers do) and RF64, whose 64-bit
    length the decoder checks, give None.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(4) != b"RIFF":
            return None
        file.seek(12)
        for _ in range(_MOST_CHUNKS):
            head = file.read(8)
            if len(head) < 8:
                return None
            name, told = head[:4], struct.unpack("<I", head[4:])[0]
            if name != b"data":
                file.seek(told + told % 2, 1)
                continue
            if told in _UNKNOWN_SIZES:
                return None
            start = file.tell()
            present = min(size - start, told) if _chunks_follow(path, start + told) else size - start
            if abs(present - told) <= tolerance_share * max(present, told) + 1024:
                return None
            return Lie(f"{told} bytes", f"{present} bytes")
    return None


def _chunks_follow(path: Path, start: int) -> bool:
    """True when what follows the data looks like further chunks (LIST, id3 ...)."""
    with path.open("rb") as file:
        file.seek(start + start % 2)
        name = file.read(4)
    return len(name) == 4 and all(32 <= byte < 127 for byte in name)
