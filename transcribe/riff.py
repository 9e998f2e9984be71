"""How long the data chunk of a WAV file is said to be, and how long it is."""

import struct
from pathlib import Path
from typing import NamedTuple

_UNKNOWN_SIZES = (0, 0xFFFFFFFF, 0x7FFFFFFF)  # written by programs that stream and never go back
_MOST_CHUNKS = 64  # guess; a file with more before its data is no recording
_SLACK_BYTES = 1024  # padding that some recorders leave at the end (guess)


class DataLength(NamedTuple):
    """Bytes of the data chunk. `told` is None where the header says "unknown"."""

    told: int | None
    present: int

    def agrees(self, tolerance_share: float) -> bool:
        """True when header and file differ by no more than the share, or nothing was told."""
        if self.told is None:
            return True
        apart = abs(self.present - self.told)
        return apart <= tolerance_share * max(self.present, self.told) + _SLACK_BYTES


def data_length(path: Path) -> DataLength | None:
    """The data chunk's length; None for what is not RIFF (RF64 is checked by the decoder)."""
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
            start = file.tell()
            if told in _UNKNOWN_SIZES:
                return DataLength(None, size - start)
            if _chunks_follow(path, start + told):
                return DataLength(told, told)
            return DataLength(told, size - start)
    return None


def _chunks_follow(path: Path, start: int) -> bool:
    """True when what follows the data looks like further chunks (LIST, id3 ...)."""
    with path.open("rb") as file:
        file.seek(start + start % 2)
        name = file.read(4)
    return len(name) == 4 and all(32 <= byte < 127 for byte in name)
