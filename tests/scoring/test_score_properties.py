"""What holds for every form, every set of verdicts and every set of answers."""

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from scoring_forms import CALL, answer, form, found, item, mark

from qa.domain.evaluations import Answer, Evaluation
from qa.domain.findings import Finding
from qa.domain.scorecards import Item, Scorecard
from qa.scoring.score import score

VERDICTS = st.sampled_from(["met", "not_met", "not_applicable", "undecided"])
DECISIONS = st.sampled_from(["met", "not_met", "not_applicable"])
Case = tuple[Scorecard, list[Finding], list[Answer]]
HUNDREDTHS = st.integers(min_value=1, max_value=3000).map(lambda n: Decimal(n) / 100)


@st.composite
def forms(draw: st.DrawFn, *, fatal: bool = False, extra: bool = False) -> Scorecard:
    """Forms of one to three sections; extra: bonus and deduction items too."""

    def one(section: int, place: int) -> Item:
        kind = draw(st.sampled_from(["plain", "bonus", "deduction", "zero"])) if extra else "plain"
        points = {"deduction": -draw(HUNDREDTHS), "zero": Decimal(0)}.get(kind, draw(HUNDREDTHS))
        reach = draw(st.sampled_from(["none", "item", "section", "form"])) if fatal else "none"
        rules = [f"R-{section}{place}{k}" for k in range(draw(st.integers(0, 3)))]
        return item(
            f"AA-{section}{place}",
            str(points),
            *rules,
            bonus=kind == "bonus",
            fatal=reach,
            combine=draw(st.sampled_from(["all", "any", "share"])),
            by=draw(st.sampled_from(["machine", "both", "human"])),
            **{"class": draw(st.sampled_from(["nc", "cc", "bc", "pc"]))},
        )

    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    return form(*[[one(s, p) for p in range(size)] for s, size in enumerate(sizes)])


@st.composite
def judged(draw: st.DrawFn, *, fatal: bool = False, extra: bool = False) -> Case:
    card = draw(forms(fatal=fatal, extra=extra))
    rules = [rule for one in card.items for rule in one.rules]
    findings = [found(rule, draw(VERDICTS)) for rule in rules if draw(st.booleans())]
    answers = [
        answer(one.ref_id, draw(DECISIONS)) for one in card.items if draw(st.integers(0, 3)) == 0
    ]
    return card, findings, answers


def contains(outer: Evaluation, inner: Evaluation) -> bool:
    return outer.range[0] <= inner.range[0] and inner.range[1] <= outer.range[1]


@given(judged(fatal=True, extra=True))
def test_score_and_coverage_are_bounded_and_the_range_holds_the_score(
    case: Case,
) -> None:
    card, findings, answers = case
    evaluation = score(CALL, findings, card, answers)
    low, high = evaluation.range
    assert 0 <= low <= high <= 100
    assert 0 <= evaluation.coverage <= 1
    if evaluation.score is not None:
        assert low <= evaluation.score <= high
    reached_full = evaluation.coverage == 1 and not evaluation.fatal_pending
    extras_open = any(
        mark(evaluation, one.ref_id).verdict == "undecided"
        for one in card.items
        if one.bonus or one.points < 0
    )
    if reached_full and not extras_open and evaluation.score is not None:
        assert low == evaluation.score == high


@given(judged(fatal=True, extra=True), st.randoms(use_true_random=False))
def test_order_of_findings_and_answers_is_irrelevant(case: Case, random: Random) -> None:
    card, findings, answers = case
    mixed, said = list(findings), list(answers)
    random.shuffle(mixed)
    random.shuffle(said)
    first = score(CALL, findings, card, answers).model_dump_json(by_alias=True)
    assert score(CALL, mixed, card, said).model_dump_json(by_alias=True) == first


@given(judged(extra=True), st.data())
def test_one_more_undecided_finding_never_narrows_the_range(
    case: Case, data: st.DataObject
) -> None:
    card, findings, answers = case
    before = score(CALL, findings, card, answers)
    for index, one in enumerate(findings):
        if not data.draw(st.booleans()):
            continue
        doubted = [*findings[:index], found(one.rule_id, "undecided"), *findings[index + 1 :]]
        assert contains(score(CALL, doubted, card, answers), before)


@given(judged(extra=True), st.data())
def test_answering_an_open_item_narrows_the_range_and_never_loses_coverage(
    case: Case, data: st.DataObject
) -> None:
    card, findings, answers = case
    before = score(CALL, findings, card, answers)
    shares = {one.ref_id for one in card.items if one.combine == "share"}
    for one in before.items:
        # an answer to a share item also overrules those of its rules that were decided
        if one.source != "open" or (one.ref_id in shares and one.findings):
            continue
        verdict = data.draw(DECISIONS)
        after = score(CALL, findings, card, [*answers, answer(one.ref_id, verdict)])
        everything_left = all(i.applied_weight == 0 for i in after.items)
        assert everything_left or contains(before, after)
        assert after.coverage >= before.coverage


@given(judged(), st.data())
def test_an_item_that_does_not_apply_is_as_if_it_were_not_on_the_form(
    case: Case, data: st.DataObject
) -> None:
    card, findings, answers = case
    gone = data.draw(st.sampled_from(card.items)).ref_id
    answers = [one for one in answers if one.ref_id != gone]
    with_it = score(CALL, findings, card, [*answers, answer(gone, "not_applicable")])
    rest = [one for one in card.items if one.ref_id != gone]
    if not rest:
        return
    without = score(CALL, findings, form(rest), answers)
    assert (with_it.score, with_it.range) == (without.score, without.range)
    assert with_it.coverage == without.coverage
    for one in rest:
        ours, theirs = mark(with_it, one.ref_id), mark(without, one.ref_id)
        assert ours.applied_weight == theirs.applied_weight


@given(judged(fatal=True, extra=True))
def test_only_a_person_zeroes_and_scoring_twice_gives_the_same_bytes(
    case: Case,
) -> None:
    card, findings, answers = case
    machine = score(CALL, findings, card)
    assert machine.fatal == ()
    evaluation = score(CALL, findings, card, answers)
    refused = {one.ref_id for one in answers if one.verdict == "not_met"}
    assert {fatal.ref_id for fatal in evaluation.fatal} == {
        one.ref_id for one in card.items if one.fatal != "none" and one.ref_id in refused
    }
    again = score(CALL, findings, card, answers)
    assert again.model_dump_json(by_alias=True) == evaluation.model_dump_json(by_alias=True)
