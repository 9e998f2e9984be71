"""Texts of the errors of findings, QA3xx (compiler and engine)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA330": ErrorText(
        "{rule}：不认识算子“{operator}”。可用：{options}。",
        '{rule}: the operator "{operator}" is not known. Known: {options}.',
    ),
    "QA331": ErrorText(
        "{rule}：算子 {operator} 的参数“{field}”不对：{problem}。参数有：{options}。",
        '{rule}: the parameter "{field}" of {operator} is wrong: {problem}. Parameters: {options}.',
    ),
    "QA332": ErrorText(
        "{rule}：{part} 的逻辑太宽，展开后有 {lines} 行（上限 {most}），一行最多 {widest} 个条件"
        "（上限 {limit}）。请拆成两条规则。",
        "{rule}: the logic of {part} is too wide: it expands into {lines} lines (at most {most}) "
        "of up to {widest} conditions (at most {limit}). Split the rule.",
    ),
    "QA333": ErrorText(
        "互相等待，成了环：{rules}。请去掉其中一个前置、推得的事实或豁免。",
        "Each of these waits for the next, in a circle: {rules}. Remove one of the prerequisites, "
        "derived facts or waivers.",
    ),
    "QA334": ErrorText(
        "{rule}：前置规则 {wanted} 不存在或已停用。可用：{options}。请改名或删去。",
        "{rule}: the prerequisite rule {wanted} does not exist or is retired. Known: {options}. "
        "Rename or remove it.",
    ),
    "QA335": ErrorText(
        "{rule}：条件“{name}”没有被任何逻辑用到。请用上或删去。",
        '{rule}: no logic uses the condition "{name}". Use or remove it.',
    ),
    "QA336": ErrorText(
        "规则引擎拒绝了输入：{problem}。这通通话不计分；请把本消息报告给维护者。",
        "The rule engine refused its input: {problem}. This call is not graded; report this "
        "message to the maintainers.",
    ),
    "QA337": ErrorText(
        "字段“{field}”的值 {seen} 不能交给规则引擎。这通通话不计分；请报告给维护者。",
        'The value {seen} of "{field}" cannot go to the rule engine. This call is not graded; '
        "report it to the maintainers.",
    ),
    "QA338": ErrorText(
        "{rule}：条件“{name}”的算子 {operator} 看整通通话，不接受 window。请删去 window。",
        '{rule}: the operator {operator} of "{name}" is about the whole call and takes no window. '
        "Remove the window.",
    ),
    "QA347": ErrorText(
        "推导 {derivation} 的用例“{case}”应为 {expected}，实为 {seen}。请改推导或用例。",
        'The case "{case}" of the derivation {derivation} expects {expected} but gives {seen}. '
        "Mend one of them.",
    ),
    "QA348": ErrorText(
        "{rule}：没有任何 derive 会推得“{wanted}”。可用：{options}。请改名或补上推导。",
        '{rule}: nothing under derive: gives "{wanted}". Known: {options}. Rename it, or write '
        "the derivation.",
    ),
    "QA349": ErrorText(
        "推导 {derivation}：要豁免的规则 {wanted} 不存在或已停用。可用：{options}。请改名或删去。",
        "The derivation {derivation} waives {wanted}, which does not exist or is retired. Known: "
        "{options}. Rename or remove it.",
    ),
}
