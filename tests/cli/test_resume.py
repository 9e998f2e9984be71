"""A run that is killed and started again redoes at most the calls in hand; the real commands.

The words come from transcripts beside the recordings, so no model is needed; decoding, voice
detection, worker processes and the store are the real ones.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.cli.commands import ROOT, qa
from transcribe.audio import load, write_flac
from transcribe.decoding import RATE_HZ
from transcribe.settings import TranscribeSettings

CALLS = 14
WORDS = "1\n00:00:00,500 --> 00:00:04,000\n0: {said}\n"


@pytest.fixture(scope="module")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that reads transcripts beside its recordings: slices of a demo call."""
    folder = tmp_path_factory.mktemp("resume") / "site"
    assert qa("init", folder, cwd=folder.parent).status == 0
    settings = folder / "settings.yaml"
    changed = settings.read_text("utf-8").replace("recogniser: whisper", "recogniser: sidecar")
    settings.write_text(changed, "utf-8")
    sound = load(ROOT / "demo/recordings/en-04.opus", TranscribeSettings()).samples
    for number in range(CALLS):
        start = number * 8 * RATE_HZ
        path = folder / "recordings" / f"c{number:02}.flac"
        write_flac(path, np.ascontiguousarray(sound[:, start : start + 20 * RATE_HZ]))
        said = f"Hello, this is Ann of call {number}, how can I help you today?"
        path.with_suffix(".srt").write_text(WORDS.format(said=said), "utf-8")
    return folder


def kept(site: Path) -> int:
    """How many transcripts the store holds."""
    if not (site / "qa.sqlite").is_file():
        return 0
    with closing(sqlite3.connect(site / "qa.sqlite")) as base:
        try:
            return int(base.execute("select count(*) from transcript").fetchone()[0])
        except sqlite3.OperationalError:  # the tables are being made
            return 0


def start(site: Path, workers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "qa", "run", "recordings", "--workers", str(workers)]
    return subprocess.Popen(
        [*command, "--channels", "csr,customer", "--json"], cwd=site,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.slow
def test_killed_at_random_and_started_again(shipped_site: Path) -> None:
    chance = random.Random(11)
    workers = 2
    done = kills = 0
    while kills < 4:
        aim = min(CALLS - 2, done + chance.randint(1, 3))
        run = start(shipped_site, workers)
        for _ in range(1200):
            if kept(shipped_site) >= aim or run.poll() is not None:
                break
            time.sleep(chance.uniform(0.01, 0.05))
        assert run.poll() is None, "the run ended before it could be killed"
        os.kill(run.pid, signal.SIGKILL)  # the main process alone; its workers must follow
        run.wait()
        after = kept(shipped_site)
        assert after >= done  # what was kept stays kept
        done, kills = after, kills + 1
    before = kept(shipped_site)
    last = qa(
        "run", "recordings", "--workers", str(workers), "--channels", "csr,customer", "--json",
        cwd=shipped_site,
    )  # fmt: skip
    assert last.status == 0, last.err
    counts = json.loads(last.out.splitlines()[-1])
    assert counts["transcribed"] == CALLS - before  # nothing that was kept was heard again
    assert counts["failed"] == 0
    assert kept(shipped_site) == CALLS
    again = qa("run", "recordings", "--channels", "csr,customer", "--json", cwd=shipped_site)
    counts = json.loads(again.out.splitlines()[-1])
    assert (counts["transcribed"], counts["unchanged"]) == (0, CALLS)


@pytest.mark.slow
def test_a_bar_is_for_terminals_only(shipped_site: Path) -> None:
    ran = qa("run", "recordings", "--channels", "csr,customer", "--json", cwd=shipped_site)
    assert ran.err == ""
    assert [json.loads(line) for line in ran.out.splitlines()]
