"""Every format of call recorders that we read, a file of each, and the page that says so.

`python -m tests.transcribe.formats docs/formats.md` writes the page; a test compares it.
"""

import random
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple, Protocol

import soundfile

from tests.transcribe.sounds import tone, write_encoded
from transcribe.audio import load, probe
from transcribe.decoding import HEADERLESS

SECONDS = 2.0


class Make(Protocol):
    def __call__(self, path: Path, seconds: float = SECONDS) -> object:
        """Writes a file of that length."""


class Format(NamedTuple):
    """One row: what it is called, who writes it, a file's name, how one is made.

    noise: the encoder is not at hand; frames of the right shape hold random bits.
    """

    name: str
    written_by: str
    file: str
    make: Make
    noise: bool = False


def _av(
    codec: str,
    container: str,
    rate_hz: int = 8000,
    *,
    channels: int = 1,
    bit_rate: int | None = None,
    picture: bool = False,
) -> Make:
    def make(path: Path, seconds: float = SECONDS) -> object:
        sides = [tone(seconds, rate_hz=rate_hz, hz=300 + 200 * at) for at in range(channels)]
        return write_encoded(
            path, *sides, codec=codec, container=container, rate_hz=rate_hz,
            bit_rate=bit_rate, picture=picture,
        )  # fmt: skip

    return make


def _sf(container: str, subtype: str, rate_hz: int = 8000, **more: str) -> Make:
    def make(path: Path, seconds: float = SECONDS) -> object:
        sound = tone(seconds, rate_hz=rate_hz)
        return soundfile.write(path, sound, rate_hz, format=container, subtype=subtype, **more)

    return make


def _frames(head: bytes, each: bytes, size: int, count: int) -> Make:
    chance = random.Random(1)

    def make(path: Path, seconds: float = SECONDS) -> object:
        more = round(count * seconds / SECONDS)
        return path.write_bytes(head + b"".join(each + chance.randbytes(size) for _ in range(more)))

    return make


FORMATS = (
    Format("WAV, PCM 8 bit", "old loggers", "a.wav", _av("pcm_u8", "wav")),
    Format("WAV, PCM 16 bit, two channels", "most recorders", "a.wav",
           _av("pcm_s16le", "wav", channels=2)),
    Format("WAV, PCM 24 bit", "studio exports", "a.wav", _av("pcm_s24le", "wav", 44100)),
    Format("WAV, PCM 32 bit", "studio exports", "a.wav", _av("pcm_s32le", "wav", 22050)),
    Format("WAV, float 32 bit", "audio editors", "a.wav", _av("pcm_f32le", "wav", 48000)),
    Format("WAV, float 64 bit", "audio editors", "a.wav", _av("pcm_f64le", "wav", 11025)),
    Format("WAV, A-law, two channels", "PBX (Europe, China)", "a.wav",
           _av("pcm_alaw", "wav", channels=2)),
    Format("WAV, mu-law, two channels", "PBX (North America, Japan)", "a.wav",
           _av("pcm_mulaw", "wav", channels=2)),
    Format("WAV, IMA ADPCM", "PBX", "a.wav", _av("adpcm_ima_wav", "wav", channels=2)),
    Format("WAV, MS ADPCM", "Windows recorders", "a.wav", _av("adpcm_ms", "wav")),
    Format("WAV, Yamaha ADPCM", "voice boards", "a.wav", _av("adpcm_yamaha", "wav")),
    Format("WAV, G.722", "wideband SIP", "a.wav", _av("g722", "wav", 16000)),
    Format("WAV, G.726", "loggers", "a.wav", _av("g726", "wav")),
    Format("WAV, G.721 (G.726 at 32 kbit/s)", "loggers", "a.wav", _sf("WAV", "G721_32")),
    Format("WAV, G.723.1", "loggers", "a.wav", _av("g723_1", "wav", bit_rate=6300)),
    Format("WAV, GSM 6.10", "Windows recorders, Asterisk wav49", "a.wav", _sf("WAV", "GSM610")),
    Format("WAV, extensible header", "Windows recorders", "a.wav", _sf("WAVEX", "PCM_16")),
    Format("RF64", "recorders with files over 4 GB", "a.rf64", _sf("RF64", "PCM_16")),
    Format("W64", "recorders with files over 4 GB", "a.w64", _sf("W64", "ULAW")),
    Format("MP3, constant rate", "cloud telephony", "a.mp3", _av("libmp3lame", "mp3", 8000)),
    Format("MP3, variable rate", "cloud telephony", "a.mp3",
           _sf("MP3", "MPEG_LAYER_III", 16000, bitrate_mode="VARIABLE")),
    Format("Ogg Opus, two channels", "WebRTC, cloud telephony", "a.opus",
           _av("libopus", "ogg", 48000, channels=2)),
    Format("Ogg Vorbis", "open-source PBX", "a.ogg", _sf("OGG", "VORBIS", 16000)),
    Format("FLAC, two channels", "archives", "a.flac", _av("flac", "flac", channels=2)),
    Format("AAC (ADTS)", "cloud telephony", "a.aac", _av("aac", "adts", 16000)),
    Format("M4A, AAC, two channels", "cloud telephony", "a.m4a",
           _av("aac", "mp4", 16000, channels=2)),
    Format("M4A, ALAC", "archives", "a.m4a", _av("alac", "mp4")),
    Format("AMR-NB", "mobile recorders", "a.amr", _av("libopencore_amrnb", "amr")),
    Format("3GP, AMR-NB", "mobile recorders", "a.3gp", _av("libopencore_amrnb", "3gp")),
    Format("AMR-WB", "mobile recorders (VoLTE)", "a.awb",
           _frames(b"#!AMR-WB\n", bytes([8 << 3 | 4]), 60, 100), noise=True),
    Format("WMA", "Windows recorders", "a.wma", _av("wmav2", "asf", 16000, bit_rate=32000)),
    Format("AIFF", "macOS", "a.aiff", _av("pcm_s16be", "aiff")),
    Format("AU, mu-law", "Sun, older PBX", "a.au", _av("pcm_mulaw", "au")),
    Format("CAF", "macOS, iOS", "a.caf", _av("pcm_s16le", "caf")),
    Format("VOC", "voice boards", "a.voc", _av("pcm_u8", "voc")),
    Format("NIST SPHERE, mu-law", "speech corpora", "a.sph", _sf("NIST", "ULAW")),
    Format("A-law without header", "Asterisk, gateways", "a.alaw", _av("pcm_alaw", "alaw")),
    Format("mu-law without header", "Asterisk, gateways", "a.ulaw", _av("pcm_mulaw", "mulaw")),
    Format("Signed linear without header", "Asterisk", "a.sln", _av("pcm_s16le", "s16le")),
    Format("G.722 without header", "Asterisk", "a.g722", _av("g722", "g722", 16000)),
    Format("GSM 6.10 without header", "Asterisk", "a.gsm",
           _sf("RAW", "GSM610", endian="LITTLE")),
    Format("G.729 without header", "Asterisk, gateways", "a.g729", _frames(b"", b"", 10, 200),
           noise=True),
    Format("Dialogic VOX (OKI ADPCM) without header", "IVR boards", "a.vox",
           _sf("RAW", "VOX_ADPCM")),
    Format("MP4 video, AAC", "video calls, screen recorders", "a.mp4",
           _av("aac", "mp4", 16000, picture=True)),
    Format("QuickTime video, AAC", "screen recorders", "a.mov",
           _av("aac", "mov", 16000, picture=True)),
    Format("Matroska video, Opus", "video calls", "a.mkv",
           _av("libopus", "matroska", 48000, channels=2, picture=True)),
    Format("WebM, Opus", "browsers", "a.webm", _av("libopus", "webm", 48000)),
    Format("AVI video, MP3", "screen recorders", "a.avi", _av("libmp3lame", "avi", 16000,
                                                               picture=True)),
    Format("FLV, AAC", "older video calls", "a.flv", _av("aac", "flv", 44100)),
    Format("MPEG transport stream, AAC", "streams", "a.ts", _av("aac", "mpegts", 16000)),
)  # fmt: skip

_HEAD = """\
# Recording formats / 录音格式

<!-- Made by `make docs`: a test writes a file of each row and reads it back. -->

Content decides, the extension does not; only files without a header are told by it. One or two
channels; more are refused by name (QA708). A file's own length is checked to 1 % where "exact"
says yes (QA706); elsewhere a wrong length is a recording fault (QA755). MP3 with an Info or Xing
frame, Ogg, CAF, AVI and WMA that break off are told by their own structure (QA706), M4A, MP4, MOV
and 3GP mostly cannot be opened (QA704). A file without a header, VOC, AAC (ADTS), AMR and MPEG
transport streams say nothing of their length: where one breaks off within a frame its last part
is damaged (QA756), else nobody can tell.

按内容识别，不看扩展名；只有没有文件头的格式才看扩展名。支持一或两个声道，更多会报 QA708。
“exact”为 yes 的格式，文件头长度与实际相差超过 1% 会报 QA706；其他格式记为录音缺陷（QA755）。
带 Info/Xing 帧的 MP3、Ogg、CAF、AVI、WMA 如果中途断掉，由文件自身结构发现（QA706）；
M4A、MP4、MOV、3GP 断掉后多半打不开（QA704）。没有文件头的格式、VOC、AAC（ADTS）、AMR、MPEG 传输流
不写长度：断在一帧之中记为损坏（QA756），否则无从发现。

| format | written by | extension | read as | rate, Hz | channels | exact |
|---|---|---|---|---|---|---|
"""
_TAIL = """
\\* No encoder at hand: the test's file has frames of the right shape with random bits.

Not read: Speex and G.728 were never tried; raw PCM without a header (`.pcm`, `.raw`) says neither
rate nor width, so it is refused (QA704): convert it to WAV.
未支持：Speex、G.728 没有试过；没有文件头的 PCM（`.pcm`、`.raw`）说不出采样率和位宽，会报 QA704，
请先转成 WAV。

Two mono files may make one call: write `left.wav + right.wav` in the `file` column (a space on
both sides of the plus), the first file is channel 0. 一通电话由两个单声道文件组成时，在 `file` 列写
`左.wav + 右.wav`（加号两边各一个空格），前者是声道 0。
"""
_STAR = " \\*"
_EXACT = ("wav", "w64", "flac", "aiff", "au", "nistsphere")


def page() -> str:
    """docs/formats.md, from files made now."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for at, one in enumerate(FORMATS):
            path = Path(folder) / f"{at}{Path(one.file).suffix}"
            one.make(path)
            seen, sound = probe(path), load(path)
            headerless = path.suffix in HEADERLESS
            rows.append(
                f"| {one.name}{_STAR if one.noise else ''} | {one.written_by} "
                f"| `{path.suffix}` | {seen.format.split(',')[0]} / {seen.codec} "
                f"| {seen.source_rate_hz} | {sound.source_channels} "
                f"| {'yes' if seen.format in _EXACT and not headerless else 'no'} |"
            )
    return _HEAD + "\n".join(rows) + "\n" + _TAIL


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
