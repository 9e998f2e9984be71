"""Marks: decided items of many calls as arrays, for statistics over a centre."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
WIDEST = 8  # numbers a mark in a table of them, one byte and eight each (guess)


@dataclass(frozen=True, eq=False)
class Marks:
    """One entry of `csr`, `item`, `mix`, `call`, `day`, `met` a decided item of a call.

    csr, item, mix: indexes into csrs, items, mixes. call: any number a call has alone.
    day: when the call started, days from any fixed moment. met: 0-1, the share of the item's
    points that was earned. team_of: one a CSR, into teams. skill_of: one an item, into skills.
    points_of: one an item, its usual part of a 100-point form.
    mixes: kinds of calls that are compared only with each other.
    """

    csrs: tuple[str, ...]
    teams: tuple[str, ...]
    items: tuple[str, ...]
    skills: tuple[str, ...]
    mixes: tuple[str, ...]
    team_of: Ints
    skill_of: Ints
    points_of: Floats
    csr: Ints
    item: Ints
    mix: Ints
    call: Ints
    day: Floats
    met: Floats

    @property
    def size(self) -> int:
        return len(self.met)

    @cached_property
    def skill(self) -> Ints:
        """The skill of every mark."""
        return self.skill_of[self.item]

    def where(self, wanted: npt.NDArray[np.bool_]) -> "Marks":
        """The marks that `wanted` keeps, with the same names."""
        at = np.flatnonzero(wanted)
        kept: dict[str, Any] = {name: getattr(self, name)[at] for name in _COLUMNS}
        return replace(self, **kept)

    def and_later(self, later: "Marks") -> "Marks":
        """These marks and `later` ones with the same names; calls of the two stay apart."""
        apart = int(self.call.max()) + 1 if self.size else 0
        joined: dict[str, Any] = {
            name: np.concatenate([getattr(self, name), getattr(later, name)]) for name in _COLUMNS
        }
        joined["call"] = np.concatenate([self.call, later.call + apart])
        return replace(self, **joined)

    def calls_of_csr(self) -> Ints:
        """How many different calls each CSR has marks in."""
        call, many = numbered(self.call)
        whose = np.zeros(many, dtype=np.int64)
        whose[call[::-1]] = self.csr[::-1]  # the first mark of a call tells
        return np.bincount(whose, minlength=len(self.csrs))


_COLUMNS = ("csr", "item", "mix", "call", "day", "met")


def numbered(index: Ints) -> tuple[Ints, int]:
    """Numbers from 0 in place of any others, in their order, and how many different there are."""
    if not len(index):
        return index, 0
    low, high = int(index.min()), int(index.max())
    if high - low > WIDEST * len(index):  # far apart: a table of all between would be too large
        found, place = np.unique(index, return_inverse=True)
        return place.astype(np.int64), len(found)
    seen = np.zeros(high - low + 1, dtype=bool)
    seen[index - low] = True
    number = np.cumsum(seen) - 1
    return number[index - low], int(number[-1]) + 1


def totals(index: Ints, size: int, value: Floats | None = None) -> Floats:
    """The sum of `value` (of ones when None) over the entries of each index 0..size-1."""
    return np.bincount(index, value, size).astype(np.float64)
