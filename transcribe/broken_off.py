"""Whether a compressed recording's own structure says that more of it should follow.

FFmpeg reads such files without a word: it takes the end of the file for the end of the call.
"""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HEAD_BYTES = 1 << 16  # the lengths told stand near the beginning (guess)
_OGG_PAGE_BYTES = 65_307  # the longest page (RFC 3533, 6)
_OGG_END_OF_STREAM = 4  # a flag of a page's header
_MOST_CHUNKS = 64  # guess; a file with more before its data is no recording
_ASF_FILE_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")  # ASF specification, 10.1
_ASF_BROADCAST = 1  # the lengths then say nothing


class Ends(NamedTuple):
    """Where a file ends, in bytes, and where it says that it does.

    told: None where it says nothing although its container lets it say so.
    torn: it ends within a part; nobody knows how much followed.
    """

    told: int | None
    present: int
    torn: bool = False

    def agrees(self, tolerance_share: float) -> bool:
        """False when it is torn, or when more is missing than the share of what was told."""
        if self.told is None or self.torn:
            return not self.torn
        return self.told - self.present <= tolerance_share * self.told


def ends_of(path: Path, demuxer: str) -> Ends | None:
    """The ends of a file as FFmpeg's demuxer of that name reads it; None where none are told."""
    read = _READERS.get(demuxer)
    if read is None:
        return None
    size = path.stat().st_size
    with path.open("rb") as file:
        return read(file, size)


def _mp3(file: BinaryIO, size: int) -> Ends | None:
    """By the Xing or Info frame that encoders put first: the bytes of all frames."""
    head = file.read(10)
    start = 0
    if head[:3] == b"ID3" and len(head) == 10:
        high, upper, lower, low = head[6:10]
        start = 10 + (high << 21 | upper << 14 | lower << 7 | low)
    file.seek(start)
    first = file.read(4096)
    at = max(first.find(b"Xing"), first.find(b"Info"))
    if at < 0 or len(first) < at + 16:
        return None
    flags = struct.unpack(">I", first[at + 4 : at + 8])[0]
    place = at + (12 if flags & 1 else 8)
    told = struct.unpack(">I", first[place : place + 4])[0] if flags & 2 else 0
    return Ends(start + told, size) if told else None


def _ogg(file: BinaryIO, size: int) -> Ends | None:
    """By the last page: its own length, and whether it is marked as the last."""
    start = max(0, size - _OGG_PAGE_BYTES)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"OggS\0")
    if at < 0:
        return None
    page = tail[at:]
    segments = page[26] if len(page) > 26 else 255
    if len(page) < 27 + segments:
        return Ends(size + 27 + segments - len(page), size, torn=True)
    end = start + at + 27 + segments + sum(page[27 : 27 + segments])
    if end > size:
        return Ends(end, size, torn=True)
    return Ends(end if page[5] & _OGG_END_OF_STREAM else None, size)


def _caf(file: BinaryIO, size: int) -> Ends | None:
    """By the data chunk; -1 stands for a recorder that never went back."""
    file.seek(8)
    for _ in range(_MOST_CHUNKS):
        head = file.read(12)
        if len(head) < 12:
            return None
        name, told = head[:4], struct.unpack(">q", head[4:])[0]
        if name == b"data":
            return Ends(None if told < 0 else file.tell() + told, size)
        if told < 0:
            return None
        file.seek(told, 1)
    return None


def _riff(file: BinaryIO, size: int) -> Ends | None:
    """By the outermost chunk (AVI); the sizes of WAV files are read in `transcribe.riff`."""
    head = file.read(8)
    if len(head) < 8:
        return None
    told = struct.unpack("<I", head[4:])[0]
    return Ends(told + 8 if 0 < told < 0xFFFFFFFF else None, size)


def _asf(file: BinaryIO, size: int) -> Ends | None:
    """By the file properties object of the header."""
    head = file.read(_HEAD_BYTES)
    at = head.find(_ASF_FILE_PROPERTIES)
    if at < 0 or len(head) < at + 92:
        return None
    told, flags = struct.unpack("<40xQ40xI", head[at : at + 92])
    return None if flags & _ASF_BROADCAST or not told else Ends(told, size)


_READERS: dict[str, Callable[[BinaryIO, int], Ends | None]] = {
    "mp3": _mp3, "ogg": _ogg, "caf": _caf, "avi": _riff, "asf": _asf,
}  # fmt: skip
