"""The schemas that editors complete by: every shipped file fits, what is wrong does not."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qa.findings.operators import OPERATORS
from qa.flow.docs_yaml_schemas import yaml_schemas
from qa.flow.shipped import shipped_root
from qa.packs.yaml_reader import parse_plain, read_plain

ROOT = shipped_root()
SCHEMAS = yaml_schemas()
FILES = {
    "rules.json": ("rules/zh/*.yaml", "rules/en/*.yaml"),
    "words.json": ("rules/words/*/*.yaml",),
    "scorecard.json": ("scorecards/zh/*.yaml", "scorecards/en/*.yaml"),
    "courses.json": ("scorecards/courses.yaml",),
    "skills.json": ("scorecards/skills.yaml",),
    "quiet.json": ("rules/quiet/*.yaml",),
}
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


@pytest.mark.parametrize("name", SCHEMAS)
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
