"""Texts of the errors that reading scripts and transcripts can raise (QA350-QA369)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA350": ErrorText(
        "脚本里没有一句话。每句写成“MM:SS.s[-MM:SS.s] 角色: 内容”，例如“00:01.0 csr: 您好”。",
        "the script holds no turn. Write each as “MM:SS.s[-MM:SS.s] role: text”, for example "
        "“00:01.0 csr: good morning”.",
    ),
    "QA351": ErrorText(
        "表头字段“{field}”不认识。可用：{known}，以及 attribute.名称。",
        "header field “{field}” is not known. Known: {known}, and attribute.NAME.",
    ),
    "QA352": ErrorText(
        "表头字段“{field}”的值“{value}”不对，应为：{wanted}。",
        "header field “{field}” has the value “{value}”; wanted: {wanted}.",
    ),
    "QA353": ErrorText(
        "表头字段“{field}”和前面的文字只隔一个空格。字段之间用两个以上空格隔开。",
        "header field “{field}” follows other text after a single space. Separate fields by two "
        "or more spaces.",
    ),
    "QA354": ErrorText(
        "这一行看不懂：“{line}”。应为“MM:SS.s[-MM:SS.s] 角色: 内容”、“-- hold 75s”、"
        "“-- transfer”或“-- hangup csr”。",
        "this line is not understood: “{line}”. Write “MM:SS.s[-MM:SS.s] role: text”, "
        "“-- hold 75s”, “-- transfer” or “-- hangup csr”.",
    ),
    "QA355": ErrorText(
        "时间“{time}”不对。应为 MM:SS.s 或 HH:MM:SS.s，秒（有小时时分也）小于 60，小数最多三位。",
        "time “{time}” is wrong. Write MM:SS.s or HH:MM:SS.s, seconds (and minutes after hours) "
        "below 60, at most three decimals.",
    ),
    "QA356": ErrorText(
        "角色“{role}”不认识。可用：{known}。",
        "role “{role}” is not known. Known: {known}.",
    ),
    "QA357": ErrorText(
        "“{role}:”后面没有内容。写上说的话，或删掉这一行。",
        "nothing is said after “{role}:”. Write what was said, or delete the line.",
    ),
    "QA358": ErrorText(
        "这一行从 {start_s} 秒开始，早于上一行的 {previous_s} 秒。请按开始时间排列。",
        "this line starts at {start_s} s, before the previous one at {previous_s} s. Sort the "
        "lines by start.",
    ),
    "QA359": ErrorText(
        "结束时间 {end_s} 秒早于开始时间 {start_s} 秒。请改正其中一个。",
        "the end, {end_s} s, lies before the start, {start_s} s. Correct one of them.",
    ),
    "QA360": ErrorText(
        "事件“{event}”不认识。可用：{known}。",
        "event “{event}” is not known. Known: {known}.",
    ),
    "QA361": ErrorText(
        "事件“{event}”写成“{value}”不对，应为：{wanted}。",
        "event “{event}” is written as “{value}”; wanted: {wanted}.",
    ),
    "QA362": ErrorText(
        "保持 {hold_s} 秒放不进 {start_s} 秒和下一行的 {next_s} 秒之间。请改保持时长或时间。",
        "a hold of {hold_s} s does not fit between {start_s} s and the next line at {next_s} s. "
        "Correct the hold or the times.",
    ),
    "QA363": ErrorText(
        "期望“{expectation}”看不懂。应为“# 规则编号 判定”，判定可用：{verdicts}；多个用逗号隔开。",
        "expectation “{expectation}” is not understood. Write “# RULE verdict” with one of: "
        "{verdicts}; separate several by commas.",
    ),
    "QA364": ErrorText(
        "脚本太大：{what} {size}，上限 {limit}。请拆成几个通话。",
        "the script is too large: {what} {size}, at most {limit}. Split it into several calls.",
    ),
    "QA365": ErrorText(
        "这句话写不成脚本：“{text}”的结尾会被读成期望。请改动这句话再写。",
        "this cannot be written as a script: the end of “{text}” would be read as an "
        "expectation. Change the text first.",
    ),
    "QA366": ErrorText(
        "这一行到 {end_s} 秒，超出通话结束的 {duration_s} 秒。请改正时间、duration 或挂机时间。",
        "this line reaches {end_s} s, past the call's end at {duration_s} s. Correct the time, "
        "the duration or the time of the hangup.",
    ),
    "QA367": ErrorText(
        "“{field}”写了两次。只留一个。",
        "“{field}” is given twice. Keep one.",
    ),
    "QA368": ErrorText(
        "转写 JSON 的 {path}：{problem}。格式见 docs/schema 的 transcript。",
        "transcript JSON at {path}: {problem}. See the transcript schema in docs/schema.",
    ),
    "QA369": ErrorText(
        "这里有控制字符 {character}。请删掉，并把文件存成 UTF-8 文本。",
        "there is a control character here, {character}. Delete it and save the file as UTF-8 "
        "text.",
    ),
}
