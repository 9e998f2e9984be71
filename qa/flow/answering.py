"""`qa answer`: a person's answer becomes a new revision of the evaluation (D7)."""

from qa.domain.evaluations import Answer
from qa.domain.keys import EvaluationInputs, answers_digest
from qa.domain.packs import Packs
from qa.flow.names import SCORER
from qa.scoring.score import score
from qa.store.decisions import Answered
from qa.store.records import EvaluationRecord
from qa.store.store import Store
from transcribe.errors import CodedError


def give_answer(store: Store, packs: Packs, call_id: str, answer: Answer) -> EvaluationRecord:
    """The new revision, on the scorecard of the call's latest evaluation; kept with the answer.

    Raises what `answered` raises.
    """
    return store.centre.save_answered(answered(store, packs, call_id, answer))


def answered(store: Store, packs: Packs, call_id: str, answer: Answer) -> Answered:
    """What the answer makes of the call's latest evaluation; nothing is kept.

    Raises QA849 unknown call, QA853 a call without evaluation, QA847 a scorecard that the packs
    no longer have in that version, those of `score` (an unknown item names the options).
    """
    call = store.call(call_id)
    if call is None:
        raise CodedError("QA849", place=call_id, call=call_id)
    records = store.evaluations(call_id)
    if not records:
        raise CodedError("QA853", place=call_id, call=call_id)
    latest = max(records, key=lambda record: record.id)
    marked = latest.evaluation
    card = next(
        (c for c in packs.scorecards if (c.id, c.version) == (marked.scorecard, marked.version)),
        None,
    )
    if card is None:
        options = ", ".join(f"{c.id}@{c.version}" for c in packs.scorecards)
        wanted = f"{marked.scorecard}@{marked.version}"
        raise CodedError("QA847", place=call_id, scorecard=wanted, options=options)
    earlier = [a for a in store.answers(call_id, scorecard=card.id) if a.ref_id != answer.ref_id]
    answers = (*earlier, answer)
    findings = store.findings(latest.findings_key) or ()
    evaluation = score(call, findings, card, answers)
    return Answered(
        call_id=call_id,
        answer=answer,
        evaluation=evaluation,
        made_from=EvaluationInputs(
            findings_key=latest.findings_key,
            scorecard_digest=card.digest,
            answers_digest=answers_digest(answers),
            scorer=SCORER,
        ),
    )
