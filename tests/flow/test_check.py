"""`qa check`: cases that do not hold, are missing or cannot be read."""

from pathlib import Path

import pytest

from qa.errors import CATALOGUE
from qa.flow.check import check
from qa.flow.shipped import shipped_root
from tests.packs.folders import RULE, SCORECARD, WORDS, site
from transcribe.errors import CodedErrors

MET = '      - {name: greets, expect: met, call: "00:01.0 csr: hello"}\n'
NOT_MET = '      - {name: silent, expect: not_met, call: "00:01.0 csr: what"}\n'
SOUND = RULE + "    cases:\n" + MET + NOT_MET
BY_BOTH = SCORECARD.replace("skill: opening", "skill: opening\n          by: both")


def faults(root: Path, **changed: str) -> list[tuple[str, str]]:
    try:
        check(site(root, **{"opening": SOUND, **changed}))
    except CodedErrors as error:
        for one in error.errors:
            assert one.text("zh", CATALOGUE) != one.text("en", CATALOGUE)
        return [(one.code, one.place) for one in error.errors]
    return []


def test_sound_packs_are_counted(tmp_path: Path) -> None:
    packs, checked = check(site(tmp_path, opening=SOUND))
    assert (checked.rules, checked.cases, checked.word_lists) == (1, 2, 1)
    assert (checked.scorecards, checked.courses, checked.digest) == (1, 1, packs.digest)


def test_shipped_derivations_are_counted_with_their_cases() -> None:
    packs, checked = check(shipped_root())
    assert checked.derivations == len(packs.derivations) >= 4
    of_derivations = sum(len(one.cases) for one in packs.derivations)
    assert of_derivations > 0
    assert checked.cases == of_derivations + sum(len(rule.cases) for rule in packs.rules)


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (
            {"opening": SOUND.replace("expect: met", "expect: undecided")},
            [("QA251", "rules/en/opening.yaml:2:5"), ("QA250", "rules/en/opening.yaml:10:9")],
        ),
        (
            {"opening": RULE + "    cases:\n" + MET},
            [("QA251", "rules/en/opening.yaml:2:5")],
        ),
        (
            {"opening": RULE},
            [("QA251", "rules/en/opening.yaml:2:5")] * 2,
        ),
        # A rule on trial may still lack cases.
        ({"opening": RULE.replace("live", "trial"), "small": BY_BOTH}, []),
        (
            {"opening": SOUND.replace("00:01.0 csr: what", "00:01.0 boss: what")},
            [("QA252", "rules/en/opening.yaml:11:9")],
        ),
        ({"opening": SOUND.replace("says:", "sings:")}, [("QA330", "rules/en/opening.yaml:8:5")]),
        (
            {"opening": SOUND.replace("words: greeting", "wrods: greeting")},
            [("QA331", "rules/en/opening.yaml:8:5")],
        ),
        ({"greeting": WORDS.replace("phrases: [hello]", "phrases: [bye]")},
         [("QA250", "rules/en/opening.yaml:10:9")]),
    ],
)  # fmt: skip
def test_what_a_check_finds(
    tmp_path: Path, changed: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert faults(tmp_path, **changed) == found


def test_a_case_that_fails_says_what_was_seen(tmp_path: Path) -> None:
    with pytest.raises(CodedErrors) as caught:
        check(site(tmp_path, opening=SOUND.replace("csr: hello", "csr: bye")))
    (error,) = caught.value.errors
    assert error.code == "QA250"
    said = error.text("zh", CATALOGUE)
    assert "greets" in said
    assert "not_met" in said
    assert "已检测" in said


ROLES = """\
roles:
  - id: junior
    title: {zh: 初级, en: Junior}
    skills: {opening: 0.5}
    quizzes: [C1]
    next: [senior]
  - id: senior
    title: {zh: 高级, en: Senior}
    skills:
      opening: 0.9
"""


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ("", "", []),
        ("{opening: 0.5}", "{openning: 0.5}", [("QA893", "4:14")]),
        ("opening: 0.9", "opening: 1.9", [("QA212", "10:7")]),
        ("opening: 0.9", "opening: -0.1", [("QA212", "10:7")]),
        ("opening: 0.9", "opening: .nan", [("QA212", "10:7")]),
        ("[C1]", "[C9]", [("QA513", "5:15")]),
        ("[senior]", "[boss]", [("QA892", "6:12")]),
        ("id: senior", "id: junior", [("QA892", "6:12"), ("QA892", "7:5")]),
    ],
)
def test_the_role_ladder_is_checked_where_there_is_one(
    tmp_path: Path, was: str, now: str, found: list[tuple[str, str]]
) -> None:
    root = site(tmp_path)
    (root / "scorecards/roles.yaml").write_text(ROLES.replace(was, now, 1), "utf-8")
    places = [(code, f"scorecards/roles.yaml:{at}") for code, at in found]
    assert faults(root) == places
