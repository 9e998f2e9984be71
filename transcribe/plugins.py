"""Which recogniser a site uses: ours, transcripts that lie beside recordings, or a plugged-in."""

from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path

from transcribe.errors import CodedError
from transcribe.recognises import GROUP, RecogniserPlugin, Recognises
from transcribe.settings import TranscribeSettings
from transcribe.weights import find_model


class Whisper:
    """Our own: faster-whisper on the processor."""

    def identity(self, settings: TranscribeSettings, recording: Path) -> str:
        return _model_sha256(settings)

    def open(self, settings: TranscribeSettings) -> Recognises:
        from transcribe.whisper import Recogniser

        return Recogniser.open(settings)


class Sidecar:
    """Reads transcripts that lie beside the recordings, made by whatever made them."""

    def identity(self, settings: TranscribeSettings, recording: Path) -> str:
        from transcribe.sidecar import sidecar_sha256

        return sidecar_sha256(recording)

    def open(self, settings: TranscribeSettings) -> Recognises:
        from transcribe.sidecar import SidecarRecogniser

        return SidecarRecogniser(settings)


OURS: dict[str, RecogniserPlugin] = {"whisper": Whisper(), "sidecar": Sidecar()}


def find_recogniser(name: str) -> RecogniserPlugin:
    """The recogniser of a name.

    Raises QA728 for a name that nothing installed has, QA729 where its package does not load.
    """
    if name in OURS:
        return OURS[name]
    offered = {point.name: point for point in entry_points(group=GROUP)}
    if name not in offered:
        raise CodedError("QA728", place=name, options=", ".join([*OURS, *sorted(offered)]))
    try:
        loaded = offered[name].load()
    except Exception as error:
        seen = f"{type(error).__name__}: {error}"[:300]
        raise CodedError("QA729", place=offered[name].value, name=name, seen=seen) from error
    plugin: RecogniserPlugin = loaded() if isinstance(loaded, type) else loaded
    lacking = [each for each in ("identity", "open") if not callable(getattr(plugin, each, None))]
    if lacking:
        seen = f"no {', '.join(lacking)}"
        raise CodedError("QA729", place=offered[name].value, name=name, seen=seen)
    return plugin


@lru_cache(maxsize=8)
def _model_of(name: str, pins: tuple[tuple[str, str], ...]) -> str:
    return find_model(TranscribeSettings(model=name, model_sha256_pins=dict(pins))).sha256


def _model_sha256(settings: TranscribeSettings) -> str:
    """The model's hash, looked up once a process."""
    return _model_of(settings.model, tuple(sorted(settings.model_sha256_pins.items())))
