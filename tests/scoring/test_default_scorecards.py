"""The scorecards we ship, as data: weights, classes, fatal reach, and their use in scoring."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from scoring_forms import CALL, answer, found

from qa.domain.coaching import SKILLS
from qa.domain.rules import AREAS, Verdict
from qa.domain.scorecards import Item, Scorecard
from qa.scoring.score import score

FOLDER = Path(__file__).parents[2] / "scorecards"
TRADES = ("bank-hotline", "telecom-complaint", "ecommerce-after-sales")
NAMES = (
    "zh/inbound",
    "en/inbound",
    "zh/outbound",
    *(f"{language}/{trade}" for language in ("zh", "en") for trade in TRADES),
)


def load(name: str) -> Scorecard:
    tree = YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert list(tree) == ["scorecard"]
    return Scorecard.model_validate(tree["scorecard"])


CARDS: Mapping[str, Scorecard] = {name: load(name) for name in NAMES}
ITEMS = [pytest.param(c, i, id=f"{n}:{i.ref_id}") for n, c in CARDS.items() for i in c.items]


@pytest.mark.parametrize("name", NAMES)
def test_points_add_up_to_exactly_100(name: str) -> None:
    assert sum(item.points for item in CARDS[name].items) == Decimal(100)


@pytest.mark.parametrize(("card", "item"), ITEMS)
def test_item_is_complete(card: Scorecard, item: Item) -> None:
    assert item.skill in SKILLS
    assert item.ref_id.split("-")[0] in AREAS
    assert [one.ref_id for one in card.items].count(item.ref_id) == 1
    assert item.guide.zh != item.title.zh
    assert "未达标" in item.guide.zh
    assert "Not met" in item.guide.en
    if item.by == "human":
        assert item.rules == ()
    else:
        assert item.rules
    if item.fatal == "form":
        assert (item.points, item.item_class) == (0, "pc")


def test_one_item_id_has_one_skill_and_the_same_rules_on_every_form() -> None:
    for other in CARDS.values():
        for item in other.items:
            for card in CARDS.values():
                same = next((one for one in card.items if one.ref_id == item.ref_id), item)
                assert same.skill == item.skill
                assert same.rules == item.rules or not same.rules or not item.rules


def test_the_mandarin_form_has_the_items_and_weights_of_the_requirements() -> None:
    card = CARDS["zh/inbound"]
    assert (card.id, card.version, card.language, card.pass_mark) == ("zh-inbound", "1", "zh", 85)
    wanted = (
        "OPEN-1 5, OPEN-2 3, ID-1 10, HOLD-1 4, HOLD-2 5, PRO-1 5, LIS-1 5, LIS-2 5, LIS-3 5, "
        "VOI-1 4, VOI-2 3, VOI-3 3, COU-1 5, COU-2 3, EMP-1 5, ACC-1 15, ACC-2 5, REC-1 5, "
        "CLO-1 2, CLO-2 2, CLO-3 1, COMP-1 0, COMP-2 0, COMP-3 0, COMP-4 0, COMP-5 0, COMP-6 0"
    )
    assert ", ".join(f"{item.ref_id} {item.points}" for item in card.items) == wanted


def test_the_english_form_has_the_section_weights_of_the_requirements() -> None:
    card = CARDS["en/inbound"]
    assert (card.id, card.version, card.language) == ("en-inbound", "1", "en")
    totals = {one.ref_id: sum(item.points for item in one.items) for one in card.sections}
    assert totals == {
        "OPENING": 8, "IDENTITY": 20, "LISTENING": 17, "TONE": 15, "ACCURACY": 25,
        "RECORD": 5, "CLOSING": 10, "COMPLIANCE": 0,
    }  # fmt: skip
    classes = {item.ref_id: item.item_class for item in card.items}
    assert {classes[one] for one in ("ACC-1", "ACC-2", "ACC-3")} == {"cc"}
    assert {classes[one] for one in ("HOLD-1", "HOLD-2", "PRO-1", "REC-1")} == {"bc"}


@pytest.mark.parametrize("name", ["zh/inbound", "en/inbound"])
def test_identity_is_section_fatal_in_the_section_of_process(name: str) -> None:
    section = next(one for one in CARDS[name].sections if one.ref_id == "IDENTITY")
    assert [item.ref_id for item in section.items] == ["ID-1", "HOLD-1", "HOLD-2", "PRO-1"]
    assert [item.fatal for item in section.items] == ["section", "none", "none", "none"]


@pytest.mark.parametrize("name", NAMES)
def test_a_perfect_call_passes_and_one_without_answers_is_open(name: str) -> None:
    card = CARDS[name]
    live = [found(rule, "met") for rule in dict.fromkeys(r for i in card.items for r in i.rules)]
    people = [answer(item.ref_id, "met") for item in card.items if item.by == "human"]
    perfect = score(CALL, live, card, people)
    assert (perfect.score, perfect.coverage, perfect.passed) == (100, 1.0, True)
    assert perfect.band == "excellent"
    untouched = score(CALL, [], card)
    assert (untouched.score, untouched.coverage, untouched.range) == (None, 0.0, (0, 100))


@pytest.mark.parametrize(
    ("verdict", "total"), [("met", "100.00"), ("not_met", "76.00"), ("not_applicable", "100.00")]
)
def test_identity_confirmed_as_missing_costs_its_section(verdict: Verdict, total: str) -> None:
    card = CARDS["zh/inbound"]
    people = [answer(item.ref_id, "met") for item in card.items if item.ref_id != "ID-1"]
    evaluation = score(CALL, [], card, [*people, answer("ID-1", verdict)])
    assert evaluation.score == Decimal(total)
