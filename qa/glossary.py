"""The words of the product: every term a person reads, in Chinese and English, once.

Doors and reports take their labels from here. A dotted key belongs to a family
(`verdict.met`, `skill.voice`); `skill.empathy` and `empathy` are the same notion and may share
a word, other keys never do (tested).
"""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language


class Term(Noun):
    """One notion: its word in both languages, other words people use, and what sets it apart."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$")
    word: Text
    also: tuple[str, ...] = Field(default=(), description="synonyms that people search for")
    note: str = ""


def _term(key: str, en: str, zh: str, *also: str, note: str = "") -> Term:
    return Term(key=key, word=Text(zh=zh, en=en), also=also, note=note)


_PEOPLE = (
    _term("csr", "customer service representative", "座席", "坐席", "客服代表", "客服专员", "CSR"),
    _term("customer", "customer", "客户"),
    _term("evaluator", "evaluator", "质检员", "QA specialist", "督导"),
    _term("qa_supervisor", "QA supervisor", "质检主管"),
    _term("team_lead", "team lead", "班组长", "座席主管", note="not the QA supervisor"),
    _term("trainer", "trainer", "培训师"),
    _term("party.csr", "CSR", "座席方"),
    _term("party.customer", "customer's side", "客户方"),
    _term("party.unknown", "speaker unknown", "说话人不明"),
)
_CALLS = (
    _term("call", "call", "通话"),
    _term("recording", "recording", "录音", note="a call has a recording; not the same"),
    _term("transcript", "transcript", "转写文本"),
    _term("turn", "turn", "话轮"),
    _term("queue", "queue", "技能队列", "队列"),
    _term("team", "team", "班组"),
    _term("direction.inbound", "inbound", "呼入"),
    _term("direction.outbound", "outbound", "呼出"),
    _term("language.zh", "Mandarin", "中文"),
    _term("language.en", "English", "英文"),
    _term("attribute", "call attribute", "随录参数", "business data"),
    _term("handle_time", "handle time", "处理时长", "AHT", note="talk, hold and after-call work"),
    _term("after_call_work", "after-call work", "话后处理", "ACW"),
    _term("first_contact_resolution", "first-contact resolution", "首次解决率", "FCR"),
    _term("hung_up_by", "hung up by", "挂机方"),
    _term("transfer", "transfer", "转接"),
    _term("escalation", "escalation", "升级"),
    _term("complaint", "complaint", "投诉"),
)
_QUALITY = (
    _term("quality_monitoring", "quality monitoring", "质检", "QM"),
    _term("sampling", "sampling", "抽检"),
    _term("coverage", "coverage", "质检覆盖率"),
    _term("scorecard", "scorecard", "评分表", "evaluation form", note="the blank form"),
    _term("section", "section", "评分大项", "question group"),
    _term("item", "item", "评分项", "question"),
    _term("points", "points", "分值"),
    _term("weight", "weight", "权重", note="computed from points, never set"),
    _term("score", "score", "得分", note="0-100 over the items that are decided"),
    _term("range", "range", "得分区间", note="with the open items at none and at full points"),
    _term("share_decided", "share decided", "已判占比", note="of the applicable points"),
    _term("evaluation", "evaluation", "评分", "质检记录", note="the filled form for one call"),
    _term("guide", "guide", "评分指引"),
    _term("pass_mark", "pass mark", "合格线"),
    _term("bonus", "bonus item", "加分项"),
    _term("deduction", "deduction", "扣分项"),
    _term("fatal_item", "fatal item", "一票否决项", "auto-fail", "kill"),
    _term("fatal_pending", "fatal, to be confirmed", "一票否决待确认"),
    _term("critical_item", "critical item", "关键项", note="own subtotal, does not zero the call"),
    _term("review", "review", "复核", note="a person checks the machine's verdict"),
    _term("appeal", "appeal", "申诉", "dispute"),
    _term("second_appeal", "second appeal", "二次申诉", "second dispute"),
    _term("upheld", "upheld", "维持原判"),
    _term("overturned", "overturned", "改判"),
    _term("calibration", "calibration", "校准", note="evaluators score the same call and compare"),
    _term("agreement", "inter-rater agreement", "评分一致性"),
    _term("false_alarm", "false alarm", "误判", note="of a rule"),
    _term("miss", "miss", "漏判", note="of a rule"),
    _term("ungradable", "ungradable", "不可评分"),
)
_RULES = (
    _term("rule", "rule", "质检规则"),
    _term("pack", "rule pack", "规则包"),
    _term("operator", "operator", "算子", note="code; a rule is YAML"),
    _term("condition", "condition", "条件"),
    _term("precondition", "precondition", "前置条件", "only_if"),
    _term("exception", "exception", "例外", "unless"),
    _term("anchor", "anchor condition", "锚点条件"),
    _term("search_window", "search window", "检测范围"),
    _term("word_list", "word list", "词表"),
    _term("finding", "finding", "判定结果"),
    _term("verdict", "verdict", "判定"),
    _term("reason", "reason", "判定理由"),
    _term("evidence", "evidence", "证据"),
    _term("nearest", "nearest wording", "最接近的说法"),
    _term("fact", "fact", "事实", "测量值", note="measured, not judged"),
    _term("confidence", "confidence", "置信度"),
)
_FACTS = (
    _term("dead_air", "dead air", "静音", "静默", note="both silent, nobody on hold"),
    _term("hold", "hold", "保持", "等待", note="told by the switch"),
    _term("talk_over", "talk-over", "抢话", "语音重叠", "overlap", note="both speak at once"),
    _term("interruption", "interruption", "打断", "插话", note="one stops as the other began"),
    _term("pace", "speech rate", "语速", note="characters a minute (zh), words a minute (en)"),
    _term("talk_share", "talk share", "通话占比", note="0-1"),
    _term("response_latency", "response latency", "响应间隔"),
    _term("loudness", "loudness", "音量"),
    _term("filler", "filler words", "口头禅"),
    _term("repetition", "repeated question", "重复询问"),
    _term("duration", "duration", "时长"),
    _term("turn_count", "number of turns", "话轮数"),
    _term("standard_phrase", "standard phrase", "规范用语", "标准话术"),
    _term("forbidden_phrase", "forbidden phrase", "服务禁语"),
    _term("opening", "opening phrase", "开场白"),
    _term("closing", "closing phrase", "结束语"),
    _term("verification", "identity verification", "身份核验"),
    _term("empathy", "empathy", "同理心"),
    _term("apology", "apology", "致歉"),
    _term("promise", "promise", "承诺"),
    _term("fact.greeting", "greeting", "问候"),
    _term("fact.self_introduction", "self-introduction", "自报家门"),
    _term("fact.ask_identity", "asks for identity", "核身提问"),
    _term("fact.restate", "restates the need", "复述确认"),
    _term("fact.hold_notice", "hold notice", "等待前告知"),
    _term("fact.hold_thanks", "thanks for waiting", "等待后致谢"),
    _term("fact.further_help", "offers further help", "询问其他需要"),
    _term("fact.transfer_notice", "transfer notice", "转接告知"),
    _term("fact.recording_notice", "recording notice", "录音告知"),
    _term("fact.voicemail", "voicemail", "语音信箱"),
    _term("fact.recorded_voice", "recorded voice", "自动语音"),
    _term("fact.thanks", "thanks", "道谢"),
    _term("fact.anger", "anger", "气愤"),
    _term("fact.confirmation", "confirmation", "客户确认"),
    _term("fact.dissatisfaction_threat", "threat to leave or complain", "扬言投诉或离网"),
)
_VERDICTS = (
    _term("verdict.met", "met", "达标"),
    _term("verdict.not_met", "not met", "未达标"),
    _term("verdict.not_applicable", "not applicable", "不适用"),
    _term("verdict.undecided", "undecided", "待人工"),
    _term("pass", "pass", "合格"),
    _term("fail", "fail", "不合格"),
    _term("pass_open", "not yet decided", "合格与否待定"),
    _term("class.nc", "non-critical", "非关键"),
    _term("class.cc", "customer-critical", "客户关键"),
    _term("class.bc", "business-critical", "业务关键"),
    _term("class.pc", "compliance-critical", "合规关键"),
    _term("reach.item", "zeroes the item", "否决本项"),
    _term("reach.section", "zeroes the section", "否决本大项"),
    _term("reach.form", "zeroes the form", "否决整表"),
    _term("by.machine", "by machine", "机器评"),
    _term("by.human", "by a person", "人工评"),
    _term("by.both", "by machine and person", "机器与人工共评"),
    _term("source.machine", "machine", "机器"),
    _term("source.human", "person", "人工"),
    _term("source.open", "waits for a person", "等待人工"),
    _term("status.trial", "trial", "试运行", note="findings are shown and cost nothing"),
    _term("status.live", "live", "已启用"),
    _term("status.retired", "retired", "已停用"),
    _term("band.excellent", "Excellent", "优秀"),
    _term("band.good", "Good", "良好"),
    _term("band.pass", "Pass", "合格"),
    _term("band.improve", "Needs improvement", "待改进"),
)
_COACHING = (
    _term("skill", "skill", "能力项", note="joins item and course"),
    _term("weak_point", "weak point", "薄弱项"),
    _term("strength", "strength", "强项"),
    _term("coaching", "coaching", "辅导"),
    _term("plan", "coaching plan", "辅导计划"),
    _term("course", "course", "课程"),
    _term("recommendation", "recommendation", "培训建议"),
    _term("right_wording", "right wording", "正确说法"),
    _term("points_lost", "points lost", "失分"),
    _term("skill.opening", "Opening", "开场"),
    _term("skill.verification", "Verification", "身份核验"),
    _term("skill.listening", "Listening", "倾听理解"),
    _term("skill.voice", "Voice", "声音表达"),
    _term("skill.courtesy", "Courtesy", "礼貌热情"),
    _term("skill.empathy", "Empathy", "同理安抚"),
    _term("skill.knowledge", "Knowledge", "业务解答"),
    _term("skill.process", "Process", "流程规范"),
    _term("skill.record_keeping", "Record keeping", "录单记录"),
    _term("skill.closing", "Closing", "结束"),
    _term("skill.compliance", "Compliance", "合规红线"),
    _term("skill.sales", "Sales", "销售"),
)

TERMS: tuple[Term, ...] = (
    *_PEOPLE, *_CALLS, *_QUALITY, *_RULES, *_FACTS, *_VERDICTS, *_COACHING,
)  # fmt: skip
GLOSSARY: Mapping[str, Term] = MappingProxyType({term.key: term for term in TERMS})


def word(key: str, language: Language) -> str:
    """The term's word in the language; KeyError for a key that is not in the glossary."""
    return GLOSSARY[key].word.of(language)
