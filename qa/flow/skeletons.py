"""`qa new rule AREA`, `qa new scorecard LANG`: commented skeletons that pass their own check."""

from collections.abc import Iterable

from qa.domain.packs import Packs
from qa.domain.rules import AREAS
from transcribe.errors import CodedError
from transcribe.transcript import Language

_RULE = {
    "zh": """\
# yaml-language-server: $schema=../../docs/schema/yaml/rules.json
# 先用 `qa check 本文件` 检查，再用 `qa try 本文件 通话` 试。全部字段见 docs/operators/。
rules:
  - id: {id}                     # 编号不重用；同一标准在各语言里编号相同
    name: says_the_wanted_wording   # 对座席的陈述，英文小写：达标时这句话成立
    title: {{zh: 说出规定的话, en: Says the wanted wording}}
    why: {{zh: 写明为什么要这样做，对客户有什么好处, en: Say what the customer gains by it}}
    wrong_when: {{zh: 写明机器在什么情况下会判错, en: Say when the machine may be mistaken}}
    status: trial                   # trial 试用：只提示不扣分；有 record 的数字后改为 live
    # 条件：算子和参数。例：says 说出、hold 保持、dead_air 静音、promise 承诺、pace 语速
    conditions:
      wanted: {{says: {{speaker: csr, phrases: [为了您的账户安全]}}}}
      # asked: {{says: {{speaker: customer, words: complaint}}}}   # 词表在 rules/words/zh/
    # only_if: asked                # 前置条件；不成立则不适用
    # unless: asked                 # 例外；成立则不适用
    met_when: wanted                # 或 not_met_when；可用 all、any、not、before、after、at_least
    say: ["为了您的账户安全，先跟您核对一下身份。"]   # 怎样说才对，辅导单里会用
    references: []                  # 依据：制度、条款、评分项
    # record: {{set: 标注集, calls: 100, precision: 0.97, recall: 0.9}}
    cases:                          # 至少一条 met、一条 not_met；时间是 分:秒-分:秒
      - name: 说了
        expect: met
        call: |
          00:01.0-00:04.0 csr: 您好，请问有什么可以帮您？
          00:04.5-00:06.5 customer: 我想改一下手机号
          00:07.0-00:12.0 csr: 为了您的账户安全，先跟您核对一下身份。
      - name: 没有说
        expect: not_met
        call: |
          00:01.0-00:04.0 csr: 您好，请问有什么可以帮您？
          00:04.5-00:06.5 customer: 我想改一下手机号
          00:07.0-00:09.0 csr: 好的，改好了。
# derive:                         # 由别的事实推得的事实，供后面的规则用 derived 算子引用
#   - id: asked_in_vain           # kind 换成 waives: [规则编号] 就是豁免
#     kind: risk
#     title: {{zh: 有求无应, en: Asked in vain}}
#     why: {{zh: 写明理由, en: Say why it matters}}
#     each: asked                 # 对 asked 的每一处命中分别判断
#     conditions: {{asked: {{says: {{speaker: customer, words: complaint}}}}}}
#     when: asked                 # 逻辑同上；还可写 faults: {{skill: empathy, at_least: 3}}
""",
    "en": """\
# yaml-language-server: $schema=../../docs/schema/yaml/rules.json
# First `qa check THIS_FILE`, then `qa try THIS_FILE CALL`. All fields: docs/operators/.
rules:
  - id: {id}                     # never reused; the same standard has the same id everywhere
    name: says_the_wanted_wording   # a claim about the CSR that is true when the rule is met
    title: {{zh: 说出规定的话, en: Says the wanted wording}}
    why: {{zh: 写明为什么要这样做，对客户有什么好处, en: Say what the customer gains by it}}
    wrong_when: {{zh: 写明机器在什么情况下会判错, en: Say when the machine may be mistaken}}
    status: trial                   # trial shows and costs nothing; live once record has figures
    # Conditions: an operator and its parameters: says, hold, dead_air, promise, pace ...
    conditions:
      wanted: {{says: {{speaker: csr, phrases: [to keep your account safe]}}}}
      # asked: {{says: {{speaker: customer, words: complaint}}}}   # lists: rules/words/en/
    # only_if: asked                # a precondition; when false, the rule does not apply
    # unless: asked                 # an exception; when true, the rule does not apply
    met_when: wanted                # or not_met_when; all, any, not, before, after, at_least
    say: ["To keep your account safe, may I check a few details?"]   # what would be right
    references: []                  # policies, clauses, items
    # record: {{set: labelled set, calls: 100, precision: 0.97, recall: 0.9}}
    cases:                          # at least one met and one not_met; times MM:SS.s-MM:SS.s
      - name: said
        expect: met
        call: |
          00:01.0-00:04.0 csr: Good morning, how can I help you?
          00:04.5-00:07.0 customer: I would like to change my number.
          00:07.5-00:12.0 csr: To keep your account safe, may I check a few details?
      - name: not said
        expect: not_met
        call: |
          00:01.0-00:04.0 csr: Good morning, how can I help you?
          00:04.5-00:07.0 customer: I would like to change my number.
          00:07.5-00:09.0 csr: Sure, all done.
# derive:                         # facts that follow from others; rules ask with `derived`
#   - id: asked_in_vain           # waives: [a rule's id] in place of kind lifts that rule
#     kind: risk
#     title: {{zh: 有求无应, en: Asked in vain}}
#     why: {{zh: 写明理由, en: Say why it matters}}
#     each: asked                 # asked once for every hit of that condition
#     conditions: {{asked: {{says: {{speaker: customer, words: complaint}}}}}}
#     when: asked                 # logic as above; also faults: {{skill: empathy, at_least: 3}}
""",
}

_SCORECARD = """\
# yaml-language-server: $schema=../../docs/schema/yaml/scorecard.json
# 评分表骨架 / a scorecard's skeleton. `qa check FILE`, then `qa whatif FILE --site DIR`.
scorecard:
  id: {id}                # 小写字母、数字、- / lower case, digits, -
  version: "1"            # 改了就升版 / raise it with every change
  language: {language}
  direction: inbound      # inbound, outbound
  title: {{zh: 新评分表, en: New scorecard}}
  total_points: 100       # 各项分值之和 / what the items' points add up to
  pass_mark: 85
  pass_mark_source: "估计值，请按本中心历史分布调整 / a guess; set it from your own history"
  bands:                  # 从 0 起 / from 0 on
    - {{id: improve, title: {{zh: 待改进, en: Needs improvement}}, from_score: 0}}
    - {{id: pass, title: {{zh: 合格, en: Pass}}, from_score: 85}}
  sections:
    - ref_id: OPENING
      title: {{zh: 开场与结束, en: Opening and closing}}
      items:
        - ref_id: OPEN-1
          title: {{zh: 开头语, en: Greeting}}
          points: 40
          class: nc       # nc 非关键, cc 客户关键, bc 业务关键, pc 合规关键
          by: machine     # machine, human, both
          rules: [OPEN-001]
          combine: all    # all, any, share
          skill: {opening}
          guide:          # 人怎么判 / what a person looks for
            zh: "达标：接通后头两句内问好。未达标：没有问好。"
            en: "Met: greets within the first two turns. Not met: no greeting."
        - ref_id: CLO-1
          title: {{zh: 结束语, en: Closing}}
          points: 60
          class: nc
          by: machine
          rules: [CLO-002]
          skill: {closing}
          guide:
            zh: "达标：结束前致谢并道别。未达标：直接挂断。"
            en: "Met: thanks and says goodbye. Not met: hangs up without either."
    - ref_id: COMPLIANCE
      title: {{zh: 一票否决, en: Fatal items}}
      items:
        - ref_id: COMP-1
          title: {{zh: 不辱骂客户, en: Never abuses the customer}}
          points: 0       # 0 分：不占分值，只能否决 / 0: no points of its own
          class: pc
          fatal: form     # none, item, section, form
          by: both
          rules: [COMP-001]
          skill: {compliance}
          guide:
            zh: "未达标（须人工确认）：辱骂、讽刺客户。后果：整张评分表记0分。"
            en: "Not met (a person confirms): abuse or mockery. Consequence: the form scores zero."
"""


def new_rule(area: str, language: Language, packs: Packs) -> str:
    """A rule's skeleton with the area's next free id. Raises QA870 for an unknown area."""
    if area not in AREAS:
        raise CodedError("QA870", place="qa new rule", area=area, options=", ".join(AREAS))
    return _RULE[language].format(id=_free_id(area, (rule.id for rule in packs.rules)))


def new_scorecard(language: Language, packs: Packs) -> str:
    """A scorecard's skeleton with an id that no scorecard of the packs has."""
    taken = {card.id for card in packs.scorecards}
    number = next(n for n in range(1, len(taken) + 2) if f"{language}-new-{n}" not in taken)
    return _SCORECARD.format(
        id=f"{language}-new-{number}",
        language=language,
        **{name: _skill(packs, name) for name in ("opening", "closing", "compliance")},
    )


def _free_id(area: str, taken: Iterable[str]) -> str:
    """The id after the area's highest: ids are never reused, also not those between."""
    numbers = [int(one.rpartition("-")[2]) for one in taken if one.startswith(f"{area}-")]
    return f"{area}-{max(numbers, default=0) + 1:03d}"


def _skill(packs: Packs, wanted: str) -> str:
    """The skill of that name, or the site's first taught one where it has others."""
    taught = {skill for course in packs.courses for skill in course.skills}
    known = [skill.id for skill in packs.skills if skill.id in taught]
    return wanted if wanted in known or not known else known[0]
