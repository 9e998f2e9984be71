"""A call's recordings: their digests, the copies without private words, and what may be deleted."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qa.store.records import RecordingFile
from qa.store.store import Store
from transcribe.errors import CodedError
from transcribe.transcript import Transcript

AudioCopy = Literal["beep", "mute", "none"]
Original = Literal["keep", "delete"]


@dataclass(frozen=True)
class Privacy:
    """What a site does with the sound of private words.

    copies: the folder of copies in which they are not heard; none are made without one.
    original: whether a recording is deleted once its copy and its transcript are kept.
    """

    copies: Path | None = None
    audio_copy: AudioCopy = "none"
    original: Original = "keep"

    def copy_of(self, sha256: str) -> Path | None:
        """Where the copy of a recording stands, made or not; None where none are made."""
        if self.copies is None or self.audio_copy == "none":
            return None
        return self.copies / f"{sha256}.flac"

    def forget(self, paths: tuple[Path, ...], sha256: str, transcript: Transcript) -> None:
        """Deletes the originals of a recording with private words, where the site wants that.

        Nothing is deleted without its copy; one that cannot be deleted stays, and the next run
        tries again.
        """
        copy = self.copy_of(sha256)
        if self.original == "keep" or not transcript.masks or copy is None or not copy.is_file():
            return
        for path in paths:
            with suppress(OSError):
                path.unlink()


def recording_sha256(store: Store, path: Path, *, may_be_gone: bool = False) -> str:
    """The file's digest; read again only when its size or time changed.

    may_be_gone: a deleted file's digest is the one it had. Raises QA840 missing, QA841 unreadable.
    """
    shown = str(path)
    known = store.recording(shown)
    try:
        seen = path.stat()
    except OSError as error:
        if may_be_gone and known is not None:
            return known.sha256
        raise CodedError("QA840", place=shown) from error
    if known and (known.size_bytes, known.modified_ns) == (seen.st_size, seen.st_mtime_ns):
        return known.sha256
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        why = error.strerror or str(error)
        raise CodedError("QA841", place=shown, why=why) from error
    store.save_recording(
        RecordingFile(
            path=shown, size_bytes=seen.st_size, modified_ns=seen.st_mtime_ns, sha256=sha256
        )
    )
    return sha256
