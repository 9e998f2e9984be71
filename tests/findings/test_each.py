"""`each`: asked once for every hit as if it were the only one, all of them in one batch."""

from typing import Any

import pytest

from qa.domain.facts import Fact
from qa.findings import engine
from qa.findings.find import find_all
from tests.findings.by_hand import call_with, derivation_of, near, said

A_AND_B: dict[str, Any] = {"a": {"says": {"words": "a"}}, "b": {"says": {"words": "b"}}}


def turns_given(when: Any, *facts: Fact) -> list[tuple[int | None, str]]:
    """Turn and certainty of what a derivation gives for each `a`."""
    one = derivation_of(A_AND_B, name="one", kind="risk", each="a", when=when)
    return [(fact.turn, fact.certainty) for fact in find_all(call_with(*facts), (), (one,)).derived]


A0, A2, A4 = (said("a", turn) for turn in (0, 2, 4))
B1, B3, B5 = (said("b", turn) for turn in (1, 3, 5))
SURE0, SURE2, SURE4 = ((turn, "sure") for turn in (0, 2, 4))


@pytest.mark.parametrize(
    ("when", "facts", "given"),
    [
        # As an anchor each is the first and the last of its condition, and none is the second.
        ({"after": ["b", "a"]}, (A0, B1, A2, B3, A4), [SURE0, SURE2]),
        ({"after": {"find": "b", "anchor": "a", "hit": "last"}}, (A0, B1, A2), [SURE0]),
        ({"after": {"find": "b", "anchor": "a", "hit": 1}}, (A0, A2, B3), [SURE0, SURE2]),
        ({"after": {"find": "b", "anchor": "a", "hit": 2}}, (A0, A2, B3), []),
        ({"after": {"find": "b", "anchor": "a", "hit": "every", "within_turns": 1}},
         (A0, B1, A2, A4, B5), [SURE0, SURE4]),
        ({"not": {"after": {"find": "b", "anchor": "a", "hit": "every"}}}, (A0, B1, A2), [SURE2]),
        # As what is looked for: the others do not count, beside one anchor or beside every.
        ({"before": ["a", "b"]}, (A0, B1, A2, B3), [SURE0]),
        ({"before": {"find": "a", "anchor": "b", "hit": "last"}}, (A0, B1, A2, B3), [SURE0, SURE2]),
        ({"before": {"find": "a", "anchor": "b", "hit": 2}}, (A0, B1, A2, B3, A4), [SURE0, SURE2]),
        ({"before": {"find": "a", "anchor": "b", "hit": "every"}}, (A0, B1, A2, B3), [SURE0]),
        ({"around": {"find": "a", "anchor": "b", "hit": "every", "within_turns": 1}},
         (A0, B1, A2, B3), [SURE2]),
        # Beside itself there is nothing, and there is one of it.
        ({"any": ["b", {"after": {"find": "a", "anchor": "a", "hit": "any"}}]}, (A0, A2), []),
        ({"any": ["b", {"after": {"find": "a", "anchor": "a", "hit": "every"}}]}, (A0, A2), []),
        ({"any": ["b", {"at_least": {"n": 2, "find": "a"}}]}, (A0, A2), []),
        ({"all": [{"not": "b"}, {"at_least": {"n": 1, "find": "a"}}]}, (A0, A2), [SURE0, SURE2]),
        # What is only possible: the hit itself, what is looked for, both.
        ({"before": ["a", "b"]}, (near("a", 0, 0.1), A2, B3), [(0, "possible"), SURE2]),
        ({"after": ["b", "a"]}, (A0, near("b", 1, 0.1), A2), [(0, "possible")]),
        ({"before": {"find": "a", "anchor": "b", "hit": "every"}},
         (A0, near("a", 2, 0.1), B3, near("b", 5, 0.1)), [SURE0, (2, "possible")]),
    ],
)  # fmt: skip
def test_each_is_judged_as_if_it_were_the_only_one(
    when: Any, facts: tuple[Fact, ...], given: list[tuple[int, str]]
) -> None:
    assert turns_given(when, *facts) == given


def _batches(monkeypatch: pytest.MonkeyPatch, when: Any, *facts: Fact) -> int:
    """How often the engine is asked how hits stand to each other."""
    asked: list[str] = []
    inner = engine._run

    def noted(name: str, ruleset: str, batch: str) -> list[str]:
        asked.append(name.rsplit(".")[-1])
        return inner(name, ruleset, batch)

    monkeypatch.setattr(engine, "_run", noted)
    turns_given(when, *facts)
    return asked.count("relations")


def test_the_engine_relates_them_in_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    after = {"after": {"find": "b", "anchor": "a"}}
    assert _batches(monkeypatch, after, A0, B1, A2, B3, A4, B5) == 1
    assert _batches(monkeypatch, after, A0, near("b", 1, 0.1), A2, B3) == 2  # with, and without


def test_where_every_anchor_needs_one_of_them_each_is_related_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    every = {"before": {"find": "a", "anchor": "b", "hit": "every"}}
    assert _batches(monkeypatch, every, A0, B1, A2, B3) == 2
