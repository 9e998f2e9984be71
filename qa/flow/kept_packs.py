"""Packs that were checked before, read back in milliseconds while nothing they rest on changed."""

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from pydantic import ValidationError

import qa
from qa.domain.packs import Packs
from qa.flow.written import write_whole

FOLDERS = ("rules", "scorecards")
CODE = ("packs", "domain", "facts", "findings")  # what reads, checks and shapes packs


def kept_packs(root: Path, file: Path, read: Callable[[], Packs]) -> Packs:
    """The packs under `root`: those in `file` where it was made from the same bytes, else read.

    file: of ours, in the site's own folder; replaced whole. One that is missing, damaged or
    cannot be written is no fault: the packs are then read again. Raises what `read` raises.
    """
    key = _key(root)
    with contextlib.suppress(OSError, ValueError, ValidationError):
        kept, _, body = file.read_bytes().partition(b"\n")
        if kept.decode("ascii") == key:
            return Packs.model_validate_json(body)
    packs = read()
    with contextlib.suppress(OSError):
        write_whole(
            file, key.encode("ascii") + b"\n" + packs.model_dump_json(by_alias=True).encode()
        )
    return packs


def _key(root: Path) -> str:
    digest = hashlib.sha256(qa.__version__.encode())
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.yaml")):
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    for path in _code():
        seen = path.stat()
        digest.update(f"{path.name} {seen.st_mtime_ns} {seen.st_size}".encode())
    return digest.hexdigest()


def _code() -> Iterable[Path]:
    here = Path(qa.__file__).parent
    return sorted(path for room in CODE for path in (here / room).rglob("*.py"))
