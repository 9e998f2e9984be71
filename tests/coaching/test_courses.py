"""Which courses are offered, in which order, with which wording and reason."""

from decimal import Decimal

import pytest
from coaching_calls import course, text

from qa.coaching.courses import match_courses
from qa.domain.coaching import Instance, Skill, WeakPoint
from qa.domain.logic import Exists
from qa.domain.rules import Condition, Rule
from transcribe.transcript import Language


def point(skill: str = "opening", csr_id: str = "1023", **more: object) -> WeakPoint:
    base: dict[str, object] = {
        "csr_id": csr_id,
        "skill": skill,
        "calls": 3,
        "lost_points": Decimal("14.00"),
        "applicable_points": Decimal("40.00"),
        "lost_share": 0.35,
        "open_items": 0,
        "languages": ("zh",),
        "instances": (instance("a"), instance("b"), instance("b", item="HOLD-1")),
    }
    return WeakPoint.model_validate({**base, **more})


def instance(call_id: str, language: Language = "zh", **more: object) -> Instance:
    base: dict[str, object] = {
        "call_id": call_id,
        "language": language,
        "item": "OPEN-1",
        "rule_id": "OPEN-001",
        "lost_points": Decimal(5),
        "reason": text("why"),
        "say": ("guide",),
    }
    return Instance.model_validate({**base, **more})


def rule(language: Language, *say: str) -> Rule:
    return Rule(
        id="OPEN-001",
        name="greets",
        language=language,
        title=text("t"),
        why=text("w"),
        wrong_when=text("x"),
        conditions=(Condition(name="greet", operator="says", params={}),),
        met_when=Exists(find="greet"),
        say=say,
    )


def ids(*courses: object, of: WeakPoint) -> list[str]:
    (one,) = match_courses([of], courses)  # type: ignore[arg-type]
    return [offered.id for offered in one.courses]


def test_courses_that_teach_the_skill_in_the_language_of_the_calls() -> None:
    catalogue = [
        course("C1", "listening"),
        course("C2", "opening", languages=("en",)),
        course("C3", "opening"),
    ]
    assert ids(*catalogue, of=point()) == ["C3"]
    assert ids(*catalogue, of=point(languages=("en", "zh"))) == ["C2", "C3"]
    assert ids(*catalogue, of=point(languages=())) == ["C2", "C3"]


def test_basic_before_advanced_then_closer_then_the_catalogues_order() -> None:
    catalogue = [
        course("C1", "opening", level="advanced"),
        course("C2", "opening", "closing"),
        course("C4", "opening"),
        course("C3", "opening"),
    ]
    assert ids(*catalogue, of=point()) == ["C4", "C3", "C2"]


def test_a_broad_course_only_where_no_closer_one_is() -> None:
    broad = course("N1", "opening", "closing", "voice", "courtesy", "process")
    assert ids(broad, course("C4", "opening"), of=point()) == ["C4"]
    assert ids(broad, of=point()) == ["N1"]


def test_what_comes_first_comes_first() -> None:
    catalogue = [course("D2", "opening", prerequisites=("C4",)), course("C4", "opening")]
    assert ids(*catalogue, of=point()) == ["C4"]
    assert ids(catalogue[0], of=point()) == ["D2"]


def test_a_confirmed_fatal_puts_compliance_first() -> None:
    catalogue = [course("C2", "verification"), course("A2", "compliance", "verification")]
    fatal = point(
        "verification", fatal_calls=1, instances=(instance("a", item="ID-1", fatal=True),)
    )
    assert ids(*catalogue, of=fatal) == ["A2", "C2"]
    assert ids(*catalogue, of=point("verification")) == ["C2", "A2"]


def test_no_course_fits_and_the_reason_says_so() -> None:
    (one,) = match_courses([point()], [])
    assert one.courses == ()
    assert "No course in the catalogue" in one.why.en
    assert "课程目录中还没有" in one.why.zh


def test_ranks_start_again_with_each_csr() -> None:
    points = [point("opening", "20"), point("closing", "20"), point("opening", "3")]
    assert [(r.csr_id, r.rank) for r in match_courses(points, [])] == [
        ("20", 1),
        ("20", 2),
        ("3", 1),
    ]


def test_wording_comes_from_the_rule_in_the_language_of_the_call() -> None:
    mixed = point(instances=(instance("a"), instance("b", "en"), instance("c", rule_id=None)))
    rules = [rule("zh", "您好，很高兴为您服务"), rule("en", "Hello, how may I help you?")]
    (one,) = match_courses([mixed], [], rules=rules)
    assert [seen.say for seen in one.weak_point.instances] == [
        ("您好，很高兴为您服务",),
        ("Hello, how may I help you?",),
        ("guide",),
    ]
    (without,) = match_courses([mixed], [], rules=[rule("zh")])
    assert {seen.say for seen in without.weak_point.instances} == {("guide",)}


def test_why_in_both_languages() -> None:
    skill = Skill(id="opening", title=text("Opening"), description=text("d"))
    (one,) = match_courses([point(open_items=2)], [course("C4", "opening")], skills=[skill])
    assert one.why.en == (
        "Opening: lost 14.0 of 40.0 points in 3 calls: OPEN-1 ×2, HOLD-1 ×1. "
        "2 items still wait for a person."
    )
    assert one.why.zh == (
        "“Opening（中）”在 3 通电话中失 14.0 分（满分 40.0 分）：OPEN-1 ×2, HOLD-1 ×1。"
        "另有 2 项待人工。"
    )


def test_why_of_a_fatal_without_points() -> None:
    fatal = point(
        "compliance",
        calls=1,
        lost_points=Decimal(0),
        applicable_points=Decimal(0),
        fatal_calls=1,
        instances=(instance("a", item="COMP-1", fatal=True, lost_points=Decimal(0)),),
    )
    (one,) = match_courses([fatal], [course("A2", "compliance")])
    assert one.why.en == "A person confirmed a fatal item in 1 call (COMP-1)."
    assert one.why.zh == "1 通电话有经人工确认的一票否决项（COMP-1）。"


@pytest.mark.parametrize(
    ("open_items", "said"), [(1, "1 item still waits"), (3, "3 items still wait")]
)
def test_why_counts_in_good_english(open_items: int, said: str) -> None:
    (one,) = match_courses([point(open_items=open_items)], [])
    assert said in one.why.en


def test_what_failed_is_not_offered_again_and_the_format_escalates() -> None:
    class_, talk = course("C1", "voice"), course("C2", "voice", format="one_to_one")
    point = WeakPoint(csr_id="1", skill="voice", calls=3, lost_points=Decimal(5),
                      applicable_points=Decimal(9), lost_share=0.5, open_items=0)  # fmt: skip
    first = match_courses([point], [class_, talk])[0]
    assert first.courses[0].id == "C1"
    again = match_courses([point], [class_, talk], failed={("1", "voice"): ("C1",)})[0]
    assert [one.id for one in again.courses] == ["C2"]
    assert "C1" in again.why.zh
    last = match_courses([point], [class_, talk], failed={("1", "voice"): ("C1", "C2")})[0]
    assert last.courses == ()
    assert "one-to-one with the lead" in last.why.en
