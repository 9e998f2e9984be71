"""Recordings that would mislead: what is wrong is said, and the call is not graded.

Transcripts beside the recordings give the words, so no model is needed.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.commands import ROOT, qa
from transcribe.audio import load, write_flac
from transcribe.decoding import RATE_HZ
from transcribe.settings import TranscribeSettings

CUE = "1\n00:00:00,500 --> 00:00:{end}\n{channel}: {said}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One call with a dead channel, one of two files that differ in length, one cut short."""
    folder = tmp_path_factory.mktemp("faults") / "site"
    assert qa("init", folder, cwd=folder.parent).status == 0
    settings = folder / "settings.yaml"
    text = settings.read_text("utf-8").replace("recogniser: whisper", "recogniser: sidecar")
    settings.write_text(text, "utf-8")
    sound = load(ROOT / "demo/recordings/en-04.opus", TranscribeSettings()).samples
    recordings = folder / "recordings"

    def write(name: str, samples: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> None:
        write_flac(recordings / f"{name}.flac", np.ascontiguousarray(samples))
        cue = CUE.format(end="09,000", channel=0, said="Hello, this is Ann, how may I help you?")
        (recordings / f"{name}.srt").write_text(cue, "utf-8")

    dead = sound[:, : 40 * RATE_HZ].copy()
    dead[1] = 0
    write("dead", dead)
    write("left", sound[:1, : 40 * RATE_HZ])
    write_flac(recordings / "right.flac", np.ascontiguousarray(sound[1:, : 30 * RATE_HZ]))
    write("cut", sound[:, : 40 * RATE_HZ])
    cut = recordings / "cut.flac"
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    (folder / "calls.csv").write_text(
        "call_id,csr_id,file,channels,started_at\n"
        'dead,c1,dead.flac,"csr,customer",2024-05-01 10:00\n'
        'apart,c1,left.flac + right.flac,"csr,customer",2024-05-01 10:10\n'
        'cut,c1,cut.flac,"csr,customer",2024-05-01 10:20\n',
        "utf-8",
    )
    return folder


@pytest.mark.slow
def test_what_would_mislead_is_not_graded(site: Path) -> None:
    imported = qa("import", "calls.csv", cwd=site)
    assert imported.status == 0, imported.err + imported.out
    ran = qa("run", "--json", cwd=site)
    counts = json.loads(ran.out.splitlines()[-1])
    assert (counts["graded"], counts["ungradable"], counts["failed"]) == (0, 2, 1), ran.out
    for call, en, zh in (
        ("dead", "only one side was recorded", "只录到一方"),
        ("apart", "export files that begin together", "请导出同时开始的文件"),
        ("cut", "QA706", "QA706"),
    ):
        shown = qa("show", call, cwd=site)
        assert en in shown.out + shown.err
        shown = qa("show", call, cwd=site, lang="zh")
        assert zh in shown.out + shown.err


@pytest.mark.slow
def test_faults_stand_below_the_transcript(site: Path) -> None:
    place = "recordings/dead.flac"
    shown = qa("transcribe", place, "--channels", "csr,customer", cwd=site)
    assert "[QA751] One channel is silent throughout" in shown.out, shown.out + shown.err
