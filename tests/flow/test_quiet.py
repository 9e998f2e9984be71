"""The quiet set: good calls stay good, and exceptions are named and needed."""

import shutil
from pathlib import Path

import pytest

from qa.domain.packs import Packs
from qa.flow.check import check
from qa.flow.quiet import read_quiet_sets, replay
from qa.flow.shipped import shipped_root
from qa.packs.load import load_packs
from transcribe.errors import CodedError, CodedErrors

RUDE = """\
quiet:
  calls:
    - name: rude
      trade: bank
      call: |
        00:01.0-00:03.0 csr: What?
        00:03.5-00:06.0 customer: When do you open?
        00:06.5-00:09.0 csr: Nine, and that is not my problem.
        00:10.0 -- hangup csr
"""
EXCEPTIONS = "  exceptions:\n"


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(shipped_root())


def quiet_codes(root: Path, packs: Packs, text: str) -> list[tuple[str, object]]:
    path = root / "rules" / "quiet" / "en.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    sets, errors = read_quiet_sets(root)
    found: list[CodedError] = [*errors, *(e for one in sets for e in replay(packs, one))]
    return [(error.code, error.values.get("rule")) for error in found]


def exception(rule: str, call: str = "rude") -> str:
    return (
        f'    - {{rule: {rule}, call: {call}, date: "2026-11-22", '
        "reason: {zh: 测试, en: a test}}\n"
    )


def test_the_shipped_sets_are_large_varied_and_quiet(packs: Packs) -> None:
    sets, errors = read_quiet_sets(shipped_root())
    assert errors == []
    assert {one.language for one in sets} == {"zh", "en"}
    for one in sets:
        assert len(one.calls) >= 15
        assert len({call.trade for call in one.calls}) >= 5
        assert len(one.exceptions) == 0
        assert replay(packs, one) == []


def test_a_bad_call_is_told_rule_by_rule(tmp_path: Path, packs: Packs) -> None:
    found = quiet_codes(tmp_path, packs, RUDE)
    assert ("QA253", "COU-001") in found
    assert ("QA253", "CLO-003") in found
    excused = RUDE + EXCEPTIONS + exception("COU-001")
    assert quiet_codes(tmp_path, packs, excused) == [one for one in found if one[1] != "COU-001"]


def test_only_some_rules_may_matter(tmp_path: Path, packs: Packs) -> None:
    quiet_codes(tmp_path, packs, RUDE)
    (one,) = read_quiet_sets(tmp_path)[0]
    assert [error.values["rule"] for error in replay(packs, one, ["CLO-003"])] == ["CLO-003"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RUDE + EXCEPTIONS + exception("HOLD-001"), "QA255"),
        (RUDE + EXCEPTIONS + exception("COU-001", "gone"), "QA255"),
        (RUDE.replace("00:01.0-00:03.0 csr", "00:01.0-00:03.0 boss"), "QA254"),
        (RUDE + RUDE.split("calls:\n")[1], "QA256"),
        ("quiet: []\n", "QA213"),
        (RUDE.replace("trade: bank", "trad: bank"), "QA210"),
    ],
)
def test_faults_of_the_set_itself(tmp_path: Path, packs: Packs, text: str, code: str) -> None:
    assert code in {found for found, _ in quiet_codes(tmp_path, packs, text)}


def test_check_holds_live_rules_to_it(tmp_path: Path) -> None:
    for folder in ("rules", "scorecards"):
        shutil.copytree(shipped_root() / folder, tmp_path / folder)
    _, checked = check(tmp_path)
    assert checked.quiet_calls >= 30
    assert {warning.code for warning in checked.warnings} <= {"QA265", "QA268"}
    (tmp_path / "rules/quiet/en.yaml").write_text(RUDE, "utf-8")
    with pytest.raises(CodedErrors, match="QA253"):
        check(tmp_path)
