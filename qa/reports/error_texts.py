"""Texts of the errors of reports, QA52x."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA520": ErrorText(
        "不认识导出格式“{suffix}”。请用 .xlsx 或 .csv。",
        'The export format "{suffix}" is not known. Use .xlsx or .csv.',
    ),
    "QA521": ErrorText(
        "文件写不了：{why}。请检查文件夹权限，或先关闭正在打开它的程序。",
        "The file cannot be written: {why}. Check the folder's permissions, or close the program "
        "that has it open.",
    ),
    "QA523": ErrorText(
        "没有安装打印用的中文字体（{wheel}）。请运行 pip install {wheel}。",
        "The Chinese font for printing ({wheel}) is not installed. Run pip install {wheel}.",
    ),
}
