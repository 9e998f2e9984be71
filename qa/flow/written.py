"""`write_whole`: a file of ours is there whole or not at all."""

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, body: bytes) -> None:
    """The file with this content, put in its place at once; OSError where it cannot be."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".making-", delete=False) as made:
        made.write(body)
    os.replace(made.name, file)
