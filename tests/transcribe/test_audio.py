"""Every way a file can be wrong, made for real."""

import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.transcribe.sounds import patch, silence, tone, write_encoded, write_wav
from transcribe.audio import load, load_pair, loudest_dbfs, probe
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings

SETTINGS = TranscribeSettings()


def code(path: Path, settings: TranscribeSettings = SETTINGS) -> str:
    with pytest.raises(CodedError) as caught:
        load(path, settings)
    assert caught.value.place == str(path)
    return caught.value.code


def test_two_channels_come_out_at_16_khz(tmp_path: Path) -> None:
    left, right = tone(1.0, hz=300), tone(1.0, hz=500, peak=0.1)
    sound = load(write_wav(tmp_path / "call.wav", left, right), SETTINGS)
    assert sound.samples.dtype == np.float32
    assert sound.samples.shape[0] == 2
    assert sound.duration_s == pytest.approx(1.0, abs=0.01)
    assert sound.faults == ()
    assert loudest_dbfs(sound.samples[0]) == pytest.approx(-13.5, abs=0.5)
    assert loudest_dbfs(sound.samples[1]) == pytest.approx(-23.0, abs=0.5)


@pytest.mark.parametrize(
    ("name", "container", "codec", "rate_hz"),
    [
        ("a.flac", "flac", "flac", 8000),
        ("a.mp3", "mp3", "libmp3lame", 16000),
        ("a.opus", "ogg", "libopus", 48000),
        ("a.m4a", "mp4", "aac", 16000),
        ("alaw.wav", "wav", "pcm_alaw", 8000),
        ("mulaw.wav", "wav", "pcm_mulaw", 8000),
        ("adpcm.wav", "wav", "adpcm_ima_wav", 8000),
        ("a.w64", "w64", "pcm_s16le", 8000),
    ],
)
def test_formats_of_recorders(
    tmp_path: Path, name: str, container: str, codec: str, rate_hz: int
) -> None:
    made = write_encoded(
        tmp_path / name, tone(2.0, rate_hz=rate_hz), container=container, codec=codec,
        rate_hz=rate_hz,
    )  # fmt: skip
    sound = load(made, SETTINGS)
    assert sound.duration_s == pytest.approx(2.0, abs=0.15)
    assert sound.faults == ()
    assert loudest_dbfs(sound.samples[0]) == pytest.approx(-13.5, abs=1.0)


def test_missing(tmp_path: Path) -> None:
    assert code(tmp_path / "none.wav") == "QA701"


def test_folder(tmp_path: Path) -> None:
    assert code(tmp_path) == "QA702"


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.wav"
    path.touch()
    assert code(path) == "QA703"


@pytest.mark.parametrize(
    "content",
    [
        "客户来电登记表\n".encode() * 200,
        b"RIFF",
        b"RIFF\x00\x00\x00\x00WAVE",
        bytes(4096),
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/hostname\n",
        b"%PDF-1.7\n" + b"0 obj " * 500,
    ],
    ids=["text", "riff", "no chunks", "zeros", "playlist", "concat", "pdf"],
)
def test_no_audio(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(content)
    assert code(path) == "QA704"


def test_header_without_samples(tmp_path: Path) -> None:
    assert code(write_wav(tmp_path / "a.wav", silence(0))) == "QA704"


def test_video_without_sound(tmp_path: Path) -> None:
    import av

    path = tmp_path / "screen.mkv"
    with av.open(str(path), "w", format="matroska") as out:
        stream = out.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for packet in [*stream.encode(av.VideoFrame(32, 32, "yuv420p")), *stream.encode(None)]:
            out.mux(packet)
    assert code(path) == "QA705"


def test_truncated_wav(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "cut.wav", tone(5.0))
    path.write_bytes(path.read_bytes()[:40_000])
    assert code(path) == "QA706"


def test_truncated_flac(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).uniform(-0.3, 0.3, 40_000).astype(np.float32)
    path = write_encoded(tmp_path / "cut.flac", noise, container="flac", codec="flac")
    path.write_bytes(path.read_bytes()[:30_000])
    assert code(path) == "QA706"


@pytest.mark.parametrize("told", [16_000, 200_000, 0x7FFFFFF0])
def test_wav_whose_data_length_lies(tmp_path: Path, told: int) -> None:
    path = patch(write_wav(tmp_path / "lie.wav", tone(5.0)), 40, "<I", told)
    assert code(path) == "QA706"


def test_chunks_after_the_data_are_no_lie(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "tagged.wav", tone(1.0))
    path.write_bytes(path.read_bytes() + b"LIST\x00\x20\x00\x00" + b"INFO" + bytes(0x1FFC))
    assert load(path, SETTINGS).faults == ()


@pytest.mark.parametrize("told", [0, 0xFFFFFFFF])
def test_streamed_wav_that_tells_no_length(tmp_path: Path, told: int) -> None:
    path = patch(write_wav(tmp_path / "streamed.wav", tone(3.0)), 40, "<I", told)
    sound = load(path, SETTINGS)
    assert sound.duration_s == pytest.approx(3.0, abs=0.05)
    assert "QA755" in sound.faults


def test_header_of_one_hz(tmp_path: Path) -> None:
    path = patch(write_wav(tmp_path / "one.wav", tone(2.0)), 24, "<I", 1)
    assert code(path) == "QA709"


def test_three_channels(tmp_path: Path) -> None:
    assert code(write_wav(tmp_path / "three.wav", tone(1), tone(1), tone(1))) == "QA708"


def test_too_long(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "long.wav", tone(5.0))
    assert code(path, TranscribeSettings(max_duration_s=3.0)) == "QA707"
    assert code(path, TranscribeSettings(max_duration_s=4.5)) == "QA707"


def test_decoder_out_of_memory(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1.0))
    assert code(path, TranscribeSettings(decode_memory_bytes=3 << 25)) == "QA711"


def test_decoder_out_of_time(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(120.0))
    assert code(path, TranscribeSettings(decode_wall_s=0.001)) == "QA712"


def test_an_hour_of_silence_is_told_quickly(tmp_path: Path) -> None:
    path = tmp_path / "hour.flac"
    soundfile.write(path, np.zeros((3600 * 8000, 2), dtype=np.int16), 8000)
    started_s = time.monotonic()
    assert code(path) == "QA713"
    assert time.monotonic() - started_s < 10


def test_wrong_extension_is_read_by_content(tmp_path: Path) -> None:
    made = write_encoded(
        tmp_path / "call.wav", tone(2.0, rate_hz=16000), container="mp3", codec="libmp3lame",
        rate_hz=16000,
    )  # fmt: skip
    assert load(made, SETTINGS).faults == ("QA754",)


def test_dead_channel(tmp_path: Path) -> None:
    sound = load(write_wav(tmp_path / "a.wav", tone(1.0), silence(1.0)), SETTINGS)
    assert sound.faults == ("QA751",)
    assert len(sound.samples) == 2


def test_two_equal_channels_are_one(tmp_path: Path) -> None:
    sound = load(write_wav(tmp_path / "a.wav", tone(1.0), tone(1.0)), SETTINGS)
    assert sound.faults == ("QA752",)
    assert len(sound.samples) == 1
    assert sound.source_channels == 2


def test_two_channels_of_one_sound_at_two_levels_are_one(tmp_path: Path) -> None:
    speech = np.random.default_rng(2).normal(0, 0.1, 16_000).astype(np.float32).clip(-0.9, 0.9)
    other = np.random.default_rng(3).normal(0, 0.1, 16_000).astype(np.float32).clip(-0.9, 0.9)
    soft = load(write_wav(tmp_path / "a.wav", speech, 0.3 * speech + 0.01 * other), SETTINGS)
    assert (soft.faults, len(soft.samples)) == (("QA752",), 1)
    mixed = load(write_wav(tmp_path / "b.wav", speech, 0.3 * speech + 0.1 * other), SETTINGS)
    assert (mixed.faults, len(mixed.samples)) == ((), 2)


def test_clipping(tmp_path: Path) -> None:
    loud = np.clip(tone(1.0, peak=3.0), -1, 1)
    assert load(write_wav(tmp_path / "a.wav", loud), SETTINGS).faults == ("QA753",)


def test_damaged_middle(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).uniform(-0.3, 0.3, 80_000).astype(np.float32)
    path = write_encoded(
        tmp_path / "a.mp3", noise, container="mp3", codec="libmp3lame", rate_hz=16000
    )
    content = bytearray(path.read_bytes())
    content[8000:9000] = bytes(1000)
    path.write_bytes(content)
    assert "QA756" in load(path, SETTINGS).faults


def test_probe_tells_without_decoding(tmp_path: Path) -> None:
    seen = probe(write_wav(tmp_path / "a.wav", tone(3.0), tone(3.0)), SETTINGS)
    assert (seen.channels, seen.source_rate_hz, seen.format) == (2, 8000, "wav")
    assert seen.duration_s == pytest.approx(3.0)


def test_two_mono_files_are_one_call(tmp_path: Path) -> None:
    left = write_wav(tmp_path / "l.wav", tone(2.0, peak=0.3))
    right = write_wav(tmp_path / "r.wav", tone(1.5, peak=0.1))
    sound = load_pair(left, right, SETTINGS)
    assert sound.samples.shape == (2, 32_000)
    assert sound.faults == ()
    assert loudest_dbfs(sound.samples[0]) == pytest.approx(-13.5, abs=0.5)
    assert loudest_dbfs(sound.samples[1]) == pytest.approx(-23.0, abs=0.5)
    assert not sound.samples[1, 24_500:].any()


def test_two_mono_files_of_other_lengths(tmp_path: Path) -> None:
    left = write_wav(tmp_path / "l.wav", tone(5.0))
    right = write_wav(tmp_path / "r.wav", tone(1.5, hz=300))
    assert load_pair(left, right, SETTINGS).faults == ("QA758",)


def test_a_silent_side(tmp_path: Path) -> None:
    left, quiet = write_wav(tmp_path / "l.wav", tone(2)), write_wav(tmp_path / "r.wav", silence(2))
    assert load_pair(left, quiet, SETTINGS).faults == ("QA751",)
    with pytest.raises(CodedError) as caught:
        load_pair(quiet, quiet, SETTINGS)
    assert caught.value.code == "QA713"


def test_a_side_that_holds_both(tmp_path: Path) -> None:
    left = write_wav(tmp_path / "l.wav", tone(1.0))
    both = write_wav(tmp_path / "b.wav", tone(1.0), tone(1.0))
    with pytest.raises(CodedError) as caught:
        load_pair(left, both, SETTINGS)
    assert (caught.value.code, caught.value.place) == ("QA718", str(both))
