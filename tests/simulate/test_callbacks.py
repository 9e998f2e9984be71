"""Calls back: in the order they start, to the customers that were promised one."""

from datetime import date, timedelta

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


def test_what_would_be_called_back_later_is_not_there_yet() -> None:
    spec = SPEC.ending(date(2026, 11, 21))
    end = spec.start + timedelta(days=spec.days)
    every = list(with_callbacks(simulate_site(spec).scripts, share=1.0, seed=1))
    past = list(with_callbacks(simulate_site(spec).scripts, share=1.0, seed=1, until=end))
    assert past == [one for one in every if one.call.started_at and one.call.started_at < end]
    assert len(past) < len(every)


def test_a_centre_moved_in_time_is_the_same_centre() -> None:
    moved = SPEC.ending(date(2026, 11, 21))
    shift = moved.start - SPEC.start
    for one, other in zip(simulate_site(SPEC).scripts, simulate_site(moved).scripts, strict=True):
        assert one.call.started_at
        assert other.call.started_at
        assert other.call.started_at - one.call.started_at == shift
        assert other.transcript == one.transcript
        assert other.call.started_at.date() <= date(2026, 11, 21)
    days = {one.call.started_at.date() for one in simulate_site(moved).scripts
            if one.call.started_at}  # fmt: skip
    assert max(days) >= date(2026, 11, 19)
