"""Texts of the errors that measuring can raise (QA300-QA319)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA301": ErrorText(
        zh="词表或规则短语 {name} 里的正则 {pattern} 不能编译：{why}。"
        "请按 RE2 语法改写（不支持回溯引用和前后断言）。",
        en="The regex {pattern} of {name} does not compile: {why}. "
        "Rewrite it in RE2 syntax (no back-references, no look-around).",
    ),
    "QA302": ErrorText(
        zh="{name} 里的短语 {phrase} 去掉标点、空格和语气词后是空的，永远找不到。"
        "请删除它或写得更完整。",
        en="The phrase {phrase} of {name} is empty once punctuation, spaces and fillers are "
        "dropped, so it can never be found. Remove it or write it out.",
    ),
    "QA303": ErrorText(
        zh="{name} 里的词元模式 {pattern} 不能使用：{why}。"
        "只可用词形属性（ORTH、LOWER、LENGTH、IS_DIGIT 等）。",
        en="The token pattern {pattern} of {name} cannot be used: {why}. "
        "Only lexical attributes are allowed (ORTH, LOWER, LENGTH, IS_DIGIT ...).",
    ),
    "QA304": ErrorText(
        zh="转写文本的语言是 {transcript}，词表的语言是 {patterns}。请用同一语言的词表。",
        en="The transcript is in {transcript}, the word lists are in {patterns}. "
        "Use the word lists of the transcript's language.",
    ),
}
