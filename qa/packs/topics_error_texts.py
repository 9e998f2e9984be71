"""Texts of the errors of topic files (QA258, QA259)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA258": ErrorText(
        "主题“{topic}”写了两次，或用了保留名称 other。请改 id。",
        "topic “{topic}” stands twice, or takes the reserved name other. Change its id.",
    ),
    "QA259": ErrorText(
        "主题“{topic}”没有说法。请写 phrases 或 regexes。",
        "topic “{topic}” has no wordings. Give it phrases or regexes.",
    ),
}
