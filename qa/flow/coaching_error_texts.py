"""Texts of the errors of plans and training (QA860-QA869)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA860": ErrorText(
        zh="没有辅导计划“{plan}”。现有：{options}。",
        en="there is no plan “{plan}”. Known: {options}.",
    ),
    "QA861": ErrorText(
        zh="“{action}”还缺 {wanted}。例：{example}",
        en="“{action}” needs {wanted}. Example: {example}",
    ),
    "QA862": ErrorText(
        zh="课程目录里没有“{course}”。可用：{options}。",
        en="the catalogue has no course “{course}”. Known: {options}.",
    ),
}
