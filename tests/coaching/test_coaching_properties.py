"""What holds for every set of marked calls."""

from random import Random

from coaching_calls import FORM, answer, call, found, marked
from hypothesis import given
from hypothesis import strategies as st

from qa.coaching.strengths import strengths
from qa.coaching.weak_points import weak_points
from qa.domain.coaching import Evaluated, Window

RULES = [rule for one in FORM.items for rule in one.rules]
VERDICTS = st.sampled_from(["met", "not_met", "not_applicable", "undecided"])
DECISIONS = st.sampled_from(["met", "not_met", "not_applicable"])


@st.composite
def calls(draw: st.DrawFn) -> list[Evaluated]:
    def one(index: int) -> Evaluated:
        findings = [found(rule, draw(VERDICTS)) for rule in RULES if draw(st.booleans())]
        answers = [answer(i.ref_id, draw(DECISIONS)) for i in FORM.items if draw(st.booleans())]
        csr_id = draw(st.sampled_from(["20", "3", None]))
        return marked(call(f"c{index}", csr_id), findings, answers)

    return [one(index) for index in range(draw(st.integers(0, 5)))]


@given(calls(), st.randoms(use_true_random=False))
def test_bounded_deterministic_and_never_both_weak_and_strong(
    evaluated: list[Evaluated], random: Random
) -> None:
    weak = weak_points(evaluated, window=Window())
    strong = strengths(evaluated, window=Window(), least_items=1)
    for point in weak:
        assert point.lost_points >= 0
        assert 0 <= point.lost_share <= 1
        # 100 points of the form and 5 of a deduction on 40 at the least
        assert point.lost_points <= point.applicable_points + point.calls * 50
        assert bool(point.instances)
        parts = sum(one.lost_points for one in point.instances)
        assert abs(parts - point.lost_points) <= len(point.instances) / 100
    keys = [(one.csr_id, one.skill) for one in weak]
    assert len(keys) == len(set(keys))
    assert not {(one.csr_id, one.skill) for one in strong} & set(keys)
    mixed = list(evaluated)
    random.shuffle(mixed)
    assert weak_points(mixed, window=Window()) == weak
    assert strengths(mixed, window=Window(), least_items=1) == strong
