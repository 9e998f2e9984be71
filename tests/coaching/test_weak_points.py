"""Points lost per CSR and skill, reckoned by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest
from coaching_calls import MONDAY, answer, call, found, marked

from qa.coaching.weak_points import weak_points
from qa.domain.coaching import Evaluated, WeakPoint, Window
from qa.domain.findings import Finding

ALWAYS = Window()
ALL_MET = [
    found("OPEN-001", "met"),
    found("ID-001", "met"),
    found("HOLD-001", "met"),
    found("HOLD-002", "met"),
    found("PRO-009", "met"),
    found("COU-009", "met"),
    found("COMP-001", "met"),
]


def but(*changed: Finding) -> list[Finding]:
    names = {one.rule_id for one in changed}
    return [*[one for one in ALL_MET if one.rule_id not in names], *changed]


def lost_of(points: tuple[WeakPoint, ...]) -> list[tuple[str, Decimal, Decimal]]:
    return [(one.skill, one.lost_points, one.applicable_points) for one in points]


def test_points_are_percent_of_each_form_and_ranked_by_loss() -> None:
    calls = [
        marked(call("a"), but(found("OPEN-001", "not_met"), found("ID-001", "not_met"))),
        # ACC-1 does not apply: 40 points are the whole form, so OPEN-1 weighs 25
        marked(call("b"), but(found("OPEN-001", "not_met")), [answer("ACC-1", "not_applicable")]),
    ]
    found_points = weak_points(calls, window=ALWAYS)
    assert lost_of(found_points) == [
        ("opening", Decimal("35.00"), Decimal("35.00")),
        ("verification", Decimal("20.00"), Decimal("70.00")),
    ]
    assert found_points[0].calls == 2
    assert found_points[1].lost_share == pytest.approx(20 / 70)
    assert sum(point.lost_points for point in found_points) == 55


def test_bonus_is_no_loss_and_deduction_is() -> None:
    calls = [marked(call("a"), but(found("COU-009", "not_met"), found("PRO-009", "not_met")))]
    (point,) = weak_points(calls, window=ALWAYS)
    assert (point.skill, point.lost_points, point.applicable_points) == ("process", 5, 10)
    alone = but(
        found("PRO-009", "not_met"),
        found("HOLD-001", "not_applicable"),
        found("HOLD-002", "not_applicable"),
    )
    (bounded,) = weak_points([marked(call("a"), alone)], window=ALWAYS)
    assert (bounded.applicable_points, bounded.lost_share) == (0, 1.0)


def test_each_unmet_rule_is_an_instance_with_its_place_and_guide() -> None:
    calls = [
        marked(
            call("a"),
            but(
                found("HOLD-001", "not_met", heard_s=40.5),
                found("HOLD-002", "not_met", heard_s=None),
            ),
        )
    ]
    (point,) = weak_points(calls, window=ALWAYS)
    first, second = point.instances
    assert (first.rule_id, first.lost_points, first.evidence[0].start_s) == ("HOLD-001", 5, 40.5)
    assert first.reason.en == "reason of HOLD-001"
    # nothing was said, so the place is where it was searched
    assert (second.rule_id, second.evidence[0].quote) == ("HOLD-002", None)
    assert (second.evidence[0].start_s, second.evidence[0].end_s) == (0, 15)
    assert second.say == ("guide of HOLD-1（中）",)


def test_a_persons_verdict_shows_hints_and_its_own_reason() -> None:
    findings = but(found("OPEN-001", "undecided", heard_s=2.0))
    answers = [answer("OPEN-1", "not_met"), answer("ACC-1", "not_met")]
    knowledge, opening = weak_points([marked(call("a"), findings, answers)], window=ALWAYS)
    (heard,) = opening.instances
    assert heard.reason.en == "Judged not met by a person: OPEN-1"
    assert heard.evidence[0].start_s == 2.0
    (unheard,) = knowledge.instances
    assert (unheard.rule_id, unheard.evidence) == (None, ())
    assert unheard.say == ("guide of ACC-1（中）",)


def test_a_confirmed_form_fatal_comes_first_and_loses_no_points_twice() -> None:
    findings = but(found("OPEN-001", "not_met"), found("COMP-001", "not_met"))
    one = marked(call("a"), findings, [answer("COMP-1", "not_met")])
    assert one.evaluation is not None
    assert one.evaluation.score == 0
    compliance, opening = weak_points([one], window=ALWAYS)
    assert (compliance.skill, compliance.fatal_calls, compliance.lost_points) == (
        "compliance",
        1,
        0,
    )
    assert compliance.instances[0].fatal
    assert (opening.skill, opening.lost_points) == ("opening", 10)


def test_a_confirmed_section_fatal_costs_its_own_item_only() -> None:
    one = marked(call("a"), but(found("ID-001", "not_met")), [answer("ID-1", "not_met")])
    (point,) = weak_points([one], window=ALWAYS)
    assert (point.skill, point.fatal_calls, point.lost_points) == ("verification", 1, 20)


def test_an_unconfirmed_fatal_waits_and_accuses_nobody() -> None:
    assert weak_points([marked(call("a"), but(found("COMP-001", "not_met")))], window=ALWAYS) == ()
    one = marked(call("a"), but(found("ID-001", "not_met")))
    (point,) = weak_points([one], window=ALWAYS)
    assert (point.lost_points, point.fatal_calls, point.open_items) == (20, 0, 1)
    assert not point.instances[0].fatal


@pytest.mark.parametrize(
    "calls",
    [
        [],
        [marked(call("a"), [])],
        [marked(call("a"), ALL_MET)],
        [marked(call("a", csr_id=None), but(found("OPEN-001", "not_met")))],
        [Evaluated(call=call("a"), scorecard=marked(call("a"), []).scorecard, evaluation=None)],
    ],
    ids=["no calls", "all undecided", "all met", "unknown csr", "ungradable"],
)
def test_nothing_lost_gives_no_weak_points(calls: list[Evaluated]) -> None:
    assert weak_points(calls, window=ALWAYS) == ()


def test_open_items_are_counted() -> None:
    calls = [
        marked(call("a"), but(found("OPEN-001", "not_met"))),
        marked(call("b"), but(found("OPEN-001", "undecided"))),
    ]
    (point,) = weak_points(calls, window=ALWAYS)
    assert (point.calls, point.open_items) == (1, 1)


@pytest.mark.parametrize(
    ("window", "seen"),
    [
        (Window(), ["a", "b", "c"]),
        (Window(from_at=MONDAY), ["a", "b"]),
        (Window(from_at=MONDAY, to_at=MONDAY + timedelta(days=1)), ["a"]),
        (Window(to_at=MONDAY), []),
    ],
)
def test_window_is_half_open_and_unknown_starts_need_an_open_one(
    window: Window, seen: list[str]
) -> None:
    unknown = call("c").model_copy(update={"started_at": None})
    calls = [
        marked(one, but(found("OPEN-001", "not_met")))
        for one in (call("a"), call("b", day=1), unknown)
    ]
    points = weak_points(calls, window=window)
    assert [one.call_id for point in points for one in point.instances] == seen


def test_csrs_are_kept_apart_and_the_order_of_calls_does_not_matter() -> None:
    calls = [
        marked(call("a", "20", language="en"), but(found("OPEN-001", "not_met"))),
        marked(call("b", "3"), but(found("ID-001", "not_met"))),
        marked(call("c", "20"), but(found("ID-001", "not_met"), found("OPEN-001", "not_met"))),
        # one call in which two CSRs took part
        marked(call("b", "20"), but(found("OPEN-001", "not_met"))),
    ]
    points = weak_points(calls, window=ALWAYS)
    assert [(one.csr_id, one.skill, one.languages) for one in points] == [
        ("20", "opening", ("en", "zh")),
        ("20", "verification", ("en", "zh")),
        ("3", "verification", ("zh",)),
    ]
    assert weak_points(calls[::-1], window=ALWAYS) == points
