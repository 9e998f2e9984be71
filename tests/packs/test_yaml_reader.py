"""The YAML reader: what stays text, where everything stands, what is refused before it is built."""

import time
from pathlib import Path
from typing import Any

import pytest

from qa.packs.yaml_reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, parse_plain, read_plain
from transcribe.errors import CodedError, CodedErrors


def parsed(text: str | bytes) -> Any:
    return parse_plain(text.encode() if isinstance(text, str) else text, name="x.yaml")[0]


def refused(text: str | bytes) -> CodedError:
    with pytest.raises((CodedError, CodedErrors)) as caught:
        parsed(text)
    error = caught.value
    if isinstance(error, CodedErrors):
        (error,) = error.errors
    assert isinstance(error, CodedError)
    return error


@pytest.mark.parametrize(
    ("written", "value"),
    [
        # Only true, false, null and decimal numbers are not text.
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1.50", 1.5),
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("010", "010"),
        ("-", ["-"]),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("+1", "+1"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2024-01-01", "2024-01-01"),
        ("12:30:45", "12:30:45"),
        ("12345678901234567890", "12345678901234567890"),
        ('"true"', "true"),
        ("'12'", "12"),
        ("您好", "您好"),
        ("<<", "<<"),
    ],
)
def test_plain_values(written: str, value: object) -> None:
    seen = parsed(f"a: {written}" if written != "-" else "a: ['-']")["a"]
    assert seen == value
    assert type(seen) is type(value)


def test_a_block_of_text() -> None:
    assert parsed("a: |\n  one\n  two\n") == {"a": "one\ntwo\n"}
    assert parsed("a: >-\n  one\n  two\n") == {"a": "one two"}


def test_places_are_lines_and_columns_from_one() -> None:
    text = "# first\nrules:\n  - id: A\n    words: [x, 您]\n  - {id: B}\n"
    value, places = parse_plain(text.encode(), name="x")
    assert value == {"rules": [{"id": "A", "words": ["x", "您"]}, {"id": "B"}]}
    assert places == {
        (): (2, 1),
        ("rules",): (2, 1),
        ("rules", 0): (3, 5),
        ("rules", 0, "id"): (3, 5),
        ("rules", 0, "words"): (4, 5),
        ("rules", 0, "words", 0): (4, 13),
        ("rules", 0, "words", 1): (4, 16),
        ("rules", 1): (5, 5),
        ("rules", 1, "id"): (5, 6),
    }


def test_a_byte_order_mark_and_windows_line_ends() -> None:
    value, places = parse_plain(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", name="x")
    assert (value, places["b",]) == ({"a": 1, "b": 2}, (2, 1))


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_file_is_nothing(text: str) -> None:
    assert parsed(text) is None


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: [1\nb: 2\n", "QA203", "x.yaml:2:2"),
        ("a: 1\n---\nb: 2\n", "QA203", "x.yaml:2:1"),
        ("? [a, b]\n: c\n", "QA203", "x.yaml:1:3"),
        ("\ta: b\n", "QA203", "x.yaml:1:1"),
        ("a: &x 1\n", "QA204", "x.yaml:1:4"),
        ("a: b\nc: &x {d: 1}\n", "QA204", "x.yaml:2:4"),
        ("a: *x\n", "QA204", "x.yaml:1:4"),
        ("a: !!str 5\n", "QA204", "x.yaml:1:4"),
        ("a: !mine [1]\n", "QA204", "x.yaml:1:4"),
        ("a: !!python/object/apply:os.system [id]\n", "QA204", "x.yaml:1:4"),
        ("a:\n  b: 1\n  b: 2\n", "QA205", "x.yaml:3:3"),
        (b"a: 1\nb: \xff\n", "QA207", "x.yaml:2:1"),
        (b"\xff\xfea\x00", "QA207", "x.yaml:1:1"),
        ("a: 1\nb: x\x07\n", "QA208", "x.yaml:2:5"),
        ("a: x\x00\n", "QA208", "x.yaml:1:5"),
        ('a: 1\nb: "x\\0"\n', "QA208", "x.yaml:2:4"),
        ('a: "\\ud800"\n', "QA208", "x.yaml:1:4"),
        ('"\\x07": 1\n', "QA208", "x.yaml:1:1"),
    ],
)
def test_what_is_refused_and_where(text: str | bytes, code: str, place: str) -> None:
    error = refused(text)
    assert (error.code, error.place) == (code, place)


def test_every_duplicate_key_is_told_and_the_first_value_kept_out_of_use() -> None:
    with pytest.raises(CodedErrors) as caught:
        parsed("a: 1\nb: {c: 1, c: {d: 2}}\na: 3\n")
    assert [(error.code, error.place) for error in caught.value.errors] == [
        ("QA205", "x.yaml:2:11"),
        ("QA205", "x.yaml:3:1"),
    ]


def test_an_alias_bomb_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    started = time.perf_counter()
    assert refused("\n".join(lines)).code == "QA204"
    assert time.perf_counter() - started < 2.0


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_qa206_deep_nesting_is_refused_before_it_is_built(opening: str) -> None:
    started = time.perf_counter()
    error = refused(opening * 5000)
    assert (error.code, error.values["limit"]) == ("QA206", MAX_DEPTH)
    assert time.perf_counter() - started < 3.0
    assert parsed("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_qa202_too_large(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(CodedError) as caught:
        read_plain(path, name="big.yaml")
    assert (caught.value.code, caught.value.place) == ("QA202", "big.yaml")
    path.write_bytes(b"#" * MAX_BYTES)
    assert read_plain(path)[0] is None


def test_qa202_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.packs.yaml_reader.MAX_NODES", 100)
    assert MAX_NODES > 100
    assert len(parsed("[" + "1," * 99 + "]")) == 99
    assert refused("[" + "1," * 100 + "]").code == "QA202"


def test_qa201_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.yaml", tmp_path):
        with pytest.raises(CodedError) as caught:
            read_plain(path)
        assert (caught.value.code, caught.value.place) == ("QA201", str(path))
        assert caught.value.values["why"]
