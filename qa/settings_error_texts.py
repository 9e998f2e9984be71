"""Texts of the errors of a site's settings (QA120-QA129)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA120": ErrorText(
        "设置“{field}”不认识。{near}可用：{known}。",
        "setting “{field}” is not known. {near}Known: {known}.",
    ),
    "QA121": ErrorText(
        "设置“{field}”的值“{value}”不对：{problem}。说明见 settings.yaml 里的注释。",
        "setting “{field}” has the value “{value}”: {problem}. The comments in settings.yaml say "
        "what it may be.",
    ),
    "QA122": ErrorText(
        "环境变量读不出来：{problem}。请改正或取消这个变量。",
        "an environment variable cannot be read: {problem}. Correct it or unset it.",
    ),
    "QA123": ErrorText(
        "settings.yaml 应为“名称: 值”的清单，这里不是。",
        "settings.yaml must be a list of “name: value”; this is none.",
    ),
}
