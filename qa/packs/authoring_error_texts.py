"""Texts of what `qa check` says of quiet calls and of the lint, QA253-QA273."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA253": ErrorText(
        "正式规则 {rule} 在平静集的好通话“{call}”上判为未达标：{reason} 请改规则或词表；"
        "确属例外，在 exceptions 里写一行（规则、通话、日期、理由）。",
        'The live rule {rule} says not_met on the good call "{call}" of the quiet set: {reason} '
        "Mend the rule or its word list; if it must be, write one line under exceptions "
        "(rule, call, date, reason).",
    ),
    "QA254": ErrorText(
        "平静集的通话“{call}”读不了：{problem}",
        'The quiet call "{call}" cannot be read: {problem}',
    ),
    "QA255": ErrorText(
        "平静集的例外没有用：规则 {rule} 在通话“{call}”上{seen}。请删去这一行。",
        'This exception of the quiet set is not needed: the rule {rule} {seen} the call "{call}". '
        "Delete the line.",
    ),
    "QA256": ErrorText(
        "平静集里的通话“{call}”已在 {first} 用过这个名字。请换一个。",
        'The name of the quiet call "{call}" is used at {first} already. Take another.',
    ),
    "QA257": ErrorText(
        "不知道这个文件是哪种语言的。可选：{options}。请加 --language，或放进 zh/、en/ 文件夹。",
        "The language of this file is not known. Options: {options}. Say --language, or keep the "
        "file in a folder zh/ or en/.",
    ),
    "QA260": ErrorText(
        "规则 {rule} 的条件“{name}”永远不会成立：{why}。请改窗口或参数。",
        'The condition "{name}" of {rule} can never hold: {why}. Change the window or the '
        "parameters.",
    ),
    "QA261": ErrorText(
        "规则 {rule} 的条件“{name}”几乎总是成立：{why}。请把它写得更具体。",
        'The condition "{name}" of {rule} holds nearly always: {why}. Make it more specific.',
    ),
    "QA262": ErrorText(
        "规则 {rule} 的“{where}”把同一个条件和它自己相比（{find}、{anchor}）。"
        "请比较两个不同的条件；要数次数，写 at_least。",
        'The "{where}" of {rule} relates a condition to itself ({find}, {anchor}). Relate two '
        "different ones; to count hits, write at_least.",
    ),
    "QA263": ErrorText(
        "规则 {rule} 的 {part} 无论通话怎样都{value}，所以它{so}。请检查 all、any、not。",
        "The {part} of {rule} is {value} whatever the call, so it {so}. "
        "Look at its all, any and not.",
    ),
    "QA264": ErrorText(
        "规则 {rule} 和 {other}（{place_of_other}）条件相同，一个过失扣两次：{items}。"
        "请只留一条，或让一个评分项引用它。",
        "The rules {rule} and {other} ({place_of_other}) have the same conditions and punish one "
        "fault twice: {items}. Keep one of them, and let one item name it.",
    ),
    "QA265": ErrorText(
        "规则 {rule} 禁止的说法（{lists}）也被 {other} 禁止，同一句话会扣两次：{items}。"
        "请确认这是有意的，或从其中一条去掉。",
        "What {rule} forbids ({lists}) is forbidden by {other} too, so one wording costs twice: "
        "{items}. Make sure that this is meant, or take it out of one of them.",
    ),
    "QA266": ErrorText(
        "规则 {rule} 缺少行为锚点：{why}。请补上座席听了就知道怎么做的内容。",
        "The rule {rule} has no behavioural anchor: {why}. Write what a CSR can act on.",
    ),
    "QA267": ErrorText(
        "一票否决项 {item} 没有写清楚：{why}。请补充。",
        "The fatal item {item} is not documented: {why}. Add it.",
    ),
    "QA268": ErrorText(
        "正式规则 {rule} {why}。"
        "请写 record: {{set: 标注集, calls: 通数, precision: 0-1, recall: 0-1}}，或改回 trial。",
        "The live rule {rule} {why}. Write "
        "record: {{set: labelled set, calls: n, precision: 0-1, recall: 0-1}}, or go back to "
        "trial.",
    ),
    "QA269": ErrorText(
        "规则 {rule} 的条件“{name}”太含糊：{why}。请改写。",
        'The condition "{name}" of {rule} is vague: {why}. Rewrite it.',
    ),
    "QA271": ErrorText(
        "试用规则 {rule} 没有判为 {verdict} 的用例，没有人看得出它怎么判。请在 cases 里各写一条。",
        "The rule on trial {rule} has no case whose verdict is {verdict}, so nobody can see how it "
        "judges. Write one of each under cases.",
    ),
    "QA272": ErrorText(
        "评分项 {items} 都用规则 {rule}，一个过失扣两次。请只留一项。",
        "The items {items} all rest on the rule {rule}, so one fault costs twice. Let one of them "
        "name it.",
    ),
    "QA273": ErrorText(
        "评分项 {item} {why}。请补充，或删去这一项。",
        "The item {item} {why}. Add what is missing, or take the item out.",
    ),
    "QA270": ErrorText(
        "推导 {derivation} 没有用处：{why}。请改写或删去。",
        "The derivation {derivation} is of no use: {why}. Change it or take it out.",
    ),
}
