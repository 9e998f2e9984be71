"""The product on one screen: 转写 -> 事实 -> 判定 -> 评分."""

from collections.abc import Sequence

from qa.domain.call import Call
from qa.domain.derivations import DerivedFact
from qa.domain.evaluations import Answer, Evaluation
from qa.domain.facts import Facts
from qa.domain.findings import Finding
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.facts.measure import measure
from qa.findings.find import find_all
from qa.scoring.score import score
from transcribe.noun import Noun
from transcribe.transcript import Transcript


class Judgement(Noun):
    """What the stages made of one call."""

    facts: Facts
    findings: tuple[Finding, ...]
    derived: tuple[DerivedFact, ...] = ()
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
    card = scorecard or packs.scorecard_for(call)
    facts = measure(call, transcript, packs.patterns_for(call, card), limits or Limits())
    found = find_all(facts, packs.rules_for(call, card), packs.derivations_for(call), limits)
    evaluation = score(call, found.findings, card, answers)
    return Judgement(
        facts=facts, findings=found.findings, derived=found.derived, evaluation=evaluation
    )
