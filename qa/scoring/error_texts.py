"""Texts of the errors that scoring can raise (QA4xx)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA401": ErrorText(
        zh="评分表 {scorecard} 没有评分项 {item}。可答的评分项：{known}。"
        "请核对编号，或换用含有该项的评分表。",
        en="Scorecard {scorecard} has no item {item}. Its items: {known}. "
        "Check the id, or use the scorecard that holds it.",
    ),
    "QA402": ErrorText(
        zh="对 {item} 的回答是“{verdict}”，这不是一个决定。可选：{known}。"
        "暂时无法判断就不要作答，该项会继续待人工。",
        en='The answer to {item} is "{verdict}", which decides nothing. Options: {known}. '
        "If it cannot be decided yet, give no answer: the item goes on waiting for a person.",
    ),
    "QA403": ErrorText(
        zh="{item} 在同一时刻 {at} 有两个不同的回答：{first} 与 {second}，"
        "无法知道哪个在后。请只保留一个。",
        en="{item} has two different answers of the same moment {at}: {first} and {second}, "
        "so neither is the later one. Keep one of them.",
    ),
    "QA404": ErrorText(
        zh="规则 {rule} 在这通电话上有 {count} 个判定结果，只能有一个。请只传入同一次判定的结果。",
        en="Rule {rule} has {count} findings on this call; there can be only one. "
        "Pass the findings of one judgement only.",
    ),
}
