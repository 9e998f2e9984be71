"""Columns in a file of ours: a line of JSON, each array as it lies in memory, a seal.

Reading maps the file instead of copying it. What is damaged shows in the length or by the seal:
all eights of bytes together, one bit each by exclusive or, come to nothing. The file is only ever
replaced whole.
"""

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from qa.flow.written import write_whole

ALIGNED = 64  # bytes; as wide as a cache line
WORD = 8  # bytes that the seal takes at once
KINDS = "biufU"  # plain values only: nothing that could run code


class KeptColumns(NamedTuple):
    """What stood in the first line beside the columns, and the columns, which cannot be changed."""

    head: dict[str, Any]
    columns: dict[str, npt.NDArray[Any]]


def read_columns(file: Path) -> KeptColumns:
    """What `write_columns` wrote. Raises OSError, ValueError, KeyError or TypeError where the
    file is missing, damaged or none of ours.
    """
    with file.open("rb") as opened:
        first = opened.readline()
        told = json.loads(first)
        held = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    if len(held) != told["bytes"]:
        raise ValueError("the file is longer or shorter than it says")
    if len(held) % WORD or _seal(held):
        raise ValueError("the file is not as it was written")
    columns = {}
    for name, kind, count, start in told["columns"]:
        plain = np.dtype(kind)
        if plain.kind not in KINDS:
            raise ValueError(f"{kind} is no plain kind of value")
        columns[name] = np.frombuffer(held, plain, count, start)
    return KeptColumns(told["head"], columns)


def write_columns(file: Path, head: Mapping[str, object], columns: Mapping[str, Any]) -> None:
    """The file with these columns, put in its place at once; OSError where it cannot be."""
    arrays = {name: np.ascontiguousarray(column) for name, column in columns.items()}
    size = sum(_padded(array.nbytes) for array in arrays.values())
    room = _padded(len(_line(head, arrays, 0, size)) + 20 * (len(arrays) + 1))  # digits of offsets
    line = _line(head, arrays, room, room + size + ALIGNED)
    body = bytearray(line.ljust(room - 1) + b"\n")
    for array in arrays.values():
        body += array.tobytes()
        body += bytes(_padded(array.nbytes) - array.nbytes)
    body += _seal(body).to_bytes(ALIGNED, "little")
    write_whole(file, body)


def _seal(body: bytearray | mmap.mmap) -> int:
    """What has to be added to the body so that all its eights of bytes come to nothing."""
    return int(np.bitwise_xor.reduce(np.frombuffer(body, f"<u{WORD}")))


def _line(
    head: Mapping[str, object], arrays: Mapping[str, npt.NDArray[Any]], start: int, size: int
) -> bytes:
    columns = []
    for name, array in arrays.items():
        columns.append([name, array.dtype.str, array.size, start])
        start += _padded(array.nbytes)
    told = {"head": dict(head), "bytes": size, "columns": columns}
    return json.dumps(told, ensure_ascii=True).encode("ascii")


def _padded(size: int) -> int:
    return -(-size // ALIGNED) * ALIGNED
