"""Sound files made for the tests, with nothing but the standard library and PyAV."""

import struct
import wave
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


def tone(seconds: float, *, hz: float = 440.0, rate_hz: int = 8000, peak: float = 0.3) -> Samples:
    """A sine, float32 in [-1, 1]."""
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    return (peak * np.sin(2 * np.pi * hz * at)).astype(np.float32)


def silence(seconds: float, *, rate_hz: int = 8000) -> Samples:
    return np.zeros(round(seconds * rate_hz), dtype=np.float32)


def write_wav(path: Path, *channels: Samples, rate_hz: int = 8000) -> Path:
    """A 16-bit WAV file with these channels."""
    ints = (np.stack(channels, axis=1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(ints.tobytes())
    return path


def write_encoded(
    path: Path,
    *channels: Samples,
    codec: str,
    container: str,
    rate_hz: int = 8000,
    bit_rate: int | None = None,
    picture: bool = False,
) -> Path:
    """A file of any container and codec that FFmpeg writes; the name may say something else."""
    layout = "mono" if len(channels) == 1 else "stereo"
    with av.open(str(path), "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate_hz, layout=layout)
        if bit_rate:
            stream.bit_rate = bit_rate
        if picture:
            _picture(out)
        ints = (np.stack(channels, axis=1) * 32767).astype("<i2").reshape(1, -1)
        step = rate_hz * len(channels)
        resampler = av.AudioResampler(
            format=stream.codec_context.format, layout=layout, rate=rate_hz, frame_size=0
        )
        fifo = av.AudioFifo()
        for at in range(0, ints.shape[1], step):
            frame = av.AudioFrame.from_ndarray(ints[:, at : at + step], format="s16", layout=layout)
            frame.sample_rate = rate_hz
            for ready in resampler.resample(frame):
                ready.pts = None
                fifo.write(ready)
        size = stream.codec_context.frame_size or 1024
        while (ready_frame := fifo.read(size)) or (ready_frame := fifo.read(0, partial=True)):
            for packet in stream.encode(ready_frame):
                out.mux(packet)
        for packet in stream.encode(None):
            out.mux(packet)
    return path


def _picture(out: av.container.OutputContainer) -> None:
    """One black picture, as a screen recording begins."""
    stream = out.add_stream("mpeg4", rate=5)
    stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
    for packet in [*stream.encode(av.VideoFrame(32, 32, "yuv420p")), *stream.encode(None)]:
        out.mux(packet)


def patch(path: Path, at: int, layout: str, *values: int) -> Path:
    """The file with bytes at an offset replaced."""
    content = bytearray(path.read_bytes())
    struct.pack_into(layout, content, at, *values)
    path.write_bytes(content)
    return path
