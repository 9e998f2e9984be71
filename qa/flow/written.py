"""`write_whole`: a file of ours is there whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(file: Path, body: bytes | bytearray) -> None:
    """The file with this content, put in its place at once; OSError where it cannot be."""
    number, name = tempfile.mkstemp(dir=file.parent, prefix=".making-")
    try:
        with open(number, "wb") as made:
            made.write(body)
        os.replace(name, file)
    except BaseException:  # a full disk is not filled further by what could not be finished
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
