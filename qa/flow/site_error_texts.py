"""Texts of the errors of site folders (QA830-QA836)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA830": ErrorText(
        "这里已经有 {names}，没有改动任何东西。请换一个空文件夹。",
        "{names} exist here already; nothing was changed. Choose an empty folder.",
    ),
    "QA831": ErrorText(
        "建不了站点文件夹：{reason}。请检查路径和权限。",
        "the site folder cannot be made: {reason}. Check the path and its permissions.",
    ),
    "QA832": ErrorText(
        "这里不是站点文件夹，缺少 {missing}。用 qa init 建一个；"
        "若是从别处复制来的，请连同 .qa 一起复制。",
        "this is no site folder: {missing} is missing. Make one with qa init; if it was copied, "
        "copy .qa with it.",
    ),
    "QA833": ErrorText(
        "客户号码的盐读不出来：{reason}。请从备份恢复 .qa/salt；换一个新的，同一客户就对不上了。",
        "the salt of the customers' hashes cannot be read: {reason}. Restore .qa/salt from a "
        "backup; with a new one the same customer is no longer recognised.",
    ),
    "QA834": ErrorText(
        "找不到随附的规则包和评分表。安装不完整，请重新安装。",
        "the shipped rules and scorecards are not found. The installation is incomplete; install "
        "again.",
    ),
    "QA835": ErrorText(
        "站点的记录 .qa/shipped.json 读不出来：{reason}。请从备份恢复。",
        "the site's record .qa/shipped.json cannot be read: {reason}. Restore it from a backup.",
    ),
    "QA836": ErrorText(
        "设置里的 {field} 指到 {path}，那里没有。请建好或改设置。",
        "the setting {field} points to {path}, where there is nothing. Make it or change the "
        "setting.",
    ),
}
