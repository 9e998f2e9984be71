"""A call's recording: one file, or one mono file for each side, written "a.wav + b.wav"."""

from collections.abc import Callable
from pathlib import Path

from qa.domain.call import Call

BETWEEN = " + "


def sides(recording: str) -> tuple[str, ...]:
    """The one or two files of a recording, in the order of the channels."""
    return tuple(side.strip() for side in recording.split(BETWEEN))


def each_side(recording: str, read: Callable[[str], str]) -> str:
    """The recording with every file as `read` gives it."""
    return BETWEEN.join(read(side) for side in sides(recording))


def files_of(call: Call, folder: Path) -> tuple[Path, ...]:
    """The files of a call's recording under `folder`; none where it has none.

    A file whose own name holds the sign is one file.
    """
    if call.recording is None:
        return ()
    whole = folder / call.recording
    return (whole,) if whole.is_file() else tuple(folder / one for one in sides(call.recording))
