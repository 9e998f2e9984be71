"""Decoders that stay: each file in a fork of its own, whose end costs that file alone."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.transcribe.sounds import tone, write_wav
from transcribe import decoder_process
from transcribe.audio import load
from transcribe.decoder_process import DecoderProcess, end_decoders, put_back, taken
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings

SETTINGS = TranscribeSettings()
REAL = decoder_process.DECODER
# The real decoder, one function of which does something else.
DECODER_THAT = """
import importlib.util, os, time
spec = importlib.util.spec_from_file_location("real", {real!r})
real = importlib.util.module_from_spec(spec)
spec.loader.exec_module(real)
def decode(*_, **__):
    {does}
real.decode = decode
real.serve()
"""


@pytest.fixture(autouse=True)
def _own_decoders() -> Iterator[None]:
    end_decoders()
    yield
    end_decoders()


def children_of(process: int) -> list[str]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False
    )
    return listed.stdout.split()


def waiting() -> DecoderProcess:
    one = taken()
    put_back(one)
    return one


@pytest.mark.parametrize(
    ("does", "wanted"),
    [
        (f"os.kill(os.getpid(), {int(signal.SIGSEGV)})", "QA710"),
        (f"os.kill(os.getpid(), {int(signal.SIGXCPU)})", "QA712"),
        ("raise SystemExit('no report')", "QA710"),
        ("raise MemoryError", "QA711"),
        (f"os.kill(os.getppid(), {int(signal.SIGKILL)})", "QA712"),
    ],
    ids=["crash", "processor time", "no report", "memory", "the one that waits is killed"],
)
def test_a_decoder_that_dies_costs_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, wanted: str
) -> None:
    script = tmp_path / "decoder.py"
    script.write_text(DECODER_THAT.format(real=str(REAL), does=does))
    path = write_wav(tmp_path / "a.wav", tone(1.0))
    monkeypatch.setattr(decoder_process, "DECODER", script)
    with pytest.raises(CodedError) as caught:
        load(path, SETTINGS)
    assert caught.value.code == wanted
    end_decoders()
    monkeypatch.setattr(decoder_process, "DECODER", REAL)
    assert load(path, SETTINGS).duration_s == pytest.approx(1.0, abs=0.01)


def test_one_process_serves_many_files_each_in_its_own_fork(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1.0))
    one = waiting()
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    for _ in range(5):
        load(path, SETTINGS)
    assert waiting() is one
    if before:
        assert len(os.listdir("/proc/self/fd")) == before
    assert children_of(one._process.pid) == []


def test_a_file_after_a_time_out_is_read_by_a_fresh_process(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(120.0))
    one = waiting()
    with pytest.raises(CodedError) as caught:
        load(path, TranscribeSettings(decode_wall_s=0.001))
    assert caught.value.code == "QA712"
    assert not one.is_alive
    assert load(path, SETTINGS).duration_s == pytest.approx(120.0, abs=0.01)


def test_one_that_hangs_is_killed_with_its_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, mark = tmp_path / "decoder.py", tmp_path / "pid"
    does = f"open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    script.write_text(DECODER_THAT.format(real=str(REAL), does=does))
    monkeypatch.setattr(decoder_process, "DECODER", script)
    path = write_wav(tmp_path / "a.wav", tone(1.0))
    began_s = time.monotonic()
    with pytest.raises(CodedError) as caught:
        load(path, TranscribeSettings(decode_wall_s=2.0))
    assert caught.value.code == "QA712"
    assert time.monotonic() - began_s < 10
    assert mark.is_file()
    fork = int(mark.read_text())
    for _ in range(50):  # whoever takes over orphans may be slow to bury it
        if (
            not Path(f"/proc/{fork}/cmdline").exists()
            or not Path(f"/proc/{fork}/cmdline").read_bytes()
        ):
            break
        time.sleep(0.05)
    else:
        pytest.fail("the fork lives on")


def test_one_killed_while_it_waited_is_followed_by_another(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1.0))
    one = waiting()
    os.kill(one._process.pid, signal.SIGKILL)
    one._process.wait()
    assert load(path, SETTINGS).duration_s == pytest.approx(1.0, abs=0.01)
    assert waiting() is not one


def test_threads_do_not_share_one(tmp_path: Path) -> None:
    paths = [write_wav(tmp_path / f"{n}.wav", tone(1.0 + n)) for n in range(4)]
    heard: dict[int, float] = {}

    def read(number: int) -> None:
        for _ in range(3):
            heard[number] = load(paths[number], SETTINGS).duration_s

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [round(heard[n], 1) for n in range(4)] == [1.0, 2.0, 3.0, 4.0]


def test_none_outlives_a_killed_owner(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1.0))
    script = (
        "import sys, time\n"
        "from transcribe.audio import load\n"
        "from transcribe.decoder_process import taken\n"
        "from transcribe.settings import TranscribeSettings\n"
        f"load({str(path)!r}, TranscribeSettings())\n"
        "print(taken()._process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as it:
        assert it.stdout is not None
        decoder = int(it.stdout.readline())
        it.kill()
        it.wait()
    for _ in range(100):
        command = Path(f"/proc/{decoder}/cmdline")
        if not command.exists() or not command.read_bytes():
            return
        time.sleep(0.05)
    pytest.fail("the decoder lives on")
