"""The product on one screen: 转写 -> 事实 -> 判定 -> 评分."""

from collections.abc import Sequence

from qa.domain.call import Call
from qa.domain.evaluations import Answer, Evaluation
from qa.domain.facts import Facts
from qa.domain.findings import Finding
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.facts.measure import measure
from qa.findings.find import find
from qa.scoring.score import score
from transcribe.noun import Noun
from transcribe.transcript import Transcript


class Judgement(Noun):
    """What the stages made of one call."""

    facts: Facts
    findings: tuple[Finding, ...]
    evaluation: Evaluation


def judge(
    call: Call,
    transcript: Transcript,
    packs: Packs,
    *,
    limits: Limits | None = None,
    scorecard: Scorecard | None = None,
    answers: Sequence[Answer] = (),
) -> Judgement:
    """The call's facts, findings and evaluation; the same inputs give the same bytes.

    scorecard: the packs' own choice for the call when None.
    """
    facts = measure(call, transcript, packs.patterns_for(call), limits or Limits())
    findings = find(facts, packs.rules_for(call), limits)
    evaluation = score(call, findings, scorecard or packs.scorecard_for(call), answers)
    return Judgement(facts=facts, findings=findings, evaluation=evaluation)
