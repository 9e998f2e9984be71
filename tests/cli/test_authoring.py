"""`qa check`, `qa explain`, `qa doctor`."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.commands import ROOT, qa


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the shipped packs to spoil."""
    for name in ("rules", "scorecards"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_shipped_packs_are_well(tmp_path: Path) -> None:
    ran = qa("check", "--json", cwd=tmp_path)
    (line,) = ran.lines
    assert (ran.status, line["errors"]) == (0, [])
    assert line["checked"]["cases"] > 100
    assert "All is well" in qa("check", cwd=tmp_path).out


def test_every_error_has_its_place_the_options_and_the_cure(packs: Path) -> None:
    rules = packs / "rules/en/opening.yaml"
    text = rules.read_text("utf-8")
    spoiled = text.replace("    status: live\n    says:", "    statsu: live\n    sayz:", 1)
    rules.write_text(spoiled, "utf-8")
    card = packs / "scorecards/zh/inbound.yaml"
    card.write_text(card.read_text("utf-8").replace('points: "15"', 'points: "14"', 1), "utf-8")
    ran = qa("check", "rules", "--json", cwd=packs)
    assert ran.status == 1
    errors = {error["code"]: error for error in ran.lines[0]["errors"]}
    assert errors["QA234"]["place"].startswith("scorecards/zh/inbound.yaml:")
    assert "14" not in errors["QA234"]["place"]
    assert "99" in errors["QA234"]["text"]["en"]
    assert any(place["place"].startswith("rules/en/opening.yaml:") for place in errors.values())
    shown = qa("check", "rules", cwd=packs, lang="zh")
    assert "rules/en/opening.yaml:" in shown.err
    assert "处错误" in shown.err


@pytest.mark.parametrize(
    ("subject", "word"),
    [
        ("OPEN-001", "greeting"),
        ("ID-1", "verification"),
        ("says", "speaker"),
        ("QA220", "condition"),
    ],
)
def test_explain_knows_rules_items_operators_and_errors(
    tmp_path: Path, subject: str, word: str
) -> None:
    ran = qa("explain", subject, cwd=tmp_path)
    assert (ran.status, word in ran.out) == (0, True)


def test_explain_names_what_it_knows(tmp_path: Path) -> None:
    ran = qa("explain", "NOPE-1", cwd=tmp_path)
    assert (ran.status, "[QA110]" in ran.err, "OPEN-001" in ran.err) == (2, True, True)


@pytest.mark.model
def test_doctor_looks_at_every_part(tmp_path: Path) -> None:
    ran = qa("doctor", "--json", cwd=tmp_path)
    looks = {look["what"]["en"]: look["state"] for look in json.loads(ran.out)}
    assert ran.status == 0
    assert looks["durable-rules"] == looks["model weights"] == looks["packs"] == "good"
    assert looks["site"] == "note"
