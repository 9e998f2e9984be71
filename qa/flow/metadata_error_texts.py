"""Texts of the errors of importing metadata and the roster (QA801-QA839)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA801": ErrorText(
        "读不了这个文件：{reason}。请检查路径和权限。",
        "the file cannot be read: {reason}. Check the path and its permissions.",
    ),
    "QA802": ErrorText(
        "文件类型“{suffix}”不支持。可用：.csv、.tsv、.txt、.xlsx（.xls 请另存为 .xlsx）。",
        "files of type “{suffix}” are not supported. Use .csv, .tsv, .txt or .xlsx (save an .xls "
        "as .xlsx).",
    ),
    "QA803": ErrorText(
        "编码读不出来：{reason}。请在表格软件里另存为“CSV UTF-8”。",
        "the encoding cannot be read: {reason}. Save the table as “CSV UTF-8”.",
    ),
    "QA804": ErrorText(
        "表格太大：{what} {size}，上限 {limit}。请分成几个文件导入。",
        "the table is too large: {what} {size}, at most {limit}. Import it in several files.",
    ),
    "QA805": ErrorText(
        "这不是能读的 XLSX：{reason}。请用表格软件打开后重新保存，或另存为 CSV。",
        "this is no readable XLSX: {reason}. Open it in a spreadsheet program and save it again, "
        "or save it as CSV.",
    ),
    "QA806": ErrorText(
        "表格是空的，第一行应为列名。列名见 docs/import.md。",
        "the table is empty; its first row must name the columns. See docs/import.md.",
    ),
    "QA807": ErrorText(
        "缺少必需的列“{column}”（也可写成：{aliases}）。现有列：{found}。",
        "the required column “{column}” is missing (also called: {aliases}). Found: {found}.",
    ),
    "QA808": ErrorText(
        "列“{names}”是同一个意思（{column}），不知道用哪一个。请只留一列。",
        "the columns “{names}” mean the same ({column}), and which one counts is not known. Keep "
        "one.",
    ),
    "QA809": ErrorText(
        "这一行有 {cells} 格，表头有 {columns} 列。多半是逗号没有加引号；请改正这一行。",
        "this row has {cells} cells, the header {columns}. Often a comma stands without quotes; "
        "correct the row.",
    ),
    "QA810": ErrorText(
        "“{column}”是空的，这一列必须填写。",
        "“{column}” is empty; it must be filled in.",
    ),
    "QA811": ErrorText(
        "“{column}”的值“{value}”看不懂。应为：{wanted}。",
        "“{column}” holds “{value}”, which is not understood. Wanted: {wanted}.",
    ),
    "QA812": ErrorText(
        "录音“{file}”不在录音文件夹里（{reason}）。请把录音放进录音文件夹，写相对路径。",
        "the recording “{file}” is not under the recordings folder ({reason}). Put it there and "
        "give its path from there.",
    ),
    "QA813": ErrorText(
        "通话“{call_id}”在第 {first_line} 行已经有了。请只留一行。",
        "call “{call_id}” is already in line {first_line}. Keep one row.",
    ),
    "QA814": ErrorText(
        "花名册里没有工号“{csr_id}”。{near}请改正工号，或把他加进花名册。",
        "the roster has no CSR “{csr_id}”. {near}Correct the id or add the person to the roster.",
    ),
    "QA815": ErrorText(
        "“{column}”里有控制字符 {character}。请删掉。",
        "“{column}” holds the control character {character}. Delete it.",
    ),
    "QA816": ErrorText(
        "“{column}”有 {length} 个字符，上限 {limit}。请缩短。",
        "“{column}” holds {length} characters, at most {limit}. Shorten it.",
    ),
    "QA817": ErrorText(
        "事件“{event}”看不懂。例如：hold 62.0-80.0; transfer 95.0 to 2001; acw 120-150；"
        "没有事件写“无”。",
        "event “{event}” is not understood. For example: hold 62.0-80.0; transfer 95.0 to 2001; "
        "acw 120-150; write “none” where there was none.",
    ),
    "QA818": ErrorText(
        "“{column}”是公式或错误值“{value}”。请复制后“粘贴为值”。",
        "“{column}” is a formula or an error, “{value}”. Copy it and paste it as a value.",
    ),
    "QA819": ErrorText(
        "“{column}”的值“{value}”被表格软件改成了科学记数，数字已丢失。请把这一列设成文本后重新导出。",
        "“{column}” holds “{value}”: the spreadsheet turned it into a number and lost digits. "
        "Format the column as text and export again.",
    ),
    "QA820": ErrorText(
        "从这一行起引号不成对：{reason}。请改正引号。",
        "the quotes of this row do not pair: {reason}. Correct them.",
    ),
    "QA821": ErrorText(
        "拨慢时钟那天，{zone} 的时间“{value}”出现两次。请写上时区，例如 +08:00。",
        "the clocks went back: “{value}” happens twice in {zone}. Add the offset, for example "
        "+01:00.",
    ),
    "QA822": ErrorText(
        "第 {number} 列没有列名却有内容，没有导入。请给它起名或删掉。",
        "column {number} has content but no name and was not imported. Name it or delete it.",
    ),
    "QA823": ErrorText(
        "工号“{csr_id}”在花名册第 {first_line} 行已经有了。请只留一行。",
        "CSR “{csr_id}” is already in line {first_line} of the roster. Keep one row.",
    ),
    "QA824": ErrorText(
        "拨快时钟那天，{zone} 没有时间“{value}”。请改正时间，或写上时区，例如 +08:00。",
        "the clocks went forward: “{value}” does not exist in {zone}. Correct it or add the "
        "offset, for example +01:00.",
    ),
}
