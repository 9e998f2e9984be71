"""Runs the decoder as a child process and understands how it ended."""

import json
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

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

_DECODER = Path(__file__).with_name("decoder.py")
_STDERR_LIMIT_BYTES = 1 << 16


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
    timed_out = threading.Event()
    pcm = bytearray()
    with tempfile.TemporaryFile() as stderr:
        child = subprocess.Popen(  # our own script and our own interpreter
            [sys.executable, "-P", str(_DECODER), json.dumps(order)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )

        def stop() -> None:
            timed_out.set()
            child.kill()

        timer = threading.Timer(settings.decode_wall_s, stop)
        timer.start()
        try:
            assert child.stdout is not None
            while block := child.stdout.read(1 << 20):
                pcm += block
                if len(pcm) > most_bytes:
                    child.kill()
                    break
            status = child.wait()
        finally:
            timer.cancel()
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()
        stderr.seek(0)
        told = stderr.read(_STDERR_LIMIT_BYTES)
    return _understand(path, settings, status, told, timed_out=timed_out.is_set()), pcm


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
