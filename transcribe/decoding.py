"""Has a file decoded in a process of its own and understands how that ended."""

import json
import os
import signal
import tempfile
import threading
from pathlib import Path
from typing import Any

from transcribe.decoder_process import DecoderProcess, put_back, taken
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings

RATE_HZ = 16_000  # what Whisper and Silero hear

# Files that hold samples and no header, by extension, as Asterisk and gateways write them, and
# FFmpeg's demuxer for each; all at 8000 Hz but G.722.
HEADERLESS = {
    ".al": "alaw", ".alaw": "alaw", ".pcma": "alaw", ".ul": "mulaw", ".ulaw": "mulaw",
    ".mulaw": "mulaw", ".pcmu": "mulaw", ".sln": "sln", ".g722": "g722", ".gsm": "gsm",
    ".g729": "g729", ".vox": "vox",
}  # fmt: skip
# How files with a header begin, whatever their name says.
_MAGIC = (
    b"RIFF", b"RF64", b"riff", b"OggS", b"fLaC", b"ID3", b"#!AMR", b".snd", b"caff", b"FORM",
    b"\x1aE\xdf\xa3", b"0&\xb2u", b"NIST_1A", b"Creative Voice", b"FLV\x01",
)  # fmt: skip

_REPORT_LIMIT_BYTES = 1 << 16


def run_decoder(
    path: Path, settings: TranscribeSettings, *, only_look: bool
) -> tuple[dict[str, Any], bytearray]:
    """The child's report and the samples it wrote (int16, interleaved)."""
    order = {
        "path": str(path.absolute()),
        "rate_hz": RATE_HZ,
        "max_duration_s": settings.max_duration_s,
        "memory_bytes": settings.decode_memory_bytes,
        "cpu_s": settings.decode_cpu_s,
        "only_look": only_look,
        "headerless": _headerless(path),
    }
    most_bytes = int((settings.max_duration_s + 60) * RATE_HZ * 4)
    with tempfile.TemporaryFile() as report:
        decoder, samples = _started(order, report.fileno())
        timed_out = threading.Event()

        def stop() -> None:
            timed_out.set()
            decoder.stop()

        timer = threading.Timer(settings.decode_wall_s, stop)
        timer.start()
        try:
            pcm = _read(samples, most_bytes)
            too_much = len(pcm) > most_bytes
            if too_much:
                decoder.stop()
            status = -signal.SIGKILL if too_much else decoder.status()
        except BaseException:
            decoder.stop()
            raise
        finally:
            timer.cancel()
            timer.join()
        if decoder.is_alive:
            put_back(decoder)
        else:
            decoder.stop()
        report.seek(0)
        told = report.read(_REPORT_LIMIT_BYTES)
    return _understand(path, settings, status, told, timed_out=timed_out.is_set()), pcm


def _started(order: dict[str, Any], report: int) -> tuple[DecoderProcess, int]:
    """A decoder at work on the order, and where its samples come out.

    One that died while it waited is followed by a fresh one.
    """
    for attempt in range(2):
        decoder = taken()
        samples, theirs = os.pipe()
        try:
            decoder.order(order, theirs, report)
        except OSError:
            decoder.stop()
            os.close(samples)
            if attempt:
                raise
        else:
            return decoder, samples
        finally:
            os.close(theirs)
    raise AssertionError("unreachable")


def _read(samples: int, most_bytes: int) -> bytearray:
    """What comes out until the decoder closes it, or a little more than `most_bytes`."""
    pcm = bytearray()
    with os.fdopen(samples, "rb", buffering=0) as file:
        while len(pcm) <= most_bytes and (block := file.read(1 << 20)):
            pcm += block
    return pcm


def _headerless(path: Path) -> str | None:
    """The demuxer of a file without a header; None where its content tells."""
    told = HEADERLESS.get(path.suffix.lower())
    if told is None:
        return None
    with path.open("rb") as file:
        head = file.read(16)
    return None if head.startswith(_MAGIC) or head[4:8] == b"ftyp" else told


def _understand(
    path: Path, settings: TranscribeSettings, status: int, told: bytes, *, timed_out: bool
) -> dict[str, Any]:
    """The report of a child that did well; a coded error for every other end."""
    place = str(path)
    if timed_out or status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise CodedError(
            "QA712", place=place, cpu_s=settings.decode_cpu_s, wall_s=settings.decode_wall_s
        )
    try:
        report = json.loads(told)
    except ValueError as error:
        if b"MemoryError" in told or b"Cannot allocate" in told:
            raise _wrong("memory", {}, settings, place) from error
        seen = signal.Signals(-status).name if status < 0 else f"exit {status}"
        raise CodedError("QA710", place=place, seen=seen) from error
    if "wrong" in report:
        raise _wrong(report.pop("wrong"), report, settings, place)
    return dict(report["seen"])


def _wrong(
    kind: str, report: dict[str, Any], settings: TranscribeSettings, place: str
) -> CodedError:
    """The coded error for what the child found."""
    seen = report.get("seen", "")
    match kind:
        case "not_audio":
            return CodedError("QA704", place=place)
        case "no_stream":
            return CodedError("QA705", place=place, seen=seen)
        case "too_long":
            return CodedError(
                "QA707",
                place=place,
                seen_s=round(float(report["seen_s"])),
                limit_s=round(settings.max_duration_s),
            )
        case "channels":
            return CodedError("QA708", place=place, seen=seen)
        case "rate":
            return CodedError("QA709", place=place, seen=seen)
        case "memory":
            return CodedError("QA711", place=place, limit_mib=settings.decode_memory_bytes >> 20)
        case _:
            return CodedError("QA710", place=place, seen=seen)
