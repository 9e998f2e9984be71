"""Texts of the errors of packs, QA2xx."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA201": ErrorText(
        "文件读不了：{why}。请检查路径和权限。",
        "The file cannot be read: {why}. Check the path and its permissions.",
    ),
    "QA202": ErrorText(
        "文件太大：超过 {limit} {unit}。请把内容分到几个文件。",
        "The file is too large: more than {limit} {unit}. Split it into several files.",
    ),
    "QA203": ErrorText(
        "不是合法的 YAML：{problem}。请看这一行和上一行的缩进、引号和括号。",
        "This is not valid YAML: {problem}. Look at the indentation, quotes and brackets here "
        "and one line above.",
    ),
    "QA204": ErrorText(
        "不接受 {what}。请把内容直接写出来；`&` `*` `!` 开头的文字加引号。",
        "{what} is not accepted. Write the content out; quote text that begins with & * or !.",
    ),
    "QA205": ErrorText(
        "字段“{key}”写了两次，后一个会盖掉前一个。请留一个。",
        'The field "{key}" is written twice, and one would hide the other. Keep one.',
    ),
    "QA206": ErrorText(
        "嵌套超过 {limit} 层。请减少嵌套。",
        "The nesting is deeper than {limit} levels. Flatten it.",
    ),
    "QA207": ErrorText(
        "文件不是 UTF-8 编码。请用 UTF-8 保存。",
        "The file is not UTF-8. Save it as UTF-8.",
    ),
    "QA208": ErrorText(
        "这里有不能保存的字符 {character}。请删掉，或直接写出要用的字。",
        "There is a character here that no text can hold, {character}. Delete it, or write the "
        "wanted character itself.",
    ),
    "QA210": ErrorText(
        "不认识字段“{field}”。可用：{options}。请改名或删去。",
        'The field "{field}" is not known. Known: {options}. Rename or remove it.',
    ),
    "QA211": ErrorText(
        "缺少字段“{field}”。请补上。",
        'The field "{field}" is missing. Add it.',
    ),
    "QA212": ErrorText(
        "字段“{field}”的值 {seen} 不对：{problem}。请按提示修改。",
        'The field "{field}" has a wrong value {seen}: {problem}. Change it accordingly.',
    ),
    "QA213": ErrorText(
        "文件的顶层应当是：{wanted}。",
        "The top level of the file should be: {wanted}.",
    ),
    "QA214": ErrorText(
        "词表“{kind}”有两份。请合并成一份。",
        'There are two word lists "{kind}". Merge them.',
    ),
    "QA215": ErrorText(
        "词表“{kind}”应放在 {kind}.yaml，现在在 {file}。请改文件名或 kind。",
        'The word list "{kind}" belongs into {kind}.yaml, not {file}. Rename the file or the kind.',
    ),
    "QA216": ErrorText(
        "文件 {file} 不会被读取。请把扩展名改为 .yaml。",
        "The file {file} would not be read. Rename it so that it ends in .yaml.",
    ),
    "QA217": ErrorText(
        "“{phrase}”用了同义词组 <{group}>，但没有这一组。可用：{options}。"
        "请改名，或在 rules/synonyms 里加上这一组。",
        'The phrase "{phrase}" calls the synonym group <{group}>, which is not there. Known: '
        "{options}. Rename it, or add the group under rules/synonyms.",
    ),
    "QA218": ErrorText(
        "“{phrase}”展开后有 {count} 种说法（上限 {most}）。请少用一个同义词组，或改写成 regex。",
        'The phrase "{phrase}" stands for {count} wordings (at most {most}). Call fewer groups, '
        "or write it as a regex.",
    ),
    "QA219": ErrorText(
        "同义词组“{group}”写了两次，前一次在 {first}。请合并成一组。",
        'The synonym group "{group}" is written twice, first at {first}. Merge them.',
    ),
    "QA220": ErrorText(
        "条件“{name}”没有定义。本规则的条件：{options}。请改名或补上条件。",
        'The condition "{name}" is not defined. Conditions of this rule: {options}. Rename or add.',
    ),
    "QA221": ErrorText(
        "不认识逻辑词“{word}”。可用：{options}。",
        'The logic word "{word}" is not known. Known: {options}.',
    ),
    "QA222": ErrorText(
        "逻辑的写法不对。应写成条件名，或其一：{options}。",
        "The logic has a wrong shape. Write a condition's name, or one of: {options}.",
    ),
    "QA223": ErrorText(
        "规则没有条件（或算子多于一个：{extra}）。请写 conditions:，或只写一个算子。",
        "The rule has no conditions (or more than one operator: {extra}). Write conditions:, or "
        "just one operator.",
    ),
    "QA224": ErrorText(
        "met_when 和 not_met_when 必须且只能写一个。请删去或补上一个。",
        "Exactly one of met_when and not_met_when is needed. Remove or add one.",
    ),
    "QA225": ErrorText(
        "条件“{name}”应当是一个算子和它的参数，如 says: {{speaker: csr, words: greeting}}。",
        'The condition "{name}" should be one operator with its parameters, such as '
        "says: {{speaker: csr, words: greeting}}.",
    ),
    "QA226": ErrorText(
        "写法“{spelling}”在两组同义词里：{first} 和 {second}。一种写法只能读成一个词，请删去一处。",
        'The spelling "{spelling}" stands in two groups, {first} and {second}. It can be read as '
        "one word only: remove it from one of them.",
    ),
    "QA230": ErrorText(
        "规则编号 {rule} 已在 {first} 用过。编号不能重用，请换一个。",
        "The rule id {rule} is used at {first} already. Ids are never reused; take another.",
    ),
    "QA231": ErrorText(
        "评分项 {item} 引用了不存在的规则 {rule}。可用：{options}。",
        "Item {item} names the rule {rule}, which does not exist. Known: {options}.",
    ),
    "QA232": ErrorText(
        "评分项 {item} 的能力项“{skill}”不存在。可用：{options}。",
        'Item {item} names the skill "{skill}", which does not exist. Known: {options}.',
    ),
    "QA233": ErrorText(
        "评分项 {item} 的能力项“{skill}”没有任何课程。请在 courses.yaml 里加一门。"
        "（能力项：{options}）",
        'No course teaches the skill "{skill}" of item {item}. Add one to courses.yaml. '
        "(Skills: {options})",
    ),
    "QA234": ErrorText(
        "评分表 {scorecard} 的分值合计 {total}，应为 {wanted}。请调整分值，或改 total_points。",
        "The points of scorecard {scorecard} add up to {total}, not {wanted}. Change the points, "
        "or total_points.",
    ),
    "QA235": ErrorText(
        "评分项 {item} 出现了两次。请删去或改编号。",
        "Item {item} appears twice. Remove or rename one.",
    ),
    "QA236": ErrorText(
        "评分项 {item} 由机器判定却没有规则。请补 rules:，或改为 by: human。",
        "Item {item} is judged by the machine but has no rules. Add rules:, or say by: human.",
    ),
    "QA237": ErrorText(
        "规则 {rule} 引用了不存在的词表“{words}”。可用：{options}。",
        'Rule {rule} names the word list "{words}", which does not exist. Known: {options}.',
    ),
    "QA238": ErrorText(
        "评分项 {item} 由机器判定，但规则 {rules} 都在试用，不计分。"
        "请改为 by: both，或用正式规则。",
        "Item {item} is judged by the machine, but its rules {rules} are all on trial and cost "
        "nothing. Say by: both, or name a live rule.",
    ),
    "QA239": ErrorText(
        "评分表 {scorecard} 的等级应从 0 分起，且起点不重复。请修改 bands。",
        "The bands of scorecard {scorecard} must start at 0 and have different starts. "
        "Change bands.",
    ),
    "QA240": ErrorText(
        "课程 {course} 的先修课程“{wanted}”不存在。可用：{options}。",
        'Course {course} needs "{wanted}" first, which does not exist. Known: {options}.',
    ),
    "QA241": ErrorText(
        "课程 {course} 的能力项“{skill}”不存在。可用：{options}。",
        'Course {course} teaches the skill "{skill}", which does not exist. Known: {options}.',
    ),
    "QA242": ErrorText(
        "课程 {course} 写明 {minutes} 分钟，大纲合计 {outline} 分钟。请改一致。",
        "Course {course} says {minutes} minutes, its outline adds up to {outline}. "
        "Make them equal.",
    ),
    "QA243": ErrorText(
        "这里没有规则或评分表。需要 rules/ 和 scorecards/ 两个文件夹；用 `qa init` 可以生成。",
        "There are no rules or no scorecards here. The folders rules/ and scorecards/ are needed; "
        "`qa init` makes them.",
    ),
    "QA244": ErrorText(
        "评分表编号 {scorecard} 已在 {first} 用过。请换一个编号。",
        "The scorecard id {scorecard} is used at {first} already. Take another.",
    ),
    "QA245": ErrorText(
        "规则 {rule} 要 {speaker} 说出词表“{words}”，但该词表只在 {listed} 的话里查找，"
        "永远不会命中。请改 speaker，或换词表。",
        'Rule {rule} wants {speaker} to use the word list "{words}", which is only looked for in '
        "turns of {listed}: it can never be found. Change the speaker or the list.",
    ),
    "QA246": ErrorText(
        "规则 {rule}：不认识信息种类“{kind}”。可用：{options}。"
        "请改名，或在 rules/entities 里加一个同名列表。",
        'Rule {rule}: the kind of entity "{kind}" is not known. Known: {options}. Rename it, or '
        "add a list of that name under rules/entities.",
    ),
    "QA247": ErrorText(
        "{rule}：faults 数的是 {wanted}，但那里没有一条正式规则。可用：{options}。",
        "{rule}: faults: counts {wanted}, where there is no live rule. Known: {options}.",
    ),
    "QA248": ErrorText(
        "推导“{derivation}”写了两次，前一次在 {first}。请改名。",
        'The derivation "{derivation}" is written twice, first at {first}. Rename one.',
    ),
    "QA249": ErrorText(
        "推导的写法不对：{problem}。",
        "The derivation is not written rightly: {problem}.",
    ),
    "QA250": ErrorText(
        "{rule} 的用例“{case}”应为 {expected}，实为 {seen}：{reason}",
        'The case "{case}" of {rule} expects {expected} but gets {seen}: {reason}',
    ),
    "QA251": ErrorText(
        "正式规则 {rule} 没有判定为 {verdict} 的用例。请在 cases 里补一条。",
        "The live rule {rule} has no case whose verdict is {verdict}. Add one to its cases.",
    ),
    "QA252": ErrorText(
        "{rule} 的用例脚本读不了：{problem}",
        "The script of a case of {rule} cannot be read: {problem}",
    ),
}
