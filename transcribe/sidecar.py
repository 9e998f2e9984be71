"""A recogniser that reads: transcripts that lie beside recordings, from wherever they came.

Beside `call.wav` lies `call.json` (our own transcript format), `call.srt` or `call.vtt`. The sound
still tells who is voiced when; words, their times and, in JSON, their confidences are the file's.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from transcribe.decoding import RATE_HZ
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings
from transcribe.subtitles import read_cues
from transcribe.text import is_cjk
from transcribe.transcript import Language, Transcript
from transcribe.turns import Heard, HeardWord
from transcribe.windows import Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SUFFIXES = (".json", ".srt", ".vtt")
_SURE = 1.0  # subtitles tell no confidence: they are taken at their word
_MOST_BYTES = 50_000_000  # guess: a day of talk
# A Han character or a run of others, with the space before it and the punctuation after it.
_PIECE = re.compile(r"\s*(?:[\u3400-\u9fff]|[^\s\u3400-\u9fff]+)[^\w\s]*")


class SidecarRecogniser:
    """Gives the words of the transcript beside the recording that `for_recording` was told."""

    def __init__(self, settings: TranscribeSettings, path: Path | None = None) -> None:
        self.settings = settings
        self._path = path
        self._words: list[HeardWord] = []
        self._language: Language | None = None
        if path is not None:
            self._words, self._language = _read(path)

    def for_recording(self, path: Path) -> "SidecarRecogniser":
        """The recogniser of one recording. Raises QA730, QA731."""
        return SidecarRecogniser(self.settings, sidecar_of(path))

    @property
    def made_by(self) -> Mapping[str, str]:
        sha256 = "" if self._path is None else _sha256(self._path)
        return {"model": "sidecar", "sidecar_sha256": sha256, "settings": self.settings.digest()}

    def speech_probabilities(self, channel: "NDArray[np.float32]") -> "NDArray[np.float32]":
        from transcribe.whisper import speech_probabilities

        return speech_probabilities(channel)

    def language_shares(self, sounds: "Sequence[NDArray[np.float32]]") -> dict[str, float]:
        """By the transcript; by its characters where it does not say."""
        if self._language is not None:
            return {self._language: 1.0}
        letters = [c for word in self._words for c in word.text if c.isalpha()]
        if not letters:
            return {}
        zh = sum(is_cjk(c) for c in letters) / len(letters)
        return {"zh": zh, "en": 1 - zh}

    def check_language(self, language: Language) -> None:
        return None

    def hear(
        self,
        samples: "NDArray[np.float32]",
        channel: int,
        windows: Sequence[Window],
        language: Language,
    ) -> Heard:
        """The channel's words within the recording. Raises QA732 where none says who speaks."""
        if not windows:
            return Heard((), True)
        if len(samples) > 1 and any(word.channel < 0 for word in self._words):
            raise CodedError("QA732", place=str(self._path))
        length_s = samples.shape[1] / RATE_HZ
        own = [
            word._replace(channel=channel, end_s=min(word.end_s, length_s))
            for word in self._words
            if word.channel in (channel, -1) and word.start_s < length_s
        ]
        return Heard(tuple(sorted(own)), True)


def sidecar_of(recording: Path) -> Path:
    """The transcript beside a recording. Raises QA730 where none lies there."""
    for suffix in SUFFIXES:
        if (path := recording.with_suffix(suffix)).is_file():
            return path
    names = ", ".join(recording.with_suffix(suffix).name for suffix in SUFFIXES)
    raise CodedError("QA730", place=str(recording), names=names)


def sidecar_sha256(recording: Path) -> str:
    """sha256 (hex) of the transcript beside a recording. Raises QA730."""
    return _sha256(sidecar_of(recording))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> tuple[list[HeardWord], Language | None]:
    """The file's words, channel -1 where it names none, and its language. Raises QA731."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(f"more than {_MOST_BYTES} bytes")
        text = path.read_text("utf-8-sig")
        if path.suffix == ".json":
            found = json.loads(text)
            inner = found.get("transcript", found) if isinstance(found, dict) else found
            return _of_transcript(Transcript.model_validate(inner))
        words = [
            word
            for cue in read_cues(text)
            for word in _spread(
                cue.text, -1 if cue.channel is None else cue.channel, cue.start_s, cue.end_s
            )
        ]
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        seen = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise CodedError("QA731", place=str(path), seen=seen) from error
    except (OSError, ValueError, RecursionError) as error:
        raise CodedError("QA731", place=str(path), seen=str(error)[:200]) from error
    return words, None


def _of_transcript(made: Transcript) -> tuple[list[HeardWord], Language | None]:
    """The words of a transcript; a turn without words has its text spread over its time."""
    words: list[HeardWord] = []
    for turn in made.turns:
        channel = turn.channel
        if channel is None:
            channel = -1
            if turn.speaker != "unknown" and turn.speaker in made.channel_speakers:
                channel = made.channel_speakers.index(turn.speaker)
        if turn.words:
            spaced = [w.text if is_cjk(w.text[:1] or "一") else f" {w.text}" for w in turn.words]
            words += [
                HeardWord(channel, w.start_s, w.end_s, text, w.probability)
                for w, text in zip(turn.words, spaced, strict=True)
            ]
        else:
            words += _spread(turn.text, channel, turn.start_s, turn.end_s)
    return words, made.language


def _spread(text: str, channel: int, start_s: float, end_s: float) -> list[HeardWord]:
    """The words of a text, each with its share of the time by its length."""
    pieces = [found.group() for found in _PIECE.finditer(text)]
    total = sum(len(piece) for piece in pieces) or 1
    words, at = [], 0
    for piece in pieces:
        begin_s = start_s + (end_s - start_s) * at / total
        at += len(piece)
        stop_s = start_s + (end_s - start_s) * at / total
        words.append(HeardWord(channel, round(begin_s, 3), round(stop_s, 3), piece, _SURE))
    return words
