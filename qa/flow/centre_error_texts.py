"""Texts of the errors of views over the centre (QA880-QA889)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA880": ErrorText(
        zh="没有班组“{team}”的通话。现有班组：{options}。",
        en="no call is of a team “{team}”. Known teams: {options}.",
    ),
    "QA881": ErrorText(
        zh="没有主题“{topic}”。现有：{options}。主题写在 rules/topics/ 里。",
        en="there is no topic “{topic}”. Known: {options}. Topics stand in rules/topics/.",
    ),
    "QA882": ErrorText(
        zh="没有{what}“{record}”。现有：{options}。",
        en="there is no {what} “{record}”. Known: {options}.",
    ),
    "QA883": ErrorText(
        zh="指标“{metric}”不认识。可用：{options}。",
        en="the metric “{metric}” is not known. Use one of: {options}.",
    ),
    "QA884": ErrorText(
        zh="没有通话“{call_id}”，这一行没有导入。请先导入通话，或检查编号。",
        en="there is no call “{call_id}”; the row was not imported. Import the call first or check "
        "its id.",
    ),
    "QA885": ErrorText(
        zh="表里没有结果列。认识的列：{options}。现有列：{found}。",
        en="the table has no column with an outcome. Known ones: {options}. Found: {found}.",
    ),
    "QA886": ErrorText(
        zh="目标 {target} 已由{role}确认过，不必再确认。",
        en="target {target} was acknowledged by the {role} already; once is enough.",
    ),
    "QA888": ErrorText(
        zh="--day、--week、--month 只能选一个。例：qa report --week 2026-03-02",
        en="give only one of --day, --week and --month. Example: qa report --week 2026-03-02",
    ),
    "QA887": ErrorText(
        zh="站里还没有通话。请先运行 qa import 和 qa run（或 qa simulate）。",
        en="this site has no calls yet. Run qa import and qa run (or qa simulate) first.",
    ),
}
