"""Skeletons pass their own check in both languages."""

from pathlib import Path

import pytest

from qa.domain.packs import Packs
from qa.domain.rules import AREAS
from qa.flow.check_file import check_file
from qa.flow.shipped import shipped_root
from qa.flow.skeletons import new_rule, new_scorecard
from qa.packs.load import load_packs
from transcribe.errors import CodedError
from transcribe.transcript import Language

ROOT = shipped_root()


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(ROOT)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("area", AREAS)
def test_a_new_rule_passes(packs: Packs, tmp_path: Path, area: str, language: Language) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(new_rule(area, language, packs), "utf-8")
    one, checked = check_file(path, packs, root=ROOT, language=language)
    assert checked.warnings == ()
    assert checked.cases == 2
    assert one.rules[0].id.startswith(f"{area}-")
    assert one.rules[0].id not in {rule.id for rule in packs.rules}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_scorecard_passes(packs: Packs, tmp_path: Path, language: Language) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(new_scorecard(language, packs), "utf-8")
    one, checked = check_file(path, packs, root=ROOT, language=None)
    assert checked.warnings == ()
    assert one.scorecard is not None
    assert one.scorecard.language == language


def test_an_unknown_area_is_told(packs: Packs) -> None:
    with pytest.raises(CodedError) as caught:
        new_rule("MANNERS", "en", packs)
    assert caught.value.code == "QA870"
    assert "COU" in str(caught.value.values["options"])
