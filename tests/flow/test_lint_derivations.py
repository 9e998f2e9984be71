"""What the lint says of derivations, and where it stays quiet."""

from pathlib import Path

import pytest

from qa.domain.packs import Packs
from qa.errors import text_of
from qa.flow.lint import Lint, lint
from qa.flow.shipped import shipped_root
from qa.packs.load import load_packs
from qa.packs.one_file import with_file

HEAD = """\
derive:
  - id: a_chain
    title: {zh: 标题, en: Title}
    why: {zh: 因为, en: Because}
"""
COMPLAINS = "complains: {says: {speaker: customer, words: complaint}}"


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(shipped_root())


def linted(packs: Packs, tmp_path: Path, body: str) -> tuple[Lint, ...]:
    path = tmp_path / "derive.yaml"
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    path.write_text(HEAD + lines, "utf-8")
    return lint(with_file(packs, path, "en", name="derive.yaml").packs, ("derive.yaml",))


@pytest.mark.parametrize(
    ("body", "code", "severity", "said"),
    [
        (
            "kind: risk\nwhen: {faults: {rules: [OPEN-001, HOLD-002], at_least: 3}}",
            "QA270", "error", "asks for 3 and counts 2 rules only",
        ),
        (
            f"kind: riks\nconditions:\n  {COMPLAINS}\nwhen: complains",
            "QA270", "warning", "there is risk, spelled nearly the same",
        ),
        (
            f"kind: never\nconditions:\n  {COMPLAINS}\nwhen: {{all: [complains, "
            "{not: complains}]}",
            "QA263", "error", "it never follows",
        ),
        (
            "kind: hello\nconditions:\n  hi: {says: {speaker: customer, phrases: [ok]}}\nwhen: hi",
            "QA269", "warning", "shorter than 4 characters",
        ),
        (
            "kind: pacing\nconditions:\n  pace: {pace: {speaker: csr, above_per_min: 100, "
            "below_per_min: 200}}\nwhen: pace",
            "QA261", "error", "every pace is above 100 or below 200",
        ),
    ],
)  # fmt: skip
def test_a_faulty_derivation(
    packs: Packs, tmp_path: Path, body: str, code: str, severity: str, said: str
) -> None:
    found = linted(packs, tmp_path, body)
    assert [(one.error.code, one.severity) for one in found] == [(code, severity)]
    assert said in text_of(found[0].error).en
    assert found[0].error.place.startswith("derive.yaml:")


def test_a_waiver_of_a_rule_on_no_form(packs: Packs, tmp_path: Path) -> None:
    body = f"waives: [OPEN-001]\nconditions:\n  {COMPLAINS}\nwhen: complains"
    assert linted(packs, tmp_path, body) == ()
    bare = packs.model_copy(update={"scorecards": ()})
    (found,) = linted(bare, tmp_path, body)
    assert (found.error.code, found.severity) == ("QA270", "warning")
    assert "waives the rule OPEN-001, which no scorecard names" in text_of(found.error).en


@pytest.mark.parametrize(
    "body",
    [
        f"kind: risk\nconditions:\n  {COMPLAINS}\nwhen: complains",
        f"kind: mood_of_its_own\neach: complains\nconditions:\n  {COMPLAINS}\nwhen: complains",
        "kind: needs_coaching\nwhen: {faults: {rules: [OPEN-001, HOLD-002], at_least: 2}}",
    ],
)
def test_a_sound_derivation_is_let_be(packs: Packs, tmp_path: Path, body: str) -> None:
    assert linted(packs, tmp_path, body) == ()
