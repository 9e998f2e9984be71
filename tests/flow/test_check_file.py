"""One file of rules, words or a scorecard, checked among packs that are there already."""

from pathlib import Path

import pytest

from qa.domain.packs import Packs
from qa.flow.check_file import check_file, language_of
from qa.flow.shipped import shipped_root
from qa.flow.skeletons import new_rule
from qa.packs.load import load_packs
from qa.packs.one_file import with_file
from transcribe.errors import CodedError, CodedErrors
from transcribe.transcript import Language

ROOT = shipped_root()


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(ROOT)


def codes(packs: Packs, path: Path, language: Language | None) -> set[str]:
    try:
        check_file(path, packs, root=ROOT, language=language)
    except CodedErrors as error:
        return {one.code for one in error.errors}
    except CodedError as error:
        return {error.code}
    return set()


def test_the_folder_says_the_language(tmp_path: Path) -> None:
    assert language_of(tmp_path / "zh" / "a.yaml") == "zh"
    assert language_of(tmp_path / "zh" / "a.yaml", "en") == "en"
    assert language_of(Path("/somewhere/a.yaml"), "auto") is None


@pytest.mark.parametrize(
    ("shipped", "rules", "cases"),
    [("rules/zh/hold.yaml", 3, 19), ("rules/words/zh/thanks.yaml", 0, 0)],
)
def test_shipped_files_pass_alone(packs: Packs, shipped: str, rules: int, cases: int) -> None:
    one, checked = check_file(ROOT / shipped, packs, root=ROOT, language="zh")
    assert (checked.rules, checked.cases) == (rules, cases)
    assert checked.quiet_calls >= 15
    assert one.packs.rules == packs.rules or one.kind == "rules"
    assert [p.digest for p in one.packs.patterns] == [p.digest for p in packs.patterns]


def test_a_scorecard_passes_alone(packs: Packs) -> None:
    path = ROOT / "scorecards/zh/inbound.yaml"
    one, checked = check_file(path, packs, root=ROOT, language=None)
    assert (one.kind, checked.scorecards) == ("scorecard", 1)


def test_what_is_wrong_is_told(packs: Packs, tmp_path: Path) -> None:
    hold = (ROOT / "rules/en/hold.yaml").read_text("utf-8")
    path = tmp_path / "hold.yaml"
    path.write_text(hold, "utf-8")
    assert codes(packs, path, None) == {"QA257"}
    path.write_text(hold.replace("words: hold_thanks", "words: hold_thank"), "utf-8")
    assert codes(packs, path, "en") == {"QA237"}
    path.write_text(hold.replace("expect: not_met", "expect: met", 1), "utf-8")
    assert "QA250" in codes(packs, path, "en")
    path.write_text(hold.replace("within_s: 15", "within_s: 0.1"), "utf-8")
    assert "QA250" in codes(packs, path, "en")
    path.write_text(hold.replace("hold: {min_s: 3}", "holds: {min_s: 3}"), "utf-8")
    assert "QA330" in codes(packs, path, "en")
    path.write_text("courses: []\n", "utf-8")
    assert codes(packs, path, "en") == {"QA213"}


def test_a_failing_case_is_told_with_what_the_lint_says_of_its_condition(
    packs: Packs, tmp_path: Path
) -> None:
    path = tmp_path / "vague.yaml"
    rule = new_rule("OPEN", "en", packs)
    path.write_text(rule.replace("[to keep your account safe]", "[can]"), "utf-8")
    assert {"QA250", "QA269"} <= codes(packs, path, "en")


def test_a_word_list_is_held_to_the_quiet_set(packs: Packs, tmp_path: Path) -> None:
    path = tmp_path / "forbidden.yaml"
    text = (ROOT / "rules/words/en/forbidden.yaml").read_text("utf-8")
    path.write_text(text.replace("phrases:\n", "phrases:\n  - good morning\n", 1), "utf-8")
    assert codes(packs, path, "en") == {"QA253"}


def test_a_scorecard_that_names_what_is_not_there(packs: Packs, tmp_path: Path) -> None:
    path = tmp_path / "card.yaml"
    text = (ROOT / "scorecards/en/inbound.yaml").read_text("utf-8")
    path.write_text(text.replace('"OPEN-001"', '"OPEN-777"'), "utf-8")
    with pytest.raises(CodedErrors, match="QA231"):
        with_file(packs, path, None)
