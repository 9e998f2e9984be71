"""Columns in a file: back as they were, unchangeable; nothing else is taken for them."""

import json
from pathlib import Path

import numpy as np
import pytest

from qa.flow.columns_file import ALIGNED, read_columns, write_columns

COLUMNS = {
    "whole": np.arange(1000, dtype=np.int64),
    "short": np.array([1, 0, -1], dtype=np.int8),
    "share": np.array([0.1, np.nan]),
    "said": np.array(["您好", "hello"]),
    "none": np.zeros(0, dtype=bool),
}


def test_columns_come_back_as_they_were(tmp_path: Path) -> None:
    write_columns(tmp_path / "c", {"of": "您好"}, COLUMNS)
    head, columns = read_columns(tmp_path / "c")
    assert head == {"of": "您好"}
    assert list(columns) == list(COLUMNS)
    for name, column in COLUMNS.items():
        assert columns[name].dtype == column.dtype
        np.testing.assert_array_equal(columns[name], column)
    with pytest.raises(ValueError, match="read-only"):
        columns["whole"][0] = 5


def test_each_column_begins_where_memory_likes_it(tmp_path: Path) -> None:
    write_columns(tmp_path / "c", {}, COLUMNS)
    first = json.loads((tmp_path / "c").read_bytes().partition(b"\n")[0])
    assert {start % ALIGNED for *_, start in first["columns"]} == {0}


def test_a_file_that_is_replaced_leaves_what_was_read(tmp_path: Path) -> None:
    write_columns(tmp_path / "c", {}, COLUMNS)
    _, columns = read_columns(tmp_path / "c")
    write_columns(tmp_path / "c", {}, {"whole": np.zeros(3)})
    assert columns["whole"].tolist() == list(range(1000))


def test_no_bit_flips_unseen(tmp_path: Path) -> None:
    file = tmp_path / "c"
    write_columns(file, {"of": "Li"}, COLUMNS)
    whole = file.read_bytes()
    for at in range(0, len(whole), 37):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        file.write_bytes(flipped)
        with pytest.raises((OSError, ValueError, KeyError, TypeError)):
            read_columns(file)


def test_a_full_disk_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()  # what cannot be replaced: the last step fails
    with pytest.raises(OSError, match="c"):
        write_columns(tmp_path / "c", {}, COLUMNS)
    assert [one.name for one in tmp_path.iterdir()] == ["c"]


@pytest.mark.parametrize("damage", ["cut", "longer", "empty", "text", "object"])
def test_what_is_damaged_is_refused(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "c"
    write_columns(file, {}, COLUMNS)
    whole = file.read_bytes()
    file.write_bytes(
        {
            "cut": whole[:-1],
            "longer": whole + b"x",
            "empty": b"",
            "text": b"no columns\n",
            "object": whole.replace(b'"<i8"', b'"|O8"'),
        }[damage]
    )
    with pytest.raises((OSError, ValueError, KeyError, TypeError)):
        read_columns(file)
