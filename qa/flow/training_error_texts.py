"""Texts of the errors of curricula, questions and development (QA890-QA899)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA891": ErrorText(
        zh="没有岗位阶梯文件 {file}。从随附的 scorecards/roles.yaml 复制一份到站点再改。",
        en="there is no role ladder {file}. Copy the shipped scorecards/roles.yaml into the site "
        "and edit it.",
    ),
    "QA892": ErrorText(
        zh="岗位“{role}”写了两次，或 next 指向了它而没有这个岗位。现有：{options}。"
        "请改编号、删去重复的一段，或补上这个岗位。",
        en="the role “{role}” is written twice, or a next names it and there is none. Known: "
        "{options}. Rename it, delete the repeated one, or add the role.",
    ),
    "QA893": ErrorText(
        zh="岗位 {role} 要求的能力项“{skill}”不存在。可用：{options}。请改名，或加到 "
        "scorecards/skills.yaml。",
        en="the role {role} asks for a skill “{skill}” that is not there. Known: {options}. "
        "Rename it, or add it to scorecards/skills.yaml.",
    ),
    "QA894": ErrorText(
        zh="没有问题“{question}”。未答复：{options}。",
        en="there is no question “{question}”. Open: {options}.",
    ),
    "QA895": ErrorText(
        zh="问题 {question} 已由 {by} 答复，不能再改；请另提一个问题。",
        en="question {question} was answered by {by} already; ask another one.",
    ),
    "QA896": ErrorText(
        zh="没有可表彰的“{subject}”。有依据的：{options}。",
        en="there is nothing to praise “{subject}” for that is beyond luck. With evidence: "
        "{options}.",
    ),
    "QA897": ErrorText(
        zh="座席 {csr} 没有确实薄弱、又有同事强的能力项。可以结对的：{options}。",
        en="CSR {csr} is surely weak in nothing that a colleague is strong in. Pairs exist for: "
        "{options}.",
    ),
    "QA890": ErrorText(
        zh="没有发布过 {quarter} 的培训计划。已发布：{options}。先运行 qa curriculum propose，"
        "改好后 qa curriculum publish。",
        en="no curriculum of {quarter} was published. Published: {options}. Run qa curriculum "
        "propose, edit it, then qa curriculum publish.",
    ),
}
