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
    "QA512": ErrorText(
        zh="场次编号 {session} 用了两次。每一场要有自己的编号。",
        en="the session id {session} is used twice. Each session needs its own.",
    ),
    "QA513": ErrorText(
        zh="课程目录里没有“{course}”，可能改了编号或已删除。可用：{options}。",
        en="the catalogue has no course “{course}”; it may have been renamed or removed. "
        "Known: {options}.",
    ),
    "QA514": ErrorText(
        zh="课程 {course} 在 {start} 不开（见目录的 valid_from、valid_to）。请换日期或课程。",
        en="course {course} is not given at {start} (see valid_from and valid_to in the "
        "catalogue). Choose another date or course.",
    ),
    "QA515": ErrorText(
        zh="开始时间 {start} 不在 {quarter} 之内。请改时间，或放进那个季度的计划。",
        en="the start {start} lies outside {quarter}. Move it, or put it into that quarter's plan.",
    ),
    "QA516": ErrorText(
        zh="这一场有 {csrs} 人，课程只有 {seats} 个名额。请分成几场。",
        en="this session has {csrs} CSRs, the course {seats} seats. Split it.",
    ),
    "QA517": ErrorText(
        zh="{who} 同时在 {session} 和 {other} 两场里。请移开其中一场。",
        en="{who} would be in {session} and {other} at once. Move one of them.",
    ),
    "QA518": ErrorText(
        zh="{csr} 在 {week} 有 {minutes} 分钟培训，每周最多 {limit} 分钟。请挪到别的周。",
        en="{csr} has {minutes} minutes of training in {week}; at most {limit} a week. Move some "
        "to another week.",
    ),
    "QA519": ErrorText(
        zh="没有座席“{csr}”的通话。可能已离职或写错。现有：{options}。",
        en="there are no calls of a CSR “{csr}”, who may have left, or the id is wrong. "
        "Known: {options}.",
    ),
    "QA511": ErrorText(
        zh="辅导计划 {plan} 已结束（{status}），不能再改。请为这位座席新建计划。",
        en="Plan {plan} is over ({status}) and cannot change. Propose a new plan for the CSR.",
    ),
}
