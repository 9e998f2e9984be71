"""Calls whose words are known, and how what was heard compares with them."""

import csv
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jiwer

from qa.domain.script import read_script
from transcribe.normalised import normalised
from transcribe.transcript import Language, Speaker, Transcript

ROOT = Path(__file__).resolve().parents[1]
DEMO, SYNTH = ROOT / "demo", ROOT.parent / "shared" / "data" / "calls_synth"


@dataclass(frozen=True)
class KnownCall:
    """A two-channel recording with what each channel says, in order."""

    id: str
    path: Path
    language: Language
    roles: tuple[Speaker, ...]
    said: tuple[tuple[str, ...], ...]


@dataclass
class Errors:
    """Wrong, missing and added words (characters in Mandarin) of `said` ones."""

    wrong: int = 0
    said: int = 0

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(self.wrong + other.wrong, self.said + other.said)

    @property
    def share(self) -> float:
        return self.wrong / self.said if self.said else float("nan")


def known_calls(folders: Sequence[Path] = ()) -> list[KnownCall]:
    """The calls of folders with NAME.truth.json, or with scripts/, recordings/ and calls.csv.

    Without folders: those of the shared synthetic calls, if they are here, and the demo's.
    """
    found: list[KnownCall] = []
    for folder in folders or [f for f in (SYNTH, DEMO) if f.is_dir()]:
        found += [_of_truth(path) for path in sorted(folder.glob("*.truth.json"))]
        scripts = sorted((folder / "scripts").glob("*.call"))
        if scripts:
            with (folder / "calls.csv").open(encoding="utf-8-sig", newline="") as file:
                rows = {row["call_id"]: row for row in csv.DictReader(file)}
            found += [_of_script(path, rows[path.stem], folder) for path in scripts]
    return found


def _of_truth(path: Path) -> KnownCall:
    truth = json.loads(path.read_text("utf-8"))
    roles: list[Speaker] = ["csr", "customer"]
    roles.sort(key=lambda role: truth["channels"][role])
    return KnownCall(
        truth["id"],
        path.with_name(f"{truth['id']}.flac"),
        truth["language"],
        tuple(roles),
        tuple(tuple(t["text"] for t in truth["turns"] if t["role"] == role) for role in roles),
    )


def _of_script(path: Path, row: dict[str, str], folder: Path) -> KnownCall:
    transcript = read_script(path.read_text("utf-8"), name=path.name).transcript
    roles: list[Speaker] = ["csr", "customer"]
    roles.sort(key=row["channels"].split(",").index)
    return KnownCall(
        path.stem,
        folder / "recordings" / row["file"],
        transcript.language,
        tuple(roles),
        tuple(tuple(t.text for t in transcript.turns if t.speaker == role) for role in roles),
    )


def plain(text: str, language: Language) -> list[str]:
    """What is compared: letters and single digits, one token a character in Mandarin.

    Numbers are written with digits first, so that 三百 and 300, or "eighty-five dollars" and $85,
    are the same; that holds for what was said and for whatever any recogniser heard.
    """
    text = unicodedata.normalize("NFKC", normalised(text, language).text).lower()
    if language == "zh":
        return re.findall(r"\w", re.sub(r"(?<=\d)(?:块钱|块|元钱)", "元", text))
    text = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(r"\bdollars?\b|(?<=\d),(?=\d{3})", "", text)
    return re.findall(r"\d|[^\W\d]+", text.replace("'", "").replace("’", "").replace("-", " "))


def texts_of(made: Transcript) -> dict[int, str]:
    """All that was heard on each channel."""
    return {
        at: " ".join(turn.text for turn in made.turns if turn.channel == at)
        for at in range(made.channels)
    }


def errors_of(call: KnownCall, heard: dict[int, str]) -> Errors:
    """How far what was heard of both channels is from what was said."""
    total = Errors()
    for at, said in enumerate(call.said):
        wanted, got = plain(" ".join(said), call.language), plain(heard.get(at, ""), call.language)
        made = jiwer.process_words(" ".join(wanted), " ".join(got))
        wrong = made.substitutions + made.deletions + made.insertions
        total += Errors(wrong, len(wanted))
    return total


def right_tokens(said: Sequence[str], heard: Sequence[str]) -> list[bool]:
    """For each heard token, whether the best alignment finds it said."""
    right = [False] * len(heard)
    made = jiwer.process_words(" ".join(said), " ".join(heard))
    for chunk in made.alignments[0]:
        if chunk.type == "equal":
            right[chunk.hyp_start_idx : chunk.hyp_end_idx] = [True] * (
                chunk.hyp_end_idx - chunk.hyp_start_idx
            )
    return right
