"""The commands of `qa`: what each is called, where it is, one line of help."""

from typing import NamedTuple


class Named(NamedTuple):
    """where: module and function under qa.cli. Nothing is imported to tell what there is."""

    where: str
    zh: str
    en: str


COMMANDS: dict[str, Named] = {
    "demo": Named("sites.demo", "在演示录音上跑完整流程", "The whole job on the demo recordings"),
    "init": Named("sites.init", "建一个站点文件夹", "Make a site folder"),
    "import": Named(
        "sites.import_", "导入通话元数据（CSV 或 XLSX）", "Import calls' metadata (CSV or XLSX)"
    ),
    "run": Named(
        "grading.run", "转写并评分新的或过期的通话", "Transcribe and grade what is new or stale"
    ),
    "show": Named("showing.show", "看一通通话的转写和评分，或列出全部", "Show a call, or list all"),
    "coach": Named(
        "coaching.coach", "每位座席需要的培训，附依据", "The training each CSR needs, and why"
    ),
    "plan": Named(
        "plans.plan", "辅导计划：提出、签字、复查", "Coaching plans: propose, sign, re-check"
    ),
    "course": Named(
        "training.course",
        "课程目录、排课、结对、签到与测验",
        "Courses: catalogue, seats, peers, attendance, quiz",
    ),
    "curriculum": Named(
        "curriculum.curriculum",
        "季度培训计划：差距、排期、发布、完成情况",
        "A quarter's training: gaps, slots, done",
    ),
    "develop": Named(
        "developing.develop",
        "每位座席的岗位、上岗条件和下一步",
        "Each CSR's role, readiness, next steps",
    ),
    "praise": Named(
        "developing.praise", "有依据的表彰与台账", "Recognition with evidence, and its ledger"
    ),
    "ask": Named("developing.ask", "座席提问，带答复时限", "Questions from CSRs, with a clock"),
    "effect": Named("training.effect", "培训有没有用", "Whether training helped"),
    "promises": Named(
        "promises.promises",
        "对客户的承诺：逾期、未了结、了结",
        "Promises to customers: overdue, open, closing them",
    ),
    "complaints": Named(
        "complaints.complaints",
        "投诉雷达：主题、突增、重复来电、改进措施",
        "Complaint radar: topics, rises, repeats, actions",
    ),
    "outcomes": Named(
        "outcomes.outcomes",
        "满意度、解决、成交与评分项的关系；标杆",
        "CSAT, resolution, sales beside items; benchmarks",
    ),
    "report": Named(
        "report.report",
        "日报、周报、月报，带下一步",
        "Daily, weekly, monthly report with next actions",
    ),
    "today": Named("report.today", "今天的待办，逾期在前", "What waits today, overdue first"),
    "target": Named(
        "outcomes.target", "目标：设定、确认、达成", "Targets: set, acknowledged, attained"
    ),
    "simulate": Named(
        "simulating.simulate", "往站点里放模拟通话", "Put simulated calls into a site"
    ),
    "answer": Named(
        "grading.answer",
        "由人判定一个评分项（生成新版本）",
        "Answer an item as a person (a new revision)",
    ),
    "appeal": Named(
        "appeals.appeal", "对判定申诉、裁定，带时限", "Contest a mark, decide on it, with a clock"
    ),
    "export": Named("grading.export", "导出评分为 XLSX 或 CSV", "Write evaluations as XLSX or CSV"),
    "transcribe": Named(
        "judging.transcribe",
        "把录音转写成文字，带时间和说话人",
        "Transcribe recordings, with times and speakers",
    ),
    "facts": Named(
        "judging.facts", "测量通话中的事实，不下判定", "Measure the facts of calls, without judging"
    ),
    "judge": Named(
        "judging.judge",
        "按规则和评分表给通话评分，附依据",
        "Grade calls against a scorecard, with proof",
    ),
    "check": Named(
        "authoring.check",
        "检查规则、用例、评分表和课程",
        "Check rules with their cases, scorecards, courses",
    ),
    "try": Named(
        "rule_tools.try_",
        "试规则：对几通电话会怎么判",
        "Try a rule on some calls, with near misses",
    ),
    "new": Named(
        "rule_tools.new", "新规则或新评分表的骨架", "A commented skeleton of a rule or scorecard"
    ),
    "whatif": Named(
        "whatif.whatif",
        "换规则或评分表重判历史，不写库",
        "Judge history under other rules, saving none",
    ),
    "distributions": Named(
        "distributions.distributions",
        "统计本站通话的语速分布，供规则按百分位比较",
        "Read off the site's own pace for rules that ask for percentiles",
    ),
    "explain": Named(
        "authoring.explain",
        "解释规则、评分项、算子或错误码",
        "Explain a rule, item, operator or error",
    ),
    "doctor": Named(
        "authoring.doctor", "检查这台机器能否工作", "Check that this machine can do the work"
    ),
}
