"""Decodes files to 16-bit samples, each in a process of its own; run by `transcribe.decoding`.

The process that is started imports the decoder once and then waits for orders on the socket that
is its stdin. Each order is a line of JSON with two open files: for the samples, and for a report.
A fork does it: it sets its own limits before it opens anything, and reports one line of JSON,
{"seen": {...}} when all went well, {"wrong": kind, ...} otherwise. How the fork ended (exit
status, or the negative number of a signal) is answered on the socket. Nothing of ours is imported.
"""

import io
import json
import os
import resource
import socket
import struct
import sys
import traceback
from typing import Any

import av

# Demuxers we open; text playlists (HLS, concat), images and network formats are none of them.
FORMATS = (
    "wav,w64,aiff,au,caf,flac,ogg,mp3,aac,mov,matroska,asf,amr,amrnb,amrwb,nistsphere,voc,"
    "avi,flv,mpegts,mpeg"
)
MIN_RATE_HZ = 4000  # below it no telephone codec lives; a header of 1 Hz exhausts memory
MAX_RATE_HZ = 384_000  # the highest rate of studio equipment


class Wrong(Exception):
    """Why nothing came out; `kind` names a code in `transcribe.audio`."""

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(kind)
        self.report: dict[str, object] = {"wrong": kind, **values}


def limit(memory_bytes: int, cpu_s: int) -> None:
    """Binds this process; the kernel ends it when it takes more."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def decode(
    path: str, rate_hz: int, max_duration_s: float, *, only_look: bool, headerless: str | None
) -> dict[str, Any]:
    """What was seen: format, channels, rate, header length, decoded length, damaged packets.

    headerless: the demuxer of a file that holds nothing but samples; None: told by the content.
    """
    av.logging.set_level(None)
    # A file object, not a name: no protocol is opened and the extension has no say.
    with open(path, "rb") as raw:
        file: Any = raw
        if headerless == "vox":
            file, headerless = with_oki_header(raw.read(int(max_duration_s * 6000) + 1)), "wav"
        try:
            container = av.open(
                file,
                format=headerless,
                options={"format_whitelist": headerless or FORMATS}
                | ({"sample_rate": "8000"} if headerless in ("alaw", "mulaw") else {}),
                metadata_errors="replace",
            )
        except (av.error.FFmpegError, ValueError) as error:
            raise Wrong("not_audio", seen=type(error).__name__) from error
        with container:
            if not container.streams.audio:
                raise Wrong("no_stream", seen=container.format.name)
            stream = container.streams.audio[0]
            seen = header(container, stream)
            if seen["header_s"] is not None and seen["header_s"] > max_duration_s * 1.5:
                raise Wrong("too_long", seen_s=seen["header_s"])
            if only_look:
                return seen
            resampler = av.AudioResampler(
                format="s16", layout="mono" if seen["channels"] == 1 else "stereo", rate=rate_hz
            )
            return seen | pump(container, stream, resampler, max_duration_s * rate_hz)


def with_oki_header(content: bytes) -> io.BytesIO:
    """Dialogic's headerless 4-bit samples, 8000 Hz, as the WAV file FFmpeg can read.

    Format tag 0x17 is Dialogic's own in Microsoft's registry (mmreg.h).
    """
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 0x17, 1, 8000, 4000, 1, 4)
    riff = struct.pack("<4sI4s", b"RIFF", 36 + len(content), b"WAVE")
    return io.BytesIO(riff + form + struct.pack("<4sI", b"data", len(content)) + content)


def header(container: Any, stream: Any) -> dict[str, Any]:
    """What the file says of itself; lengths in seconds, None where it says nothing."""
    context = stream.codec_context
    channels, source_rate_hz = context.layout.nb_channels, context.sample_rate
    if not MIN_RATE_HZ <= source_rate_hz <= MAX_RATE_HZ:
        raise Wrong("rate", seen=source_rate_hz)
    if not 1 <= channels <= 2:
        raise Wrong("channels", seen=channels)
    if stream.duration is not None:
        header_s = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        header_s = container.duration / av.time_base
    else:
        header_s = None
    return {
        "format": container.format.name,
        "codec": context.name,
        "channels": channels,
        "source_rate_hz": source_rate_hz,
        "header_s": header_s,
    }


def pump(container: Any, stream: Any, resampler: Any, max_samples: float) -> dict[str, Any]:
    """Writes all samples to stdout; how many, and how many packets could not be decoded."""
    width = 2 * (1 if resampler.layout.name == "mono" else 2)
    samples = damaged = 0
    waiting = av.AudioFifo()  # a second at once is resampled in half the time of its packets

    def write(sound: Any) -> None:
        nonlocal samples
        for frame in resampler.resample(sound):
            sys.stdout.buffer.write(memoryview(frame.planes[0])[: frame.samples * width])
            samples += frame.samples
        if samples > max_samples:
            raise Wrong("too_long", seen_s=samples / resampler.rate)

    try:
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                damaged += 1
                continue
            for frame in frames:
                frame.pts = None
                waiting.write(frame)
                if waiting.samples >= frame.sample_rate:
                    write(waiting.read())
    except av.error.InvalidDataError:
        damaged += 1  # the container broke off; the lengths tell whether it matters
    if waiting.samples:
        write(waiting.read())
    if samples:
        write(None)
    sys.stdout.buffer.flush()
    return {"samples": samples, "damaged": damaged}


def obey(order: dict[str, Any]) -> int:
    """Exit status 0 and a report on stderr; 1 and what was wrong."""
    limit(order["memory_bytes"], order["cpu_s"])
    try:
        seen = decode(
            order["path"],
            order["rate_hz"],
            order["max_duration_s"],
            only_look=order["only_look"],
            headerless=order["headerless"],
        )
        report: dict[str, object] = {"seen": seen}
    except Wrong as wrong:
        report = wrong.report
    except (MemoryError, ImportError):  # a library that could not be mapped is an ImportError
        report = {"wrong": "memory"}
    except OSError as error:
        report = {"wrong": "memory" if error.errno == 12 else "broken", "seen": str(error)}
    sys.stderr.write(json.dumps(report))
    sys.stderr.flush()
    return 0 if "seen" in report and "wrong" not in report else 1


def fork(orders: socket.socket, line: bytes, files: list[int]) -> int:
    """The process number of a fork that does the order and holds nothing but its two files."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        orders.close()
        for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), *files)):
            os.dup2(file, number)
        os.closerange(3, 64)
        status = obey(json.loads(line))
    except BaseException:  # noqa: BLE001 - whatever it is, this process ends here
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(status)  # nothing of a half-decoded file is worth closing with care


def serve() -> None:
    """Does orders one after another until the other end of the socket is gone."""
    with socket.socket(fileno=os.dup(0)) as orders:
        while True:
            line, files, _, _ = socket.recv_fds(orders, 1 << 16, 2)
            while line and not line.endswith(b"\n"):
                more = orders.recv(1 << 16)
                line = line + more if more else b""
            if not line:
                return
            child = fork(orders, line, files)
            for file in files:
                os.close(file)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            orders.sendall(f"{status}\n".encode())


if __name__ == "__main__":
    serve()
