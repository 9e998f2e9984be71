"""Texts of the errors of flow, QA840-QA899 (those of metadata stand beside it)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA840": ErrorText(
        "没有这个文件。请检查路径；录音、转写 JSON 和 .call 脚本都可以作为输入。",
        "There is no such file. Check the path; a recording, a transcript JSON or a .call script "
        "can be an input.",
    ),
    "QA841": ErrorText(
        "文件读不了：{why}。请检查权限和大小。",
        "The file cannot be read: {why}. Check its permissions and size.",
    ),
    "QA842": ErrorText(
        "文件不是 UTF-8 文本。请用 UTF-8 保存。",
        "The file is not UTF-8 text. Save it as UTF-8.",
    ),
    "QA843": ErrorText(
        "文件里有 {count} 行转写，一个输入只能有一行。请把它拆成单独的文件。",
        "The file holds {count} transcripts, and an input is one. Split it into single files.",
    ),
    "QA844": ErrorText(
        "处理这通通话的进程意外退出（退出码 {exit}）。这通通话不计分，其余照常；"
        "请把录音和本消息报告给维护者。",
        "The process that worked on this call died (exit code {exit}). This call is not graded, "
        "the others are; report the recording and this message to the maintainers.",
    ),
    "QA845": ErrorText(
        "这通通话处理超过 {seconds} 秒，已停止。请检查录音长度，或换小一些的模型再试。",
        "This call took over {seconds} s and was stopped. Check the recording's length, or try a "
        "smaller model.",
    ),
    "QA846": ErrorText(
        "程序在这通通话上出错：{seen}。这通通话不计分，其余照常；请报告给维护者。",
        "The program failed on this call: {seen}. This call is not graded, the others are; "
        "report it to the maintainers.",
    ),
    "QA847": ErrorText(
        "没有评分表“{scorecard}”。可用：{options}；或给一个评分表文件的路径。",
        'There is no scorecard "{scorecard}". Known: {options}; or give the path of a scorecard '
        "file.",
    ),
    "QA848": ErrorText(
        "评分表“{scorecard}”是 {wanted} 的，这通通话是 {seen} 的。"
        "请换一张评分表，或指定 --language。",
        'The scorecard "{scorecard}" is for {wanted}, this call is in {seen}. Choose another '
        "scorecard, or give --language.",
    ),
    "QA849": ErrorText(
        "没有通话“{call}”。请看 `qa show` 列出的通话编号，或先用 `qa import` 导入。",
        'There is no call "{call}". See the ids that `qa show` lists, or import it with '
        "`qa import`.",
    ),
    "QA850": ErrorText(
        "座席“{csr}”没有已评分的通话。已有座席：{options}。",
        'The CSR "{csr}" has no graded calls. Known CSRs: {options}.',
    ),
    "QA851": ErrorText(
        "通话“{call}”没有录音文件：元数据里没有 file 一列，或文件不在录音文件夹里。",
        'The call "{call}" has no recording: its metadata names no file, or the file is not in '
        "the recordings folder.",
    ),
    "QA852": ErrorText(
        "这里不是站点文件夹，没有数据库。请用 `qa init 文件夹` 建一个，再用 --site 指明。",
        "This is no site folder, so there is no database. Make one with `qa init DIR` and name "
        "it with --site.",
    ),
    "QA853": ErrorText(
        "通话“{call}”还没有评分。请先运行 `qa run`。",
        'The call "{call}" has no evaluation yet. Run `qa run` first.',
    ),
}
