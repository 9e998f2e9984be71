"""Answers that cost much, kept in files of ours until what they were made of changes."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from qa.flow.written import write_whole

T = TypeVar("T")


@dataclass(frozen=True)
class KeptAnswers:
    """folder: of ours; None keeps nothing. made_from: what all these answers rest on."""

    folder: Path | None = None
    made_from: str = ""

    def of(self, name: str, key: str, kind: type[T], make: Callable[[], T]) -> T:
        """The answer kept under `name` if it was made from the same `key`, else a new one.

        A file that is missing, damaged or cannot be written is no fault.
        """
        if self.folder is None:
            return make()
        file, answer = self.folder / f"{name}.json", TypeAdapter(kind)
        wanted = f"{key} {self.made_from}".encode("ascii")
        with contextlib.suppress(OSError, ValueError, ValidationError):
            kept, _, body = file.read_bytes().partition(b"\n")
            if kept == wanted:
                return answer.validate_json(body)
        made = make()
        with contextlib.suppress(OSError):
            write_whole(file, wanted + b"\n" + answer.dump_json(made))
        return made
