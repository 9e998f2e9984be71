"""Texts of the errors that measuring can raise (QA300-QA319)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA311": ErrorText(
        zh="写不了本站的分布：{why}。请检查站点文件夹 rules 的权限和磁盘空间，然后重试。",
        en="The site's distributions cannot be written: {why}. Check the permissions of the "
        "site's rules folder and the disk, then run it again.",
    ),
    "QA310": ErrorText(
        zh="{measure} 的百分位数没有从小到大排列。请用 `qa distributions` 重新生成，不要手改。",
        en="The percentiles of {measure} do not rise. Make them again with `qa distributions`; "
        "they are not edited by hand.",
    ),
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
    "QA305": ErrorText(
        zh="{name} 的正则 {pattern} 用了 {what}，RE2 没有前后断言和回溯引用。"
        "不该出现的写进 exclude（词表里是 excludes），该挨着的直接写进正则。",
        en="The regex {pattern} of {name} uses {what}; RE2 has no look-around and no "
        "back-references. Write what must not stand there as exclude (excludes in a word list), "
        "and what must stand beside it into the regex.",
    ),
    "QA306": ErrorText(
        zh="{name} 的正则 {pattern} 里有大写字母 {capitals}，而匹配的文本全是小写，永远找不到。"
        "请改成小写。",
        en="The regex {pattern} of {name} has capitals, {capitals}, but the searched text is all "
        "lower case: it can never be found. Write them in lower case.",
    ),
}
