"""The recogniser: faster-whisper's model and its voice detector; no other file imports it."""

import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ctranslate2
import faster_whisper
import numpy as np
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import TranscriptionOptions, get_suppressed_tokens
from faster_whisper.vad import get_vad_model

from transcribe import calibration
from transcribe.decoding import RATE_HZ
from transcribe.errors import CodedError
from transcribe.hot_words import fitting
from transcribe.loops import has_loop, without_loops
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Language
from transcribe.turns import Heard, HeardWord
from transcribe.weights import Model, find_model
from transcribe.windows import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray

LANGUAGES: tuple[Language, ...] = ("zh", "en")

_VAD_SAMPLES = 512  # what Silero judges at once
_FRAME_SAMPLES = 160  # one column of the spectrogram
_MOST_FRAMES = 3000  # 30 s, the most Whisper hears at once
_PREPENDED = "\"'“¿([{-"  # Whisper's own: punctuation that belongs to the next word
_APPENDED = "\"'.。,，!！?？:：”)]}、"  # and to the word before


class Recogniser:
    """A loaded model; made once a worker process, used for many recordings."""

    def __init__(self, settings: TranscribeSettings, model: Model) -> None:
        """Raises QA725 when CTranslate2 cannot load the model so."""
        self.settings = settings
        self.model = model
        try:
            self._whisper = faster_whisper.WhisperModel(
                model.path,
                device="cpu",
                compute_type=settings.compute_type,
                cpu_threads=settings.threads,
                num_workers=1,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise CodedError(
                "QA725", place=model.path, compute_type=settings.compute_type, seen=str(error)
            ) from error

    @classmethod
    def open(cls, settings: TranscribeSettings, *, allow_hub: bool = True) -> "Recogniser":
        """The model that the settings name, found and loaded. Raises QA720-QA727."""
        return cls(settings, find_model(settings, allow_hub=allow_hub))

    @cached_property
    def made_by(self) -> dict[str, str]:
        """What a transcript depends on beside the recording (contract 3)."""
        return {
            "model": Path(self.settings.model).name,
            "model_sha256": self.model.sha256,
            "compute_type": self.settings.compute_type,
            "instruction_set": instruction_set(),
            "ctranslate2": ctranslate2.__version__,
            "faster_whisper": faster_whisper.__version__,
            "confidence": calibration.made_by(self.model.sha256, wanted=self.settings.calibrate),
            "settings": self.settings.digest(),
        }

    def speech_probabilities(self, channel: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """How likely each 32 ms of a channel are speech."""
        return speech_probabilities(channel)

    def language_shares(self, sounds: Iterable["NDArray[np.float32]"]) -> dict[str, float]:
        """How likely each language is, 0-1, over all the sounds, weighted by their length."""
        if not self._whisper.model.is_multilingual:
            return {"en": 1.0}
        shares: dict[str, float] = {}
        weight = 0.0
        for sound in sounds:
            encoded, _ = self._encode(sound)
            weight += sound.size
            for token, share in self._whisper.model.detect_language(encoded)[0]:
                name = token.strip("<|>")
                shares[name] = shares.get(name, 0.0) + share * sound.size
        return {name: share / weight for name, share in shares.items()} if weight else {}

    def check_language(self, language: Language) -> None:
        """Raises QA726 when the model does not know the language."""
        check_language(
            language, multilingual=self._whisper.model.is_multilingual, place=self.settings.model
        )

    def hear(
        self,
        samples: "NDArray[np.float32]",
        channel: int,
        windows: Sequence[Window],
        language: Language,
    ) -> Heard:
        """The words of one channel, in order. `sound` is false when a window stayed doubtful."""
        tokenizer = Tokenizer(
            self._whisper.hf_tokenizer,
            self._whisper.model.is_multilingual,
            task="transcribe",
            language=language,
        )
        words: list[HeardWord] = []
        sound = True
        for window in windows:
            heard = self._hear_window(samples[channel], channel, window, tokenizer)
            words += heard.words
            sound = sound and heard.sound
        return Heard(tuple(words), sound)

    def _prompt(self, tokenizer: Tokenizer) -> list[int]:
        """What stands before a window's words: the hot words of its language, if there are any."""
        told = fitting(
            self.settings.hot_words,
            tokenizer.language_code,
            lambda text: len(tokenizer.encode(" " + text)),
        )
        return list(
            self._whisper.get_prompt(tokenizer, [], without_timestamps=True, hotwords=told or None)
        )

    def _hear_window(
        self, samples: "NDArray[np.float32]", channel: int, window: Window, tokenizer: Tokenizer
    ) -> Heard:
        """The words of a window; one that fails the guards is heard again in halves."""
        settings = self.settings
        encoded, frames = self._encode(window.packed(samples))
        ctranslate2.set_random_seed(settings.random_seed)
        result, log_probability, _, compression = self._whisper.generate_with_fallback(
            encoded,
            self._prompt(tokenizer),
            tokenizer,
            _options(settings, tokenizer),
        )
        tokens = result.sequences_ids[0]
        text = tokenizer.decode(tokens)
        unlikely = log_probability < settings.min_log_probability
        if unlikely and result.no_speech_prob > settings.max_no_speech_probability:
            return Heard((), True)
        looped = compression > settings.max_compression_ratio or has_loop(text)
        if (looped or unlikely) and len(window.pieces) > 1:
            left, right = (
                self._hear_window(samples, channel, half, tokenizer) for half in window.halves()
            )
            return Heard(left.words + right.words, left.sound and right.sound)
        words = self._timed(encoded, frames, tokens, tokenizer, channel, window)
        if looped:
            words = without_loops(words)
        return Heard(words, not (looped or unlikely))

    def _timed(
        self,
        encoded: ctranslate2.StorageView,
        frames: int,
        tokens: Sequence[int],
        tokenizer: Tokenizer,
        channel: int,
        window: Window,
    ) -> tuple[HeardWord, ...]:
        """The tokens as words with their times in the recording."""
        segment: dict[str, Any] = {
            "seek": 0,
            "start": 0.0,
            "end": frames * _FRAME_SAMPLES / RATE_HZ,
            "tokens": list(tokens),
        }
        self._whisper.add_word_timestamps(
            [[segment]], tokenizer, encoded, frames, _PREPENDED, _APPENDED, 0.0
        )
        words = []
        for word in segment.get("words", ()):
            start_s, end_s = window.real_times(float(word["start"]), float(word["end"]))
            words.append(
                HeardWord(
                    channel,
                    round(start_s, 3),
                    round(end_s, 3),
                    word["word"],
                    min(1.0, max(0.0, round(float(word["probability"]), 4))),
                )
            )
        return _in_order(words)

    def calibrated(self, words: Sequence[HeardWord], language: Language) -> list[HeardWord]:
        """All words of a call with confidences that say how likely they were said."""
        if not self.settings.calibrate:
            return list(words)
        raw = [word.probability for word in words]
        sure = calibration.calibrated(raw, language, self.model.sha256)
        return [w._replace(probability=p) for w, p in zip(words, sure, strict=True)]

    def _encode(self, sound: "NDArray[np.float32]") -> tuple[ctranslate2.StorageView, int]:
        """The encoder's output and how many frames of it carry sound.

        Whisper was taught on 30 s; it hears shorter ones as well when silence follows, and the
        encoder's time falls with the length (bench/asr.py).
        """
        features = self._whisper.feature_extractor(sound)[..., :-1]
        frames = min(features.shape[-1], _MOST_FRAMES)
        tail = round(self.settings.window_tail_s * RATE_HZ / _FRAME_SAMPLES)
        length = min(_MOST_FRAMES, (frames + tail + 1) // 2 * 2)
        padded = np.zeros((features.shape[0], length), dtype=np.float32)
        padded[:, :frames] = features[:, :frames]
        return self._whisper.encode(padded), frames


def speech_probabilities(channel: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """How likely each 32 ms of a channel are speech, by Silero; it needs none of our models."""
    padded = np.pad(channel, (0, -channel.size % _VAD_SAMPLES + _VAD_SAMPLES))
    return np.asarray(get_vad_model()(padded), dtype=np.float32).reshape(-1)


def _options(settings: TranscribeSettings, tokenizer: Tokenizer) -> TranscriptionOptions:
    """faster-whisper's options; no prompt ever, and no window hears what another said."""
    return TranscriptionOptions(
        beam_size=settings.beam_size,
        best_of=5,
        patience=1,
        length_penalty=1,
        repetition_penalty=1,
        no_repeat_ngram_size=0,
        log_prob_threshold=settings.min_log_probability,
        no_speech_threshold=settings.max_no_speech_probability,
        compression_ratio_threshold=settings.max_compression_ratio,
        condition_on_previous_text=False,
        prompt_reset_on_temperature=0.5,
        temperatures=[0.0, *settings.fallback_temperatures],
        initial_prompt=None,
        prefix=None,
        suppress_blank=True,
        suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
        without_timestamps=True,
        max_initial_timestamp=0.0,
        word_timestamps=True,
        prepend_punctuations=_PREPENDED,
        append_punctuations=_APPENDED,
        multilingual=False,
        max_new_tokens=None,
        clip_timestamps=[],
        hallucination_silence_threshold=None,
        hotwords=None,
    )


def _in_order(words: Sequence[HeardWord]) -> tuple[HeardWord, ...]:
    """The words with starts that never run back, so that sorting keeps their order."""
    ordered: list[HeardWord] = []
    latest_s = 0.0
    for word in words:
        latest_s = max(latest_s, word.start_s)
        ordered.append(word._replace(start_s=latest_s, end_s=max(latest_s, word.end_s)))
    return tuple(ordered)


def check_language(language: Language, *, multilingual: bool, place: str) -> None:
    """Raises QA726 for a language other than English and a model that knows only that."""
    if language != "en" and not multilingual:
        raise CodedError("QA726", place=place, language=language)


def hub_folder(name: str, *, local_only: bool) -> str:
    """The folder of a model in the Hugging Face cache; fetched first unless `local_only`.

    Raises FileNotFoundError when it is not there, OSError when the hub gave none, ValueError
    for a name that cannot be one.
    """
    return str(faster_whisper.download_model(name, local_files_only=local_only))


def instruction_set() -> str:
    """What CTranslate2 uses of this processor: recognition differs between them."""
    forced = os.environ.get("CT2_FORCE_CPU_ISA")
    if forced:
        return forced
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
            flags = next((line for line in file if line.startswith(("flags", "Features"))), "")
    except OSError:
        return "unknown"
    known = set(flags.split())
    wanted = ("avx512f", "avx512_vnni", "avx_vnni", "avx2", "avx", "sse4_1", "asimd", "asimddp")
    return " ".join(flag for flag in wanted if flag in known) or "generic"
