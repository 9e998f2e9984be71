"""Texts of the errors of the rule authors' tools, QA870-QA879."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA870": ErrorText(
        "没有领域“{area}”。可选：{options}。",
        'There is no area "{area}". Options: {options}.',
    ),
    "QA871": ErrorText(
        "文件 {path} 已经存在，没有改动它。请换一个名字，或先移走它。",
        "The file {path} exists and was left as it is. Take another name, or move it away.",
    ),
    "QA872": ErrorText(
        "文件写不了：{why}。请检查路径和权限。",
        "The file cannot be written: {why}. Check the path and its permissions.",
    ),
    "QA873": ErrorText(
        "{subject} 既不是文件，也不是本站点的通话编号。请检查路径；查站点的通话请加 --site。",
        "{subject} is neither a file nor a call of this site. Check the path; for a site's call "
        "say --site.",
    ),
    "QA874": ErrorText(
        "{path} 里没有规则可试（它是 {kind}）。请给一个 rules: 文件。",
        "{path} has no rules to try (it is a {kind}). Name a file with rules:.",
    ),
    "QA875": ErrorText(
        "“{seen}”不是日期。请写成 2026-10-01 或 2026-10-01T08:00。",
        '"{seen}" is no date. Write it like 2026-10-01 or 2026-10-01T08:00.',
    ),
}
