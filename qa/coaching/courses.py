"""Which courses teach what a CSR is weak in, and why."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from qa.domain.coaching import Course, Instance, Recommendation, Skill, WeakPoint
from qa.domain.rules import Rule
from qa.domain.text import Text
from transcribe.transcript import Language

COMPLIANCE = "compliance"
# A course for more skills than this (onboarding) is offered only where no closer one is (guess).
FOCUSED_SKILLS = 4
# Courses named for one weak point; more are not taken up (guess).
MOST_COURSES = 3

# From what a CSR does alone to what is done with them: a failed format is not repeated.
FORMATS = ("self_study", "listening", "class", "role_play", "side_by_side", "one_to_one")

Wordings = Mapping[tuple[Language, str], tuple[str, ...]]


def match_courses(
    weak_points: Sequence[WeakPoint],
    courses: Sequence[Course],
    *,
    rules: Sequence[Rule] = (),
    skills: Sequence[Skill] = (),
    failed: Mapping[tuple[str, str], Collection[str]] | None = None,
    most_courses: int = MOST_COURSES,
) -> tuple[Recommendation, ...]:
    """One recommendation a weak point, in the given order, ranked from 1 within each CSR.

    weak_points: as `weak_points` gives them, those of one CSR side by side.
    courses: in the catalogue's order, which breaks ties. Offered are those that teach the
    skill in a language of the CSR's calls: basic before advanced, closer ones (fewer skills)
    first, and none whose prerequisite is offered too, since that one comes first. A confirmed
    fatal item puts the compliance courses before all others. None fits: `courses` is empty
    and `why` says so.
    rules: their `say` becomes the wording that would have been right, in the call's language;
    an item without such a rule keeps its guide.
    skills: their titles are used in `why`; without them the skill's id.
    failed: by CSR and skill, courses that were taken and did not help; neither they nor
    formats that go no further than theirs are offered again, and `why` says so.
    """
    wordings = {(rule.language, rule.id): rule.say for rule in rules if rule.say}
    titles = {skill.id: skill.title for skill in skills}
    return tuple(
        Recommendation(
            csr_id=csr_id,
            rank=rank,
            weak_point=_worded(point, wordings),
            courses=(offered := _offered(point, courses, again)[:most_courses]),
            why=_why(point, titles.get(point.skill), offered, again),
        )
        for csr_id, own in groupby(weak_points, key=lambda point: point.csr_id)
        for rank, point in enumerate(own, start=1)
        for again in [tuple(sorted((failed or {}).get((csr_id, point.skill), ())))]
    )


def _worded(point: WeakPoint, wordings: Wordings) -> WeakPoint:
    instances = tuple(_with_say(one, wordings) for one in point.instances)
    return point.model_copy(update={"instances": instances})


def _with_say(instance: Instance, wordings: Wordings) -> Instance:
    say = wordings.get((instance.language, instance.rule_id or ""))
    return instance.model_copy(update={"say": say}) if say else instance


def _offered(
    point: WeakPoint, courses: Sequence[Course], failed: Sequence[str]
) -> tuple[Course, ...]:
    tried = max((FORMATS.index(one.format) for one in courses if one.id in failed), default=-1)
    spoken = [
        course
        for course in courses
        if (not point.languages or set(course.languages) & set(point.languages))
        and course.id not in failed
        and (
            not failed
            or (FORMATS.index(course.format) > tried and len(course.skills) <= FOCUSED_SKILLS)
        )
    ]
    wanted = [COMPLIANCE, point.skill] if point.fatal_calls else [point.skill]
    by_id = {course.id: course for skill in wanted for course in _teaching(skill, spoken)}
    return tuple(by_id.values())


def _teaching(skill: str, courses: Iterable[Course]) -> list[Course]:
    teaching = [course for course in courses if skill in course.skills]
    close = [course for course in teaching if len(course.skills) <= FOCUSED_SKILLS] or teaching
    ids = {course.id for course in close}
    first = [course for course in close if not ids & set(course.prerequisites)]
    return sorted(first, key=lambda course: (course.level != "basic", len(course.skills)))


def _why(
    point: WeakPoint, title: Text | None, offered: Sequence[Course], failed: Sequence[str]
) -> Text:
    named = ", ".join(failed)
    again_zh = f"上过 {named} 没有见效，换更贴身的形式。" if failed else ""
    again_en = f" {named} did not help, so a closer format." if failed else ""
    if failed and not offered:
        again_zh = f"上过 {named} 没有见效，也没有更贴身的课：由班组长一对一带教。"
        again_en = f" {named} did not help and no closer course is left: one-to-one with the lead."
    told = [] if failed else offered
    return Text(
        zh="".join(_why_zh(point, title.zh if title else point.skill, told or failed)) + again_zh,
        en=" ".join(_why_en(point, title.en if title else point.skill, told or failed)) + again_en,
    )


def _why_zh(point: WeakPoint, title: str, offered: Sequence[object]) -> Iterable[str]:
    if point.fatal_calls:
        yield f"{point.fatal_calls} 通电话有经人工确认的一票否决项（{_fatal_items(point)}）。"
    if point.lost_points:
        yield (
            f"“{title}”在 {point.calls} 通电话中失 {_tenths(point.lost_points)} 分"
            f"{_out_of_zh(point)}{_listed('：', point)}。"
        )
    if point.open_items:
        yield f"另有 {point.open_items} 项待人工。"
    if not offered:
        yield "课程目录中还没有适合其通话语言的课程。"


def _why_en(point: WeakPoint, title: str, offered: Sequence[object]) -> Iterable[str]:
    if point.fatal_calls:
        yield (
            f"A person confirmed a fatal item in {_calls_en(point.fatal_calls)} "
            f"({_fatal_items(point)})."
        )
    if point.lost_points:
        yield (
            f"{title}: lost {_tenths(point.lost_points)}{_out_of_en(point)} points "
            f"in {_calls_en(point.calls)}{_listed(': ', point)}."
        )
    if point.open_items:
        waits = "item still waits" if point.open_items == 1 else "items still wait"
        yield f"{point.open_items} {waits} for a person."
    if not offered:
        yield "No course in the catalogue teaches it in a language of these calls."


def _out_of_zh(point: WeakPoint) -> str:
    return f"（满分 {_tenths(point.applicable_points)} 分）" if point.applicable_points else ""


def _out_of_en(point: WeakPoint) -> str:
    return f" of {_tenths(point.applicable_points)}" if point.applicable_points else ""


def _calls_en(count: int) -> str:
    return "1 call" if count == 1 else f"{count} calls"


def _listed(mark: str, point: WeakPoint) -> str:
    """The mark and `_items`; nothing for a point without its single places (`overview`)."""
    return mark + items if (items := _items(point)) else ""


def _items(point: WeakPoint) -> str:
    """Items with the number of calls in which each lost points, most calls first."""
    lost = {(one.item, one.call_id) for one in point.instances if one.lost_points}
    counts = Counter(item for item, _ in lost)
    ordered = sorted(counts, key=lambda item: (-counts[item], item))
    return ", ".join(f"{item} ×{counts[item]}" for item in ordered)


def _fatal_items(point: WeakPoint) -> str:
    return ", ".join(sorted({one.item for one in point.instances if one.fatal}))


def _tenths(points: Decimal) -> str:
    return str(points.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))
