import numpy as np
import pytest

from qa.simulate.centre import CentreSpec, simulate_centre


def test_the_same_seed_gives_the_same_centre() -> None:
    first, second = (simulate_centre(CentreSpec(seed=4)) for _ in range(2))
    assert first.planted == second.planted
    assert np.array_equal(first.marks.met, second.marks.met)
    assert first.planted != simulate_centre(CentreSpec(seed=5)).planted


def test_planted_weaknesses_show_in_the_marks() -> None:
    spec = CentreSpec(calls_a_csr=2000, csrs=6, teams=1, csr_spread=0, team_spread=0, seed=1)
    centre = simulate_centre(spec)
    marks = centre.marks
    for csr, skill in sorted(centre.planted):
        inside = (marks.skill == marks.skills.index(skill)) & (marks.csr == marks.csrs.index(csr))
        well = [name for name in marks.csrs if (name, skill) not in centre.planted]
        if not well:
            continue
        others = np.isin(marks.csr, [marks.csrs.index(name) for name in well])
        peers = marks.met[(marks.skill == marks.skills.index(skill)) & others].mean()
        assert peers - marks.met[inside].mean() == pytest.approx(0.15, abs=0.06)


def test_a_centre_without_calls_has_no_marks() -> None:
    centre = simulate_centre(CentreSpec(calls_a_csr=0))
    assert centre.marks.size == 0
    assert len(centre.planted) == 60


def test_planted_skills_stay_among_the_asked_for() -> None:
    centre = simulate_centre(CentreSpec(planted_among=("voice", "closing")))
    assert {skill for _, skill in centre.planted} == {"voice", "closing"}
