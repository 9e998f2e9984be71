"""The skills and courses we ship, as data: complete, teachable, and closing with the items."""

from pathlib import Path

import pytest
from coaching_calls import answer, marked
from coaching_calls import call as a_call
from ruamel.yaml import YAML

from qa.coaching.courses import match_courses
from qa.coaching.weak_points import weak_points
from qa.domain.coaching import SKILLS, Course, Skill, Window
from qa.domain.scorecards import Scorecard
from transcribe.transcript import Language

FOLDER = Path(__file__).parents[2] / "scorecards"


def tree(name: str) -> dict[str, object]:
    loaded: dict[str, object] = YAML(typ="safe").load(
        (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    )
    return loaded


def rows(name: str) -> list[object]:
    loaded = tree(name)
    assert list(loaded) == [name]
    content = loaded[name]
    assert isinstance(content, list)
    return content


COURSES = [Course.model_validate(row) for row in rows("courses")]
SKILL_ROWS = [Skill.model_validate(row) for row in rows("skills")]
CARDS = [
    Scorecard.model_validate(tree(name)["scorecard"])
    for name in ("zh/inbound", "en/inbound", "zh/outbound")
]


def test_the_skills_are_those_of_the_contract_in_its_order() -> None:
    assert tuple(skill.id for skill in SKILL_ROWS) == SKILLS


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.id)
def test_course_is_made_of_short_modules_that_add_up(course: Course) -> None:
    assert sum(step.minutes for step in course.outline) == course.minutes
    assert all(5 <= step.minutes <= 10 for step in course.outline)
    assert len(course.outline) >= 5
    # shorter than this says too little to teach from
    assert all(len(step.what.zh) >= 25 for step in course.outline)
    assert all(len(step.what.en) >= 50 for step in course.outline)
    assert set(course.skills) <= set(SKILLS)
    assert set(course.prerequisites) <= {one.id for one in COURSES}


def test_the_catalogue_of_the_requirements_is_there() -> None:
    ids = [course.id for course in COURSES]
    assert ids == ["C1", "C2", "C3", "C4", "C5", "D1", "D2", "A1", "A2", "A3", "N1"]
    titles = {course.id: course.title.zh for course in COURSES}
    assert [titles[one] for one in ids[:5]] == [
        "听力打字", "呼叫中心基本操作", "聆听理解", "电话沟通技巧", "销售技巧",
    ]  # fmt: skip


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_every_skill_an_item_names_leads_to_a_course_in_the_language(card: Scorecard) -> None:
    """Everything goes wrong in one call: each weak skill still finds its course."""
    people = [answer(item.ref_id, "not_met") for item in card.items]
    one = marked(a_call("a", language=card.language), [], people, card)
    points = weak_points([one], window=Window())
    advice = match_courses(points, COURSES, skills=SKILL_ROWS)
    assert {point.skill for point in points} == {item.skill for item in card.items}
    assert all(found.courses for found in advice)
    assert all("N1" not in [c.id for c in found.courses] for found in advice)


@pytest.mark.parametrize(
    ("skill", "language", "first"),
    [
        ("listening", "zh", "C3"),
        ("record_keeping", "zh", "C1"),
        ("process", "zh", "C2"),
        ("verification", "en", "C2"),
        ("opening", "zh", "C4"),
        ("closing", "en", "C4"),
        ("courtesy", "zh", "C4"),
        ("voice", "zh", "C4"),
        ("voice", "en", "D1"),
        ("sales", "zh", "C5"),
        ("knowledge", "zh", "A3"),
        ("empathy", "en", "A1"),
        ("compliance", "zh", "A2"),
    ],
)
def test_map_of_the_requirements(skill: str, language: Language, first: str) -> None:
    card = next(c for c in CARDS if skill in {i.skill for i in c.items if i.points})
    people = [answer(i.ref_id, "not_met") for i in card.items if i.skill == skill and i.points]
    one = marked(a_call("a", language=language), [], people, card)
    # nobody confirmed a fatal here, so the skill alone decides
    points = [
        point.model_copy(update={"fatal_calls": 0}) for point in weak_points([one], window=Window())
    ]
    (advice,) = match_courses(points, COURSES)
    assert advice.courses[0].id == first
