"""Marks: numbering of calls."""

import numpy as np
import pytest

from qa.domain.marks import numbered


@pytest.mark.parametrize(
    ("index", "wanted", "many"),
    [
        ([], [], 0),
        ([7, 5, 7, 6], [2, 0, 2, 1], 3),
        ([-2, 3, -2], [0, 1, 0], 2),
        ([10**12, 4, 10**12, 9], [2, 0, 2, 1], 3),  # too far apart for a table
    ],
)
def test_numbers_follow_the_order_of_what_they_replace(
    index: list[int], wanted: list[int], many: int
) -> None:
    found, size = numbered(np.array(index, dtype=np.int64))
    assert found.tolist() == wanted
    assert size == many
