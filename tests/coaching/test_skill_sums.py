"""Sums by CSR and skill are what a loop over the items gives."""

from collections import defaultdict

import numpy as np

from qa.coaching.marks import counted
from qa.coaching.skill_sums import SkillSums
from qa.domain.coaching import Window
from qa.domain.graded import MET
from tests.coaching.coaching_calls import FORM, call, columns, found, marked


def test_sums_are_those_of_a_loop() -> None:
    calls = [
        marked(call(f"c{number}", str(number % 3)), [found("OPEN-001", verdict)])
        for number, verdict in enumerate(["met", "not_met", "met", "undecided", "not_met"] * 3)
    ]
    counts = counted(columns(calls), {"form@1": FORM}, window=Window())
    sums, of = SkillSums(counts), counts.columns
    lost: dict[tuple[int, int], float] = defaultdict(float)
    met: dict[tuple[int, int], int] = defaultdict(int)
    seen: dict[tuple[int, int], set[int]] = defaultdict(set)
    for n, at in enumerate(of.at):
        cell = (int(of.csr[at]), int(counts.skill[n]))
        if cell[1] >= 0:
            lost[cell] += float(counts.lost[n])
            met[cell] += bool(of.verdict[n] == MET)
            if counts.decided[n]:
                seen[cell].add(int(at))
    assert sum(lost.values()) > 0
    for csr in range(len(of.csrs)):
        for skill in range(len(counts.skills)):
            cell = (csr, skill)
            assert sums.of(counts.lost)[cell] == lost[cell]
            assert sums.count(of.verdict == MET)[cell] == met[cell]
            assert sums.calls(counts.decided)[cell] == len(seen[cell])


def test_no_calls_give_empty_sums() -> None:
    sums = SkillSums(counted(columns([]), {"form@1": FORM}, window=Window()))
    assert sums.count(np.zeros(0, dtype=bool)).size == 0
    assert sums.calls(np.zeros(0, dtype=bool)).size == 0
