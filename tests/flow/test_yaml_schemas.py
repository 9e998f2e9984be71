"""The schemas that editors complete by: every shipped file fits, what is wrong does not."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qa.domain.curriculum import Curriculum, PlannedSession
from qa.findings.operators import OPERATORS
from qa.flow.docs_yaml_schemas import yaml_schemas
from qa.flow.shipped import shipped_root
from qa.flow.site_template import SETTINGS_YAML
from qa.packs.curriculum import curriculum_yaml
from qa.packs.yaml_reader import parse_plain, read_plain

ROOT = shipped_root()
SCHEMAS = yaml_schemas()
FILES = {
    "rules.json": ("rules/zh/*.yaml", "rules/en/*.yaml"),
    "words.json": (
        "rules/words/*/*.yaml", "rules/words/*/*/*.yaml", "rules/entities/*/*.yaml",
    ),
    "synonyms.json": ("rules/synonyms/*.yaml",),
    "topics.json": ("rules/topics/*.yaml",),
    "scorecard.json": ("scorecards/zh/*.yaml", "scorecards/en/*.yaml"),
    "courses.json": ("scorecards/courses.yaml",),
    "skills.json": ("scorecards/skills.yaml",),
    "roles.json": ("scorecards/roles.yaml",),
    "quiet.json": ("rules/quiet/*.yaml",),
}  # fmt: skip
# Those of which no file is shipped: sites write them.
WRITTEN = {"curriculum.json", "settings.json"}
RULE = """\
rules:
  - id: OPEN-009
    name: greets
    title: {zh: 问候, en: Greets}
    why: {zh: 因为, en: Because}
    wrong_when: {zh: 有时, en: At times}
"""


def problems(name: str, value: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[name]).iter_errors(value)]


def test_every_kind_of_file_is_tried() -> None:
    assert set(SCHEMAS) == set(FILES) | WRITTEN
    shipped = {
        path for folder in ("rules", "scorecards") for path in ROOT.glob(f"{folder}/**/*.yaml")
    }
    assert shipped == {
        path for patterns in FILES.values() for one in patterns for path in ROOT.glob(one)
    }


@pytest.mark.parametrize("name", FILES)
def test_shipped_files_fit(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    paths = [path for pattern in FILES[name] for path in ROOT.glob(pattern)]
    assert paths
    assert {path.name: problems(name, read_plain(path)[0]) for path in paths} == {
        path.name: [] for path in paths
    }


@pytest.mark.parametrize("name", OPERATORS)
def test_each_operator_is_completed_and_told(name: str) -> None:
    rule = SCHEMAS["rules.json"]["properties"]["rules"]["items"]["properties"][name]
    schema = rule["anyOf"][0] if "anyOf" in rule else rule
    assert set(OPERATORS[name].params.model_json_schema()["properties"]) | {"window"} == set(
        schema["properties"]
    )
    for field, one in schema["properties"].items():
        assert field == "window" or " / " in one["description"]


@pytest.mark.parametrize(
    "body",
    [
        "sayz: {speaker: csr, words: greeting}",
        "says: {speaker: boss, words: greeting}",
        "says: {speaker: csr, wordz: greeting}",
        "says: {speaker: csr, words: greeting, window: {first_second: 3}}",
        "dead_air: {}",
        "met_when: {alll: [a]}",
        "met_when: {before: {find: a}}",
        "status: alive",
    ],
)
def test_what_is_wrong_does_not_fit(body: str) -> None:
    assert problems("rules.json", parse_plain((RULE + f"    {body}\n").encode(), name="x")[0])


@pytest.mark.parametrize(
    "body",
    [
        "says: {speaker: csr, words: [greeting, thanks], window: {first_turns: 2}}",
        "conditions: {a: {promise: }, b: {hold: {min_s: 3}}}\n    met_when: {before: [a, b]}",
        "conditions: {a: {promise: }}\n    not_met_when: {at_least: {n: 2, find: a}}",
        "conditions: {a: {promise: }}\n    met_when: a\n    only_if: {rule: OPEN-001}",
    ],
)
def test_what_is_right_fits(body: str) -> None:
    assert problems("rules.json", parse_plain((RULE + f"    {body}\n").encode(), name="x")[0]) == []


def test_the_files_that_a_site_writes_fit() -> None:
    session = PlannedSession(
        id="s1", course="greeting", start="2026-04-08 14:30", minutes=60, csrs=("1001",)
    )
    plan = Curriculum(quarter="2026-Q2", sessions=(session,))
    written = {
        "curriculum.json": curriculum_yaml(plan, {}, "zh"),
        "settings.json": SETTINGS_YAML,
    }
    assert set(written) == WRITTEN
    for name, text in written.items():
        Draft202012Validator.check_schema(SCHEMAS[name])
        assert problems(name, parse_plain(text.encode(), name="x")[0] or {}) == [], name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("words.json", "kind: greeting\ntitle: {zh: 问候, en: Greeting}\nphrase: [您好]"),
        ("synonyms.json", "synonyms:\n  - name: Card\n    words: [card]"),
        ("synonyms.json", "synonyms:\n  - name: card\n    words: []"),
        ("topics.json", "topics:\n  - id: delivery\n    title: {zh: 物流}\n    phrases: [快递]"),
        ("topics.json", "topics: []"),
        (
            "roles.json",
            "roles:\n  - id: csr\n    title: {zh: 座席, en: A}\n    skills: {voice: 90}",
        ),
        ("roles.json", "role:\n  - id: csr\n    title: {zh: 座席, en: CSR}"),
        ("curriculum.json", "quarter: 2026-04\nsessions: []"),
        ("settings.json", "limits: {near_distanse: 0.2}"),
        ("settings.json", "time_zon: Asia/Shanghai"),
    ],
)
def test_a_wrong_file_does_not_fit(name: str, text: str) -> None:
    assert problems(name, parse_plain(text.encode(), name="x")[0])
