"""The role ladder: `scorecards/roles.yaml`."""

from collections.abc import Collection
from pathlib import Path

from qa.domain.development import Role
from qa.packs.nouns import menu
from qa.packs.scorecards import read_list
from transcribe.errors import CodedErrors

ROLES = "roles.yaml"


def read_roles(
    path: Path, *, skills: Collection[str], courses: Collection[str], name: str = ""
) -> tuple[Role, ...]:
    """The roles, in the order of the ladder.

    Errors, all at once: those of `read_list`; QA893 an unknown skill, QA513 an unknown course,
    QA892 a role twice or an unknown next one. References are not told where a role cannot be read.
    """
    roles, errors, source = read_list(path, "roles", Role, name=name or path.name)
    if errors:
        raise CodedErrors(errors)
    known = [role.id for role in roles]
    for number, role in enumerate(roles):
        for skill in role.skills:
            if skill not in skills:
                options = menu(skill, skills)
                source.add("QA893", ("roles", number, "skills", skill), skill=skill,
                           role=role.id, options=options)  # fmt: skip
        for at, course in enumerate(role.quizzes):
            if course not in courses:
                options = menu(course, courses)
                source.add("QA513", ("roles", number, "quizzes", at), course=course,
                           options=options)  # fmt: skip
        options = ", ".join(dict.fromkeys(known))
        for at, following in enumerate(role.next):
            if following not in known:
                source.add("QA892", ("roles", number, "next", at), role=following, options=options)
        if role.id in known[:number]:
            source.add("QA892", ("roles", number, "id"), role=role.id, options=options)
    if source.errors:
        raise CodedErrors(source.errors)
    return roles
