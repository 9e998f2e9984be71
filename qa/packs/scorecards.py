"""Scorecards, skills and courses from their YAML files."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from qa.domain.coaching import Course, Skill
from qa.domain.rules import AppliesTo
from qa.domain.scorecards import Scorecard
from qa.packs.nouns import Source, build
from qa.packs.yaml_reader import read_plain
from transcribe.errors import CodedError
from transcribe.noun import Noun

N = TypeVar("N", bound=Noun)


def read_scorecard(path: Path, *, name: str) -> tuple[Scorecard | None, list[CodedError]]:
    """The file's scorecard (`scorecard: {...}`) and its errors.

    Errors: those of `read_plain` and `build`, QA213 wrong top level.
    """
    value, places = read_plain(path, name=name)
    source = Source(name, places)
    body = _top(value, "scorecard", source)
    if not isinstance(body, dict):
        return None, source.errors
    given = {key: body[key] for key in body if key not in ("digest", "place")}
    scorecard = build(Scorecard, _placed(given, source), source, ("scorecard",))
    if scorecard is not None:
        place = source.place(("scorecard",))
        scorecard = scorecard.model_copy(update={"digest": digest(scorecard), "place": place})
        _check(scorecard, source)
    return scorecard, source.errors


def _placed(given: dict[str, Any], source: Source) -> dict[str, Any]:
    """The scorecard's fields, each item with its place."""
    sections = given.get("sections")
    if not isinstance(sections, list):
        return given
    placed = [
        {
            **section,
            "items": [
                {**item, "place": source.place(("scorecard", "sections", s, "items", i))}
                if isinstance(item, dict)
                else item
                for i, item in enumerate(section["items"])
            ],
        }
        if isinstance(section, dict) and isinstance(section.get("items"), list)
        else section
        for s, section in enumerate(sections)
    ]
    return {**given, "sections": placed}


def read_list(
    path: Path, key: str, model: type[N], *, name: str
) -> tuple[tuple[N, ...], list[CodedError], Source]:
    """The nouns of a file of the shape `key: [...]`, its errors, and its places."""
    value, places = read_plain(path, name=name)
    source = Source(name, places)
    body = _top(value, key, source)
    made = []
    for index, raw in enumerate(body if isinstance(body, list) else ()):
        noun = build(model, raw, source, (key, index))
        if isinstance(noun, Course):
            here = source.place((key, index))
            noun = noun.model_copy(update={"digest": digest(noun), "place": here})
        if noun is not None:
            made.append(noun)
    return tuple(made), source.errors, source


def _top(value: Any, key: str, source: Source) -> Any:
    if not isinstance(value, dict) or set(value) != {key} or not value[key]:
        source.add("QA213", (), wanted=f"{key}:")
        return None
    return value[key]


def _check(scorecard: Scorecard, source: Source) -> None:
    """QA234 points that do not add up, QA235 an item twice, QA236 a machine item without
    rules, QA239 bands that do not rise from 0."""
    normal = [i for i in scorecard.items if not i.bonus and i.points >= 0]
    total = sum(item.points for item in normal)
    if total != scorecard.total_points:
        source.add(
            "QA234",
            ("scorecard", "sections"),
            scorecard=scorecard.id,
            total=str(total),
            wanted=str(scorecard.total_points),
        )
    seen: set[str] = set()
    for s, section in enumerate(scorecard.sections):
        for i, item in enumerate(section.items):
            path = ("scorecard", "sections", s, "items", i)
            if item.ref_id in seen:
                source.add("QA235", path, item=item.ref_id)
            seen.add(item.ref_id)
            if item.by == "machine" and not item.rules:
                source.add("QA236", path, item=item.ref_id)
    starts = [band.from_score for band in scorecard.bands]
    if min(starts) != 0 or len(set(starts)) < len(starts):
        source.add("QA239", ("scorecard", "bands"), scorecard=scorecard.id)


def check_skills(
    skills: Iterable[Skill], courses: Iterable[Course], scorecards: Iterable[Scorecard]
) -> list[CodedError]:
    """QA232 an item's unknown skill, QA233 a skill without a course, QA240 an unknown
    prerequisite, QA241 a course's unknown skill, QA242 an outline that is not `minutes` long."""
    known = {skill.id for skill in skills}
    taught = {skill for course in courses for skill in course.skills}
    ids = {course.id for course in courses}
    options = ", ".join(sorted(known))
    errors = []
    for scorecard in scorecards:
        for item in scorecard.items:
            values = {"item": item.ref_id, "skill": item.skill, "options": options}
            if item.skill not in known:
                errors.append(CodedError("QA232", place=item.place, **values))
            elif item.skill not in taught:
                errors.append(CodedError("QA233", place=item.place, **values))
    for course in courses:
        for skill in course.skills:
            if skill not in known:
                errors.append(
                    CodedError(
                        "QA241", place=course.place, course=course.id, skill=skill, options=options
                    )
                )
        for wanted in course.prerequisites:
            if wanted not in ids or wanted == course.id:
                errors.append(
                    CodedError(
                        "QA240",
                        place=course.place,
                        course=course.id,
                        wanted=wanted,
                        options=", ".join(sorted(ids - {course.id})),
                    )
                )
        minutes = sum(step.minutes for step in course.outline)
        if minutes != course.minutes:
            errors.append(
                CodedError(
                    "QA242",
                    place=course.place,
                    course=course.id,
                    minutes=course.minutes,
                    outline=minutes,
                )
            )
    return errors


def digest(noun: Noun) -> str:
    """sha256 (16 hex digits) of the noun without its digest and its places."""
    items = {"__all__": {"items": {"__all__": {"place"}}}}
    without: dict[str, Any] = {"digest": True, "place": True, "sections": items}
    if isinstance(noun, Scorecard) and noun.applies_to == AppliesTo():
        without["applies_to"] = True  # as before there were forms for some calls only
    text = noun.model_dump_json(exclude=without)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
