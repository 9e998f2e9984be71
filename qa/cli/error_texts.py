"""Texts of the errors of the command line, QA110-QA119."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA110": ErrorText(
        "没有叫“{subject}”的规则、评分项、算子或错误码。可用：{options}；评分项如 ID-1，"
        "错误码如 QA220。",
        'No rule, item, operator or error is called "{subject}". Known: {options}; items such as '
        "ID-1, errors such as QA220.",
    ),
}
