"""A quarter's curriculum as a trainer edits it: YAML in, YAML out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from qa.domain.coaching import Course
from qa.domain.curriculum import Curriculum
from qa.packs.nouns import Source, build
from qa.packs.yaml_reader import read_plain
from transcribe.errors import CodedErrors
from transcribe.transcript import Language


class ReadCurriculum(NamedTuple):
    """The plan and where each session stands, file:line:column by session id."""

    plan: Curriculum
    places: Mapping[str, str]


def read_curriculum(path: Path) -> ReadCurriculum:
    """The curriculum in a YAML file. Raises what `read_plain` raises, and QA210-QA212 at once."""
    value, places = read_plain(path, name=path.name)
    source = Source(path.name, places)
    plan = build(Curriculum, value if isinstance(value, dict) else {}, source, ())
    if plan is None:
        raise CodedErrors(source.errors)
    stand = {one.id: source.place(("sessions", number)) for number, one in enumerate(plan.sessions)}
    return ReadCurriculum(plan, stand)


def curriculum_yaml(plan: Curriculum, courses: Mapping[str, Course], language: Language) -> str:
    """The plan as YAML with each course's title beside it, to be edited and read back."""
    zh = language == "zh"
    lines = [
        "# 季度培训计划。改好后运行 qa curriculum check，再 qa curriculum publish。"
        if zh
        else "# A quarter's training. After editing: qa curriculum check, then publish.",
        f"quarter: {json.dumps(plan.quarter)}",
        "sessions:" if plan.sessions else "sessions: []",
    ]
    for one in plan.sessions:
        course = courses.get(one.course)
        title = f"  # {course.title.of(language)}" if course else ""
        csrs = ", ".join(json.dumps(csr, ensure_ascii=False) for csr in one.csrs)
        lines += [
            f"  - id: {json.dumps(one.id, ensure_ascii=False)}",
            f"    course: {json.dumps(one.course, ensure_ascii=False)}{title}",
            f"    start: {json.dumps(one.start)}",
            f"    minutes: {one.minutes}",
            f"    trainer: {json.dumps(one.trainer, ensure_ascii=False)}",
            f"    csrs: [{csrs}]",
            f"    why: {json.dumps(one.why, ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"
