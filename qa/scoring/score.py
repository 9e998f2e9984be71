"""The filled form: one call's evaluation from its findings and people's answers (contract 2)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from qa.domain.call import Call
from qa.domain.evaluations import Answer, Evaluation
from qa.domain.findings import Finding
from qa.domain.rules import Verdict
from qa.domain.scorecards import Scorecard
from qa.scoring.lines import lines_of
from qa.scoring.totals import evaluated
from transcribe.errors import CodedError, CodedErrors

ANSWERS: tuple[Verdict, ...] = ("met", "not_met", "not_applicable")


def score(
    call: Call,
    findings: Sequence[Finding],
    scorecard: Scorecard,
    answers: Sequence[Answer] = (),
) -> Evaluation:
    """The call's evaluation on `scorecard`.

    findings: of one judgement of the call; those no item names change nothing. A rule an item
    names but that has no finding (not for this call, retired) says nothing; trial findings
    are carried as hints and decide nothing; an item that no live rule decides waits for a person.
    answers: people's; each stands above the machine's verdict, the latest one of an item
    counts (`at`), and on a share item met gives full points and not_met none.
    The order of findings and answers does not matter.
    Raises CodedErrors of QA401 (answer to an unknown item), QA402 (an answer that decides
    nothing), QA403 (two answers of one moment), QA404 (two findings of one rule).
    """
    errors = [
        *_twice_judged(call, findings),
        *_unanswerable(call, scorecard, answers),
        *_same_moment(call, answers),
    ]
    if errors:
        raise CodedErrors(errors)
    by_rule = {finding.rule_id: finding for finding in findings}
    return evaluated(scorecard, lines_of(scorecard, by_rule, _latest(answers)))


def _latest(answers: Sequence[Answer]) -> Mapping[str, Answer]:
    return {answer.ref_id: answer for answer in sorted(answers, key=lambda answer: answer.at)}


def _twice_judged(call: Call, findings: Sequence[Finding]) -> Iterable[CodedError]:
    for rule, count in Counter(finding.rule_id for finding in findings).items():
        if count > 1:
            yield CodedError("QA404", place=call.id, rule=rule, count=count)


def _unanswerable(
    call: Call, scorecard: Scorecard, answers: Sequence[Answer]
) -> Iterable[CodedError]:
    known = [item.ref_id for item in scorecard.items]
    for answer in answers:
        if answer.ref_id not in known:
            yield CodedError(
                "QA401",
                place=call.id,
                scorecard=scorecard.id,
                item=answer.ref_id,
                known=", ".join(known),
            )
        if answer.verdict not in ANSWERS:
            yield CodedError(
                "QA402",
                place=call.id,
                item=answer.ref_id,
                verdict=answer.verdict,
                known=", ".join(ANSWERS),
            )


def _same_moment(call: Call, answers: Sequence[Answer]) -> Iterable[CodedError]:
    """Only the latest moment of an item matters; earlier contradictions were settled by it."""
    latest = _latest(answers)
    for ref_id, last in latest.items():
        verdicts = {a.verdict for a in answers if a.ref_id == ref_id and a.at == last.at}
        if len(verdicts) > 1:
            first, second, *_ = (v for v in get_args(Verdict) if v in verdicts)
            yield CodedError(
                "QA403",
                place=call.id,
                item=ref_id,
                at=last.at.isoformat(),
                first=first,
                second=second,
            )
