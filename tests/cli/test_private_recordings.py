"""`original_recordings: delete`, by the real commands: the original goes, the rest stays usable.

Transcripts beside the recordings say what is private, so no model is needed.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.commands import ROOT, qa
from transcribe.audio import load, write_flac
from transcribe.decoding import RATE_HZ
from transcribe.settings import TranscribeSettings

CARD = "4111 1111 1111 1111"
SAID = "1\n00:00:{at} --> 00:00:{end}\n0: {said}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("private") / "site"
    assert qa("init", folder, cwd=folder.parent).status == 0
    settings = folder / "settings.yaml"
    text = settings.read_text("utf-8").replace("recogniser: whisper", "recogniser: sidecar")
    settings.write_text(
        text.replace("original_recordings: keep", "original_recordings: delete"), "utf-8"
    )
    sound = load(ROOT / "demo/recordings/en-04.opus", TranscribeSettings()).samples
    for name, said in (("card", f"My card number is {CARD}."), ("plain", "How may I help you?")):
        path = folder / "recordings" / f"{name}.flac"
        write_flac(path, np.ascontiguousarray(sound[:, : 20 * RATE_HZ]))
        cue = SAID.format(at="02,000", end="06,000", said=said)
        path.with_suffix(".srt").write_text(cue, "utf-8")
    return folder


def counts(site: Path) -> dict[str, int]:
    ran = qa("run", "recordings", "--channels", "csr,customer", "--json", cwd=site)
    assert ran.status == 0, ran.err
    assert "4111" not in ran.out + ran.err
    found: dict[str, int] = json.loads(ran.out.splitlines()[-1])
    return found


@pytest.mark.slow
def test_the_original_goes_and_its_copy_has_no_card(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = load(site / "recordings/card.flac", TranscribeSettings()).samples
    assert counts(site)["transcribed"] == 2
    assert not (site / "recordings/card.flac").exists()
    assert (site / "recordings/plain.flac").is_file()
    (copy,) = (site / ".qa/copies").iterdir()
    after = load(copy, TranscribeSettings()).samples
    card = slice(round(4.2 * RATE_HZ), round(5.5 * RATE_HZ))  # the number's share of the cue
    rest = slice(round(8 * RATE_HZ), round(18 * RATE_HZ))
    assert np.abs(after[:, rest] - before[:, rest]).max() < 0.001
    alike = np.corrcoef(after[0, card], before[0, card])[0, 1]
    assert abs(alike) < 0.2  # what was said there cannot be heard
    for path in site.rglob("*"):
        if path.is_file() and path.suffix not in (".srt", ".yaml"):
            assert CARD.replace(" ", "").encode() not in path.read_bytes().replace(b" ", b"")

    assert list(tmp_path.iterdir()) == []  # nothing is left where temporary files go

    again = counts(site)
    assert (again["transcribed"], again["graded"], again["failed"]) == (0, 0, 0)
    assert again["calls"] == 1  # of the folder; the deleted one is not in it
    every = qa("run", "--json", cwd=site)
    assert every.status == 0, every.err
    assert json.loads(every.out.splitlines()[-1])["unchanged"] == 2
    shown = qa("show", "card", cwd=site)
    assert "**** **** **** ****" in shown.out
