"""Texts of the errors of appeals (QA854-QA859, QA863)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA854": ErrorText(
        zh="评分表里没有评分项“{item}”。有：{options}。",
        en='the form has no item "{item}". It has: {options}.',
    ),
    "QA855": ErrorText(
        zh="{item} 现在的判定就是 {verdict}，没有可申诉的。待人工（undecided）的项用 "
        "qa answer {call} {item} 判定；要求别的判定时写 --wants。",
        en="{item} stands at {verdict} already; there is nothing to contest. An undecided item is "
        "answered with qa answer {call} {item}; name another verdict with --wants.",
    ),
    "QA856": ErrorText(
        zh="{item} 于 {since} 判定，已超过 {days} 天的申诉期。申诉期在 settings.yaml 的 "
        "appeal_days。",
        en="{item} was marked on {since}; the {days} days for an appeal are over. They are set by "
        "appeal_days in settings.yaml.",
    ),
    "QA857": ErrorText(
        zh="{item} 的第 {level} 次申诉已是 {status}；未决的先等结果，二次申诉的结果为最终结果。",
        en="appeal {level} about {item} is {status} already; wait for an open one, and the second "
        "one is final.",
    ),
    "QA858": ErrorText(
        zh="通话 {call} 的 {item} 没有未决的申诉。未决：{options}。",
        en="no appeal about {item} of call {call} is open. Open: {options}.",
    ),
    "QA859": ErrorText(
        zh="“{by}”是当事人，不能裁定 {item} 的申诉：申诉人、座席本人、原判定人和上一次的裁定人"
        "都不行。请换一位质检员。",
        en="“{by}” is party to the appeal about {item} and cannot decide it: nor can who raised "
        "it, the CSR, who gave the mark or who decided before. Ask another QA specialist.",
    ),
    "QA863": ErrorText(
        zh="只有申诉人“{owner}”可以撤回；“{by}”可以请质检员裁定。",
        en="only “{owner}”, who raised it, may withdraw it; “{by}” may ask a QA specialist to "
        "decide.",
    ),
}
