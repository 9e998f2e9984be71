"""Calls back: in the order they start, to the customers that were promised one."""

from qa.simulate.callbacks import with_callbacks
from qa.simulate.site import SiteSpec, simulate_site

SPEC = SiteSpec(csrs=4, teams=2, calls_a_csr=10, days=20, seed=3)


def test_calls_stay_and_callbacks_come_in_order() -> None:
    plain = list(simulate_site(SPEC).scripts)
    both = list(with_callbacks(simulate_site(SPEC).scripts, share=1.0, seed=1))
    assert [one for one in both if not one.call.id.startswith("back-")] == plain
    starts = [one.call.started_at for one in both if one.call.started_at]
    assert starts == sorted(starts)
    promised = {
        one.call.id: one.call
        for one in plain
        if any(e.rule_id == "PRO-001" and e.verdict != "not_applicable" for e in one.expectations)
    }
    backs = [one.call for one in both if one.call.id.startswith("back-")]
    assert {call.id.removeprefix("back-") for call in backs} == set(promised)
    for call in backs:
        first = promised[call.id.removeprefix("back-")]
        assert (call.customer_key, call.csr_id) == (first.customer_key, first.csr_id)
        assert call.direction == "outbound"


def test_the_share_is_of_the_promises() -> None:
    assert list(with_callbacks(simulate_site(SPEC).scripts, share=0.0, seed=1)) == list(
        simulate_site(SPEC).scripts
    )
    one, other = (
        list(with_callbacks(simulate_site(SPEC).scripts, share=0.5, seed=2)) for _ in range(2)
    )
    assert one == other
    english = SPEC.model_copy(update={"language": "en"})
    assert any(
        x.call.direction == "outbound"
        for x in with_callbacks(simulate_site(english).scripts, share=1.0, seed=1)
    )
