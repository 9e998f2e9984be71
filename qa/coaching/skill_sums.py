"""Sums over the items of each CSR and skill."""

import numpy as np
import numpy.typing as npt

from qa.coaching.marks import Counted
from qa.domain.marks import Floats, Ints, totals


class SkillSums:
    """[csr, skill] over the items that count; an item outside forms is left out.

    CSRs and skills in the order of `counts.columns.csrs` and `counts.skills`.
    """

    def __init__(self, counts: Counted) -> None:
        of = counts.columns
        self._csr_of = of.csr
        self._at, self._skill = of.at, counts.skill
        self._shape = (len(of.csrs), len(counts.skills))
        # one column more than there are skills, for what is outside: -1 counts from the end
        self._width = self._shape[1] + 1
        self._cell = (of.csr * self._width)[of.at] if of.size else of.at.copy()
        self._cell += np.where(counts.skill < 0, self._shape[1], counts.skill)

    def of(self, value: Floats) -> Floats:
        """The sums of one value an item."""
        return self._inside(totals(self._cell, self._shape[0] * self._width, value))

    def count(self, wanted: npt.NDArray[np.bool_]) -> Floats:
        """How many items are `wanted`."""
        return self._inside(totals(self._cell[wanted], self._shape[0] * self._width))

    def calls(self, wanted: npt.NDArray[np.bool_]) -> Floats:
        """How many different calls have an item that is `wanted`."""
        seen = np.zeros((len(self._csr_of), self._width), dtype=bool)
        seen[self._at[wanted], self._skill[wanted]] = True
        pairs: Ints = np.flatnonzero(seen[:, :-1])
        call, skill = np.divmod(pairs, max(self._shape[1], 1))
        cell = self._csr_of[call] * self._width + skill
        return self._inside(totals(cell, self._shape[0] * self._width))

    def _inside(self, sums: Floats) -> Floats:
        return sums.reshape(self._shape[0], self._width)[:, :-1]
