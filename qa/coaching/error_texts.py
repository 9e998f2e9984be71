"""Texts of the errors that coaching can raise (QA5xx)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA501": ErrorText(
        zh="这通电话的评分来自 {evaluation}，却与评分表 {scorecard} 一起送来。"
        "请送上评分时所用的那一版评分表。",
        en="The call was evaluated on {evaluation} but came with the scorecard {scorecard}. "
        "Pass the version of the scorecard it was evaluated on.",
    ),
    "QA502": ErrorText(
        zh="座席 {csr} 的这通电话在评分表 {scorecard} 上有 {count} 份评分，只能算一份。"
        "请只送上当前有效的那一份。",
        en="CSR {csr} has {count} evaluations of this call on {scorecard}; only one may count. "
        "Pass the one that holds now.",
    ),
    "QA503": ErrorText(
        zh="时间段的开始 {start} 不早于结束 {end}。开始须早于结束；结束时刻不含在内。",
        en="The window starts at {start}, not before its end {end}. "
        "The start must come first; the end itself is not included.",
    ),
    "QA510": ErrorText(
        zh="辅导计划 {plan} 已有 {role} 的签字，不必再签。",
        en="Plan {plan} already carries the signature of the {role}; it need not be signed again.",
    ),
    "QA511": ErrorText(
        zh="辅导计划 {plan} 已结束（{status}），不能再改。请为这位座席新建计划。",
        en="Plan {plan} is over ({status}) and cannot change. Propose a new plan for the CSR.",
    ),
}
