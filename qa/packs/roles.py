"""The role ladder: `scorecards/roles.yaml`."""

from collections.abc import Collection
from pathlib import Path

from qa.domain.development import Role
from qa.packs.nouns import menu
from qa.packs.scorecards import read_list
from transcribe.errors import CodedError, CodedErrors


def read_roles(
    path: Path, *, skills: Collection[str], courses: Collection[str], name: str = ""
) -> tuple[Role, ...]:
    """The roles, in the order of the ladder.

    Errors, all at once: those of `read_list`; QA893 an unknown skill, QA513 an unknown course,
    QA892 a role twice or an unknown next one.
    """
    roles, errors, source = read_list(path, "roles", Role, name=name or path.name)
    known = [role.id for role in roles]
    for number, role in enumerate(roles):
        at = source.place(("roles", number))
        for skill in role.skills:
            if skill not in skills:
                options = menu(skill, sorted(skills))
                errors.append(CodedError("QA893", place=at, skill=skill, options=options))
        for course in role.quizzes:
            if course not in courses:
                options = ", ".join(sorted(courses))
                errors.append(CodedError("QA513", place=at, course=course, options=options))
        for wrong in (*(one for one in role.next if one not in known),
                      *(role.id for _ in range(known.count(role.id) - 1))):  # fmt: skip
            errors.append(CodedError("QA892", place=at, role=wrong, options=", ".join(known)))
    if errors:
        raise CodedErrors(errors)
    return roles
