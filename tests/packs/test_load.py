"""A whole folder: cross-references, every fault at once in order, and what a digest covers."""

from pathlib import Path

import pytest

from qa.domain.packs import Packs
from qa.errors import CATALOGUE
from qa.packs.load import load_packs
from qa.packs.words import load_words
from tests.packs.folders import COURSES, RULE, SCORECARD, SKILLS, WORDS, faults, site
from transcribe.errors import CodedErrors

ITEM = SCORECARD[SCORECARD.index("        - ref_id: OPEN-1") :]


def seen(root: Path) -> list[tuple[str, str]]:
    errors = faults(root)
    for error in errors:
        assert error.text("zh", CATALOGUE) != error.text("en", CATALOGUE)
    return [(error.code, error.place) for error in errors]


def test_a_sound_folder(tmp_path: Path) -> None:
    packs = load_packs(site(tmp_path))
    assert [rule.id for rule in packs.rules] == ["OPEN-001"]
    assert packs.rules[0].place == "rules/en/opening.yaml:2:5"
    assert [patterns.language for patterns in packs.patterns] == ["zh", "en"]
    assert [words.kind for words in packs.patterns[1].lists] == ["greeting"]
    (scorecard,) = packs.scorecards
    assert scorecard.place == "scorecards/en/small.yaml:1:1"
    assert scorecard.items[0].place == "scorecards/en/small.yaml:16:11"
    assert packs.courses[0].place == "scorecards/courses.yaml:2:5"


def test_a_name_stands_before_places(tmp_path: Path) -> None:
    site(tmp_path, opening=RULE.replace("greeting", "greting"))
    with pytest.raises(CodedErrors) as caught:
        load_packs(tmp_path, name="site/")
    assert caught.value.errors[0].place == "site/rules/en/opening.yaml:8:5"


@pytest.mark.parametrize(
    ("changed", "code", "place"),
    [
        ({"opening": RULE + RULE.removeprefix("rules:\n")}, "QA230", "rules/en/opening.yaml:9:5"),
        ({"opening": RULE.replace("greeting", "greting")}, "QA237", "rules/en/opening.yaml:8:5"),
        (
            {"opening": RULE.replace("words: greeting", "words: [greeting, bye]")},
            "QA237",
            "rules/en/opening.yaml:8:5",
        ),
        (
            {"opening": RULE.replace("speaker: csr", "speaker: customer")},
            "QA245",
            "rules/en/opening.yaml:8:5",
        ),
        ({"greeting": WORDS.replace("kind: greeting", "kind: hello")}, "QA215",
         "rules/words/en/greeting.yaml:1:1"),
        ({"greeting": "- hello"}, "QA213", "rules/words/en/greeting.yaml:1:1"),
        ({"greeting": WORDS + "wrods: [x]\n"}, "QA210", "rules/words/en/greeting.yaml:5:1"),
        ({"small": SCORECARD.replace("OPEN-001", "OPEN-009")}, "QA231",
         "scorecards/en/small.yaml:16:11"),
        ({"small": SCORECARD.replace("skill: opening", "skill: sailing")}, "QA232",
         "scorecards/en/small.yaml:16:11"),
        ({"courses": COURSES.replace("skills: [opening]", "skills: [opening, sailing]")}, "QA241",
         "scorecards/courses.yaml:2:5"),
        ({"small": SCORECARD.replace("points: 10\n          rules", "points: 9\n          rules")},
         "QA234", "scorecards/en/small.yaml:12:3"),
        ({"small": SCORECARD.replace("total_points: 10", "total_points: 20") + ITEM}, "QA235",
         "scorecards/en/small.yaml:22:11"),
        ({"small": SCORECARD.replace("          rules: [OPEN-001]\n", "")}, "QA236",
         "scorecards/en/small.yaml:16:11"),
        ({"opening": RULE.replace("status: live", "status: trial")}, "QA238",
         "scorecards/en/small.yaml:16:11"),
        ({"small": SCORECARD.replace("from_score: 0", "from_score: 10")}, "QA239",
         "scorecards/en/small.yaml:9:3"),
        ({"small": SCORECARD.replace("from_score: 60", "from_score: 0")}, "QA239",
         "scorecards/en/small.yaml:9:3"),
        ({"small": SCORECARD.replace("pass_mark: 60", "pass_mark: 101")}, "QA212",
         "scorecards/en/small.yaml:7:3"),
        ({"small": SCORECARD.replace("points: 10\n", "points: true\n", 2)}, "QA212",
         "scorecards/en/small.yaml:19:11"),
        ({"small": "card: {}"}, "QA213", "scorecards/en/small.yaml:1:1"),
        ({"courses": COURSES.replace("    minutes: 30\n", "    minutes: 40\n")}, "QA242",
         "scorecards/courses.yaml:2:5"),
        ({"courses": COURSES.replace("    format", "    prerequisites: [C9]\n    format")},
         "QA240", "scorecards/courses.yaml:2:5"),
        ({"courses": COURSES.replace("    format", "    prerequisites: [C1]\n    format")},
         "QA240", "scorecards/courses.yaml:2:5"),
        ({"skills": "skills: []"}, "QA213", "scorecards/skills.yaml:1:1"),
        ({"courses": ""}, "QA201", "scorecards/courses.yaml"),
        ({"opening": "rules: [\n"}, "QA203", "rules/en/opening.yaml:2:1"),
    ],
)  # fmt: skip
def test_each_fault_at_its_place(
    tmp_path: Path, changed: dict[str, str], code: str, place: str
) -> None:
    assert (code, place) in seen(site(tmp_path, **changed))


def test_qa233_a_skill_that_no_course_teaches(tmp_path: Path) -> None:
    skills = SKILLS + SKILLS.removeprefix("skills:\n").replace("opening", "closing")
    site(tmp_path, skills=skills, small=SCORECARD.replace("skill: opening", "skill: closing"))
    assert seen(tmp_path) == [("QA233", "scorecards/en/small.yaml:16:11")]


def test_qa243_an_empty_folder(tmp_path: Path) -> None:
    assert seen(tmp_path) == [("QA243", str(tmp_path))]
    assert seen(site(tmp_path, small="")) == [("QA243", str(tmp_path))]


def test_qa244_a_scorecard_twice(tmp_path: Path) -> None:
    site(tmp_path)
    (tmp_path / "scorecards/en/zcopy.yaml").write_text(SCORECARD, "utf-8")
    assert seen(tmp_path) == [("QA244", "scorecards/en/zcopy.yaml:1:1")]


def test_qa216_a_file_that_would_not_be_read(tmp_path: Path) -> None:
    site(tmp_path)
    (tmp_path / "rules/en/closing.yml").write_text(RULE, "utf-8")
    (tmp_path / "rules/words/en/README.md").write_text("words", "utf-8")
    assert seen(tmp_path) == [("QA216", "rules/en/closing.yml")]


def test_qa214_a_word_list_twice(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    for stem in ("greeting", "hello"):
        (folder / f"{stem}.yaml").write_text(WORDS, "utf-8")
    with pytest.raises(CodedErrors) as caught:
        load_words(folder, name="en")
    assert [(error.code, error.place) for error in caught.value.errors] == [
        ("QA214", "en"),
        ("QA215", "en/hello.yaml:1:1"),
    ]


def test_word_lists_take_their_folders_language(tmp_path: Path) -> None:
    folder = tmp_path / "zh"
    folder.mkdir()
    for kind in ("b", "a"):
        (folder / f"{kind}.yaml").write_text(WORDS.replace("greeting", kind), "utf-8")
    found = load_words(folder)
    assert [(words.kind, words.language) for words in found] == [("a", "zh"), ("b", "zh")]


def test_all_faults_come_at_once_sorted_by_place(tmp_path: Path) -> None:
    many = RULE + "".join(
        RULE.removeprefix("rules:\n")
        .replace("OPEN-001", f"OPEN-{number:03d}")
        .replace("words: greeting", f"words: w{number}")
        for number in range(2, 12)
    )
    site(
        tmp_path,
        opening=many,
        small=SCORECARD.replace("skill: opening", "skill: sailing"),
        courses=COURSES.replace("minutes: 30\n", "minutes: 40\n"),
    )
    found = seen(tmp_path)
    assert {code for code, _ in found} == {"QA232", "QA237", "QA242"}
    lines = [int(place.split(":")[1]) for _, place in found if "opening" in place]
    assert len(lines) == 10
    assert lines == sorted(lines)
    assert [place.split(":")[0] for _, place in found] == sorted(
        place.split(":")[0] for _, place in found
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"opening": RULE.replace("status: live", "status: alive")},
        {"greeting": "kind: [\n"},
        {"skills": SKILLS.replace("id: opening", "ids: opening")},
        {"courses": COURSES.replace("minutes: 30\n", "minutes: long\n", 1)},
        {"small": SCORECARD.replace("pass_mark: 60", "pass_mark: high")},
    ],
)
def test_a_fault_is_told_in_its_own_file_only(tmp_path: Path, changed: dict[str, str]) -> None:
    found = seen(site(tmp_path, **changed))
    assert found
    assert {Path(place.split(":")[0]).stem for _, place in found} == set(changed)


# Digests -------------------------------------------------------------------------------------


def load(root: Path, **changed: str) -> Packs:
    return load_packs(site(root, **changed))


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"opening": RULE.replace("en: Greets", "en: Says hello")}, True),
        ({"opening": "# a comment\n" + RULE}, True),
        ({"greeting": WORDS.replace("en: Greeting", "en: Hello")}, True),
        ({"small": "# a comment\n" + SCORECARD}, True),
        ({"courses": "# a comment\n" + COURSES}, True),
        ({"opening": RULE.replace("words: greeting", "phrases: [hello]")}, False),
        ({"greeting": WORDS.replace("[hello]", "[hello, hi]")}, False),
        ({"small": SCORECARD.replace("pass_mark: 60", "pass_mark: 70")}, False),
        ({"courses": COURSES.replace("format: class", "format: one_to_one")}, False),
    ],
)
def test_the_packs_digest_covers_meaning(
    tmp_path: Path, changed: dict[str, str], same: bool
) -> None:
    before = load(tmp_path).digest
    assert (load(tmp_path, **changed).digest == before) is same


def test_a_trial_rule_is_another_pack(tmp_path: Path) -> None:
    by_both = SCORECARD.replace("skill: opening", "skill: opening\n          by: both")
    before = load(tmp_path, small=by_both)
    after = load(tmp_path, small=by_both, opening=RULE.replace("live", "trial"))
    assert before.rules[0].digest == after.rules[0].digest
    assert before.digest != after.digest


def test_phrases_written_in_rules_reach_the_patterns_once(tmp_path: Path) -> None:
    inline = RULE.replace("words: greeting", "phrases: [good morning]")
    twice = inline + inline.removeprefix("rules:\n").replace("OPEN-001", "OPEN-002")
    patterns = load(tmp_path, opening=twice).patterns[1]
    assert [phrase.phrases for phrase in patterns.phrases] == [("good morning",)]


def test_the_shipped_packs_load() -> None:
    packs = load_packs(Path(__file__).parents[2])
    assert {rule.language for rule in packs.rules} == {"zh", "en"}
    ids = {language: {r.id for r in packs.rules if r.language == language} for language in
           ("zh", "en")}  # fmt: skip
    assert ids["zh"] == ids["en"]
