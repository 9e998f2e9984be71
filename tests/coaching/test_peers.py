from qa.coaching.estimates import skill_estimates
from qa.coaching.peers import MOST_PARTNERS, match_peers, propose_trainers
from qa.domain.estimates import SkillEstimate
from qa.simulate.centre import CentreSpec, simulate_centre


def estimates(spread: float = 0.08, calls: int = 200) -> tuple[SkillEstimate, ...]:
    spec = CentreSpec(calls_a_csr=calls, csr_spread=spread, planted_a_csr=1, seed=3)
    return skill_estimates(simulate_centre(spec).marks)


def test_the_weak_are_matched_with_the_surely_strong() -> None:
    found = estimates()
    by_key = {(one.csr_id, one.skill): one for one in found}
    pairs = match_peers(found)
    assert pairs
    for pair in pairs:
        assert by_key[pair.csr_id, pair.skill].standing == "below"
        assert by_key[pair.peer_id, pair.skill].gap_low > 0
        assert pair.peer_id != pair.csr_id
    helping = [pair.peer_id for pair in pairs]
    assert max(helping.count(one) for one in helping) <= MOST_PARTNERS
    assert any(pair.same_team for pair in pairs)


def test_own_team_comes_first() -> None:
    one = estimates()[0]
    weak = one.model_copy(update={"csr_id": "w", "team": "A", "standing": "below", "gap": -0.2})
    fine = one.model_copy(update={"standing": "not_below"})
    strong = fine.model_copy(update={"gap_low": 0.1, "gap": 0.2, "trend_high": 0.1})
    far = strong.model_copy(update={"csr_id": "far", "team": "B", "gap_low": 0.3})
    near = strong.model_copy(update={"csr_id": "near", "team": "A"})
    falling = near.model_copy(update={"csr_id": "falling", "trend_high": -0.1})
    (pair,) = match_peers([weak, far, near, falling])
    assert (pair.peer_id, pair.same_team) == ("near", True)
    assert match_peers([weak]) == ()


def test_trainers_are_steadily_strong() -> None:
    found = propose_trainers(estimates())
    assert found
    assert list(found) == sorted(found, key=lambda one: (-one.gap_low, one.csr_id))
    assert all(one.chances >= 60 and one.gap_low > 0 for one in found)
    assert propose_trainers(estimates(calls=5)) == ()
