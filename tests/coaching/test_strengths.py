"""What is called a strength, and what is not."""

from coaching_calls import answer, call, found, marked

from qa.coaching.strengths import strengths
from qa.domain.coaching import Window
from qa.domain.evaluations import Answer
from qa.domain.findings import Finding

GOOD = [found("OPEN-001", "met"), found("ID-001", "met"), found("COMP-001", "met")]


def skills(
    *calls: list[Finding], answers: tuple[Answer, ...] = (), least: int = 3
) -> list[tuple[str, int]]:
    marks = [marked(call(f"c{n}"), one, answers) for n, one in enumerate(calls)]
    return [(s.skill, s.items) for s in strengths(marks, window=Window(), least_items=least)]


def test_no_loss_over_enough_chances() -> None:
    assert skills(GOOD, GOOD) == []
    assert skills(GOOD, GOOD, GOOD) == [("opening", 3), ("verification", 3)]


def test_a_single_loss_spoils_it_and_undecided_is_no_chance() -> None:
    slip = [found("OPEN-001", "not_met"), found("ID-001", "undecided")]
    assert skills(GOOD, GOOD, GOOD, slip) == [("verification", 3)]


def test_items_without_points_are_no_strength() -> None:
    assert "compliance" not in dict(skills(*[GOOD] * 5))


def test_a_fatal_that_waits_or_stands_spoils_its_skill() -> None:
    slip = [found("ID-001", "not_met")]
    assert skills(GOOD, GOOD, GOOD, slip) == [("opening", 3)]
    assert skills(slip, answers=(answer("ID-1", "not_met"),), least=1) == []


def test_order_is_most_chances_first() -> None:
    more = [found("ID-001", "met")]
    assert skills(GOOD, GOOD, GOOD, more) == [("verification", 4), ("opening", 3)]
