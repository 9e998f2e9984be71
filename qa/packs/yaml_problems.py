"""What the YAML parser complains of, said in both languages with what was expected."""

import re

from qa.domain.text import Text

# The parser's words (ruamel.yaml 0.19, from PyYAML's scanner and parser) -> (zh, en). Groups of
# the pattern stand for {0}, {1}. Whatever is not listed is told in the parser's own words.
_SAYINGS: tuple[tuple[str, str, str], ...] = (
    (
        r"found character '(\\t)' that cannot start any token",
        "这里用了制表符缩进，应当用空格",
        "a tab is used to indent; use spaces",
    ),
    (
        r"found character '(.+)' that cannot start any token",
        "“{0}”不能作为开头，请把这段文字加上引号",
        'nothing may begin with "{0}"; put the text in quotes',
    ),
    (
        r"mapping values are not allowed (?:here|in this context)",
        "这里不应出现“: ”；多半是上一行没写完、缩进不齐，或文字里有冒号而没加引号",
        'no ": " is expected here: the line above is unfinished, the indentation differs, or text '
        "with a colon lacks its quotes",
    ),
    (
        r"expected <block end>, but found (?:'?)(?:<.*>|.*?)(?:'?)",
        "缩进与上面的各行对不齐",
        "the indentation does not match the lines above",
    ),
    (
        r"(?:did not find|could not find) expected (?:key|'-' indicator).*",
        "缩进与上面的各行对不齐",
        "the indentation does not match the lines above",
    ),
    (
        r"expected ',' or '(.)', but got '<stream end>'",
        "括号没有合上，缺少“{0}”",
        'a bracket is never closed: "{0}" is missing',
    ),
    (
        r"expected ',' or '(.)', but got '?(.*?)'?",
        "应为逗号或“{0}”，却是“{1}”",
        'a comma or "{0}" is expected, not "{1}"',
    ),
    (
        r"(?:did not find|could not find) expected ',' or '(.)'",
        "应为逗号或“{0}”；括号可能没有合上",
        'a comma or "{0}" is expected; a bracket may not be closed',
    ),
    (
        r"found unexpected end of stream",
        "引号没有合上，文件就结束了",
        "a quote is never closed before the file ends",
    ),
    (
        r"found unexpected document (?:indicator|separator)",
        "引号里出现了单独一行的 --- 或 ...",
        "a line of --- or ... stands inside quotes",
    ),
    (
        r"found unknown escape character '?(.*?)'?",
        "双引号里不认识“\\{0}”；要写反斜杠请用单引号",
        'in double quotes "\\{0}" means nothing; use single quotes for a backslash',
    ),
    (
        r"(?:could not find|did not find) expected ':'|while scanning a simple key.*",
        "这一行少了“: ”",
        'this line lacks its ": "',
    ),
    (
        r"expected (?:chomping or indentation indicators|a comment or a line break).*",
        "“|”或“>”后面只能换行，或写一个数字、加减号",
        'after "|" or ">" only a new line, a digit, + or - may stand',
    ),
    (
        r"expected alphabetic or numeric character, but found .*",
        "“&”或“*”是 YAML 的记号；文字以它开头时请加引号",
        "& and * are marks of YAML; put text that begins with one in quotes",
    ),
    (
        r"found incompatible YAML document.*|found duplicate YAML directive|expected '!', but .*"
        r"|expected a digit or .*|.*directive.*",
        "以 % 开头的行是 YAML 的指令，这里不需要，请删去",
        "a line that begins with % is a directive of YAML; it is not needed, delete it",
    ),
    (
        r"sequence entries are not allowed (?:here|in this context)",
        "“- ”不能写在这里；列表要另起一行",
        '"- " cannot stand here; begin the list on a line of its own',
    ),
    (
        r"expected the node content, but found .*|did not find expected node content",
        "这里应当有内容",
        "something is expected here",
    ),
    (
        r"expected '<document start>', but found .*|did not find expected <document start>",
        "前面的内容已经结束，这里又多出内容；看缩进",
        "the content above has ended and more follows; look at the indentation",
    ),
    (
        r"a second document",
        "文件里有第二个文档（---）；一个文件只写一个",
        "a second document begins (---); write one in a file",
    ),
    (
        r"a mapping or list as a key",
        "字段名应为文字，不能是列表或映射",
        "a field's name must be text, no list or mapping",
    ),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), zh, en) for pattern, zh, en in _SAYINGS)


def problem_of(told: str) -> Text:
    """The parser's complaint in both languages."""
    for pattern, zh, en in _COMPILED:
        found = pattern.fullmatch(told.strip())
        if found is not None:
            groups = [group or "" for group in found.groups()]
            return Text(zh=zh.format(*groups), en=en.format(*groups))
    return Text(zh=f"解析器的原话是“{told}”", en=f'the parser says "{told}"')
