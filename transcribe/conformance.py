"""Whether a recogniser keeps to `transcribe.recognises`: `python -m transcribe.conformance NAME`.

A plugin's own tests may call `broken_rules` with a recording that suits it.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from transcribe.decoding import RATE_HZ
from transcribe.errors import CodedError
from transcribe.plugins import find_recogniser
from transcribe.recognises import KnowsRecording, RecogniserPlugin, Recognises
from transcribe.settings import TranscribeSettings
from transcribe.turns import Heard
from transcribe.windows import Piece, Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_APART_S = 0.5  # a word may begin or end so far outside its recording (Whisper's own slack)


def broken_rules(
    plugin: RecogniserPlugin,
    settings: TranscribeSettings,
    recording: Path,
    samples: "NDArray[np.float32]",
) -> list[str]:
    """What the plugin does other than the protocol says, one sentence each; [] for all well.

    samples: the recording's sound, [channels, samples] at 16 000 Hz, of two seconds and more.
    """
    found: list[str] = []
    first = plugin.identity(settings, recording)
    if not isinstance(first, str) or not first or plugin.identity(settings, recording) != first:
        found.append("identity is a text that stays the same while nothing changes")
    recogniser = plugin.open(settings)
    if isinstance(recogniser, KnowsRecording):
        recogniser = recogniser.for_recording(recording)
    found += _made_by(recogniser)
    found += _speech(recogniser, samples[0])
    found += _languages(recogniser, samples)
    found += _words(recogniser, samples)
    return found


def _made_by(recogniser: Recognises) -> Iterator[str]:
    made_by = recogniser.made_by
    if not isinstance(made_by, Mapping) or not all(
        isinstance(part, str) for pair in made_by.items() for part in pair
    ):
        yield "made_by maps texts to texts"
    elif not made_by.get("model"):
        yield 'made_by names its "model"'
    elif dict(recogniser.made_by) != dict(made_by) or not json.dumps(dict(made_by)):
        yield "made_by stays the same"


def _speech(recogniser: Recognises, channel: "NDArray[np.float32]") -> Iterator[str]:
    import numpy as np

    told = np.asarray(recogniser.speech_probabilities(channel))
    wanted = -(-channel.size // 512)
    if told.ndim != 1 or not wanted <= told.size <= wanted + 1:
        yield f"speech_probabilities gives {wanted} numbers, one for 512 samples: not {told.shape}"
    if told.size and not (np.isfinite(told).all() and told.min() >= 0 and told.max() <= 1):
        yield "speech_probabilities lie between 0 and 1"
    silent = np.asarray(recogniser.speech_probabilities(np.zeros(RATE_HZ, dtype=np.float32)))
    if silent.size and float(np.max(silent)) >= TranscribeSettings().vad_threshold:
        yield "digital silence is no speech"


def _languages(recogniser: Recognises, samples: "NDArray[np.float32]") -> Iterator[str]:
    shares: Any = recogniser.language_shares([samples[0]])
    if not isinstance(shares, dict) or not all(
        isinstance(name, str) and 0 <= share <= 1.001 for name, share in shares.items()
    ):
        yield "language_shares maps languages to numbers between 0 and 1"
    elif sum(shares.values()) > 1.01:
        yield "language_shares add up to 1 at most"
    for language in ("zh", "en"):
        try:
            recogniser.check_language(language)
        except CodedError:
            continue
        except Exception as error:  # noqa: BLE001 - foreign code
            yield f"check_language raises CodedErrors only, not {type(error).__name__}"


def _words(recogniser: Recognises, samples: "NDArray[np.float32]") -> Iterator[str]:
    length_s = samples.shape[1] / RATE_HZ
    whole = (Window((Piece(0, min(samples.shape[1], 20 * RATE_HZ)),), 0),)
    for channel in range(len(samples)):
        heard = recogniser.hear(samples, channel, whole, "en")
        if not isinstance(heard, Heard):
            yield "hear gives a Heard"
            return
        yield from _word_rules(heard, channel, length_s)
        if recogniser.hear(samples, channel, whole, "en") != heard:
            yield "the same sound gives the same words"
        if recogniser.hear(samples, channel, (), "en").words:
            yield "no windows, no words"


def _word_rules(heard: Heard, channel: int, length_s: float) -> Iterator[str]:
    words = heard.words
    if any(word.channel != channel for word in words):
        yield "words carry the channel that was asked for"
    if any(not word.text.strip() for word in words):
        yield "a word has a text"
    if any(not 0 <= word.probability <= 1 for word in words):
        yield "a word's probability lies between 0 and 1"
    if any(not 0 <= word.start_s <= word.end_s <= length_s + _APART_S for word in words):
        yield "a word begins before it ends, within the recording"
    if [word.start_s for word in words] != sorted(word.start_s for word in words):
        yield "words come in the order of their start"


def main(arguments: Sequence[str]) -> int:
    """0 where the named recogniser keeps to every rule; prints what it breaks."""
    import numpy as np

    from transcribe.audio import load, write_flac

    if not arguments:
        sys.stderr.write("python -m transcribe.conformance NAME [RECORDING]\n")
        return 2
    settings = TranscribeSettings(recogniser=arguments[0])
    try:
        plugin = find_recogniser(arguments[0])
        with TemporaryDirectory() as folder:
            path = Path(folder) / "noise.flac"
            if len(arguments) > 1:
                path = Path(arguments[1])
            else:
                noise = np.random.default_rng(1).normal(0, 0.05, (2, 4 * RATE_HZ))
                write_flac(path, noise.astype(np.float32))
                if arguments[0] == "sidecar":
                    path.with_suffix(".srt").write_text(
                        "1\n00:00:00,500 --> 00:00:01,500\n0: Hello there\n", "utf-8"
                    )
            found = broken_rules(plugin, settings, path, load(path, settings).samples)
    except CodedError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for rule in found:
        sys.stdout.write(f"broken: {rule}\n")
    sys.stdout.write(f"{arguments[0]}: {len(found)} rules broken\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
