"""What a recogniser is to this program; another one is plugged in by keeping to it.

A package offers one under the entry point group `callgrade.recognisers`: a name and an object that
is a `RecogniserPlugin`. A site chooses it by `recogniser: NAME` in its settings. Whether it keeps
to this page, `python -m transcribe.conformance NAME` tells.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from transcribe.settings import TranscribeSettings
from transcribe.transcript import Language
from transcribe.turns import Heard, HeardWord
from transcribe.windows import Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GROUP = "callgrade.recognisers"


class Recognises(Protocol):
    """A recogniser at work; one a worker process, used for many recordings, one at a time.

    Sound is float32 in [-1, 1] at 16 000 Hz. `transcribe.whisper.Recogniser` is one.
    """

    @property
    def made_by(self) -> Mapping[str, str]:
        """What transcripts depend on beside the recording: "model" and its version at least."""
        ...

    def speech_probabilities(self, channel: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """How likely each 512 samples of a channel are speech, 0-1, the last ones padded.

        `transcribe.whisper.speech_probabilities` may be used for it.
        """
        ...

    def language_shares(self, sounds: "Sequence[NDArray[np.float32]]") -> dict[str, float]:
        """How likely each language ("zh", "en", ...) is, 0-1, over all the sounds."""
        ...

    def check_language(self, language: Language) -> None:
        """Raises a CodedError where the language is not known to it."""
        ...

    def hear(
        self,
        samples: "NDArray[np.float32]",
        channel: int,
        windows: Sequence[Window],
        language: Language,
    ) -> Heard:
        """The words of one channel in order of their start; none where there are no windows.

        samples: [channels, samples]. windows: its voiced stretches, packed into at most
        `settings.window_s`; others may be heard as well. Times are seconds in the recording;
        texts keep their leading spaces where words are written apart; probabilities say how
        likely the word was said. `sound` is false where parts could not be relied on.
        The same sound gives the same words.
        """
        ...


@runtime_checkable
class KnowsRecording(Protocol):
    """A recogniser that wants to know which file it is about to hear."""

    def for_recording(self, path: Path) -> Recognises:
        """The recogniser to use for the file. Raises CodedErrors that cost this call alone."""
        ...


@runtime_checkable
class Calibrates(Protocol):
    """A recogniser that weighs the confidence of words by their whole call."""

    def calibrated(self, words: Sequence[HeardWord], language: Language) -> list[HeardWord]:
        """The words of all channels, in their order, with other probabilities and nothing else."""
        ...


class RecogniserPlugin(Protocol):
    """What stands behind an entry point."""

    def identity(self, settings: TranscribeSettings, recording: Path) -> str:
        """Another text whenever the words of the recording could be others (a model's sha256)."""
        ...

    def open(self, settings: TranscribeSettings) -> Recognises:
        """The recogniser, its model loaded. Raises CodedErrors that stop the run."""
        ...
