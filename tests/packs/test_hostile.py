"""Hostile files: a coded error at its place, in both languages, in bounded time; never a crash."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import CATALOGUE
from qa.packs.rules import read_rule_file
from qa.packs.yaml_problems import problem_of
from transcribe.errors import CodedError, CodedErrors

MOST_S = 6.0  # of reading one file on a busy machine; the largest takes 1 s
HEAD = """rules:
  - id: OPEN-001
    name: x
    title: {zh: 甲, en: a}
    why: {zh: 乙, en: b}
    wrong_when: {zh: 丙, en: c}
"""
TWO = HEAD + "    conditions: {a: {says: {words: a}}, b: {hold: {min_s: 1}}}\n"


def codes(path: Path, text: str | bytes) -> list[str]:
    """Codes of the file's errors; every one has a place and two texts."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    started = time.monotonic()
    try:
        errors = read_rule_file(path, "en", name="x.yaml").errors
    except CodedErrors as error:
        errors = list(error.errors)
    except CodedError as error:
        errors = [error]
    assert time.monotonic() - started < MOST_S
    for error in errors:
        assert error.place.startswith("x.yaml")
        assert error.text("zh", CATALOGUE) != error.text("en", CATALOGUE)
    return [error.code for error in errors]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "QA204"),
        ("rules: " + "[" * 20_000, "QA206"),
        ("rules: " + "{a: " * 20_000, "QA206"),
        (b"#" * 10_000_000, "QA202"),
        ("rules:\n" + "  - {id: OPEN-001}\n" * 500_000, "QA202"),
        ("rules: [" + "a," * 900_000 + "]", "QA202"),
        (HEAD + '    says: {phrases: ["\\ud800"]}\n', "QA208"),
        (HEAD + "    says: {phrases: [\ud800]}\n", "QA207"),
        (HEAD + '    says: {phrases: ["\\0"]}\n', "QA208"),
        ("rules: [é]".encode("utf-16"), "QA207"),
        ("rules: !!python/object/apply:os.system [ls]\n", "QA204"),
        ("---\nrules: []\n---\nrules: []\n", "QA203"),
        ("", "QA213"),
        (HEAD.replace("OPEN-001", "ＯPEN-001") + "    says: {words: a}\n", "QA212"),
        (HEAD.replace("OPEN-001", "OPEN-٠٠١") + "    says: {words: a}\n", "QA212"),
        (HEAD.replace("name: x", "name: 😀") + "    says: {words: a}\n", "QA212"),
        ('derive:\n  - {id: d, kind: waiver, title: {zh: a, en: b}, why: {zh: a, en: b}, '
         'when: {faults: {area: EMP}}}', "QA249"),
        ("derive:\n  - 5\n", "QA213"),
        ("derive:\n  - {id: d, kind: k, title: {zh: a, en: b}, why: {zh: a, en: b}}", "QA211"),
        ("derive:\n  - {id: d, kind: k, each: x, title: {zh: a, en: b}, why: {zh: a, en: b}, "
         "conditions: {a: {says: {words: a}}}, when: a}", "QA220"),
    ],
)  # fmt: skip
def test_a_coded_error(tmp_path: Path, text: str | bytes, code: str) -> None:
    assert code in codes(tmp_path / "x.yaml", text)


@pytest.mark.parametrize(
    "number", [".nan", ".inf", "-.inf", "1e400", "1e17", "9" * 30, "-1", "0", "0x10", "true", "[]"]
)
def test_numbers_that_are_none_or_too_large(tmp_path: Path, number: str) -> None:
    logic = f"    met_when: {{before: {{find: a, anchor: b, within_s: {number}}}}}\n"
    assert codes(tmp_path / "x.yaml", TWO + logic) == ["QA212"]


@pytest.mark.parametrize(
    "logic",
    [
        "[]", "{}", "null", "5", "true", "{all: []}", "{any: [{all: []}]}", "{not: }",
        "{at_least: {n: 3, of: [a, b]}}", "{at_least: {n: 0, of: [a]}}", "{at_least: {n: 1}}",
        "{at_least: {n: 1, of: []}}", "{at_least: {n: 1, find: a, of: [a]}}", "{faults: {}}",
        "{faults: {area: EMP, rules: [OPEN-001]}}", "{faults: {rules: []}}", "{before: [a, b, a]}",
        # An anchor is a condition's name: no relation can stand on another, so none can be cyclic.
        "{before: {find: a, anchor: {before: [a, b]}}}", "{before: [{after: [a, b]}, b]}",
    ],
)  # fmt: skip
def test_logic_that_says_nothing(tmp_path: Path, logic: str) -> None:
    found = codes(tmp_path / "x.yaml", TWO + f"    met_when: {logic}\n")
    assert found
    assert set(found) <= {"QA212", "QA220", "QA221", "QA222"}


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("rules:\n\t- id: x\n", "制表符", "a tab"),
        ("rules: [a, b\n", "没有合上", "never closed"),
        ('rules:\n  - id: "abc\n', "引号没有合上", "quote"),
        ("rules:\n  - id: a: b\n", "冒号", "colon"),
        ("rules:\n    - id: x\n  - id: y\n", "对不齐", "indentation"),
        ("rules: @x\n", "加上引号", "quotes"),
        ('rules: "\\q"\n', "单引号", "single quotes"),
        ("rules: {a: 1]\n", "应为逗号", "comma"),
        ("rules: *\n", "记号", "marks"),
        ("%YAML 9.9\n---\nrules: []\n", "指令", "directive"),
        ("rules: |9z\n  x\n", "换行", "new line"),
    ],
)
def test_the_parsers_complaint_in_both_languages(
    tmp_path: Path, text: str, zh: str, en: str
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(CodedError) as caught:
        read_rule_file(path, "en", name="x.yaml")
    assert caught.value.code == "QA203"
    assert zh in caught.value.text("zh", CATALOGUE)
    assert en in caught.value.text("en", CATALOGUE)
    assert caught.value.text("en", CATALOGUE).isascii()


def test_an_unknown_complaint_is_told_in_the_parsers_words() -> None:
    told = problem_of("something new")
    assert "something new" in told.zh
    assert told.zh != told.en


TOKENS = st.sampled_from(
    ["rules", "derive", ":", " ", "\n", "  ", "- ", "[", "]", "{", "}", ",", '"', "'", "|", ">",
     "&a", "*a", "!!int", "?", "#", "%", "@", "\t", "é", "你好", "😀", "\u202e", "\ud800", "\x00",
     "id", "OPEN-001", "when", "each", "faults", "at_least", "not", "1e999", ".nan", "---", "<<"]
)  # fmt: skip


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(TOKENS, max_size=60))
def test_any_text_gives_rules_or_coded_errors(tmp_path: Path, tokens: list[str]) -> None:
    codes(tmp_path / "x.yaml", "".join(tokens))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["all", "any", "not", "at_least", "n", "of", "find", "anchor", "before",
                         "faults", "rule", "rules", "area", "skill", "id", "verdict", "hit"]),
        inner, max_size=3,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PLAIN)
def test_any_logic_gives_rules_or_coded_errors(tmp_path: Path, value: object) -> None:
    """JSON is YAML: whatever shape stands where logic belongs."""
    text = json.dumps(value, ensure_ascii=True)
    codes(tmp_path / "x.yaml", TWO + f"    met_when: {text}\n")
