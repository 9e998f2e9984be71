"""A stored call as people look at it: words, marks, proof, and who changed what."""

from qa.domain.appeals import Appeal
from qa.domain.call import Call
from qa.domain.derivations import DerivedFact
from qa.domain.evaluations import Evaluation
from qa.domain.findings import Finding
from qa.domain.packs import Packs
from qa.domain.text import Text
from qa.flow.appeals import appeals
from qa.flow.gradable import text_of_reason
from qa.flow.parts import parts_of
from qa.flow.work import with_transcript
from qa.store.records import EvaluationRecord, Failure
from qa.store.store import Store
from transcribe.errors import CodedError
from transcribe.noun import Noun
from transcribe.transcript import Transcript


class Seen(Noun):
    """Everything stored of one call that holds now; `revisions` from the first to the last."""

    call: Call
    transcript: Transcript | None
    evaluation: Evaluation | None
    findings: tuple[Finding, ...]
    derived: tuple[DerivedFact, ...] = ()
    ungradable: str | None
    why_ungradable: Text | None = None
    failures: tuple[Failure, ...]
    revisions: tuple[EvaluationRecord, ...]
    appeals: tuple[Appeal, ...] = ()


def see_call(store: Store, packs: Packs, call_id: str) -> Seen:
    """The call and what was made of it. Raises QA849 for an unknown call."""
    call = store.call(call_id)
    if call is None:
        raise CodedError("QA849", place=call_id, call=call_id)
    revisions = tuple(sorted(store.evaluations(call_id), key=lambda record: record.id))
    latest = revisions[-1] if revisions else None
    ungradable = next((u for u in store.ungradable() if u.call_id == call_id), None)
    return Seen(
        call=call,
        transcript=transcript_of(store, call, latest),
        evaluation=latest.evaluation if latest and ungradable is None else None,
        findings=(store.findings(latest.findings_key) or ()) if latest else (),
        derived=store.derived(latest.findings_key) if latest else (),
        ungradable=ungradable.reason if ungradable else None,
        why_ungradable=text_of_reason(ungradable.reason, ungradable.values) if ungradable else None,
        failures=store.failures(call_id),
        revisions=revisions,
        appeals=tuple(one for one in appeals(store) if one.call_id == call_id),
    )


def transcript_of(store: Store, call: Call, record: EvaluationRecord | None) -> Transcript | None:
    """The transcript an evaluation rests on, cut to the call's part where it is one."""
    if record is None:
        return None
    findings = store.findings_inputs(record.findings_key)
    facts = store.facts_inputs(findings.facts_key) if findings else None
    transcript = store.transcript(facts.transcript_key) if facts else None
    if transcript is None:
        return None
    whole = store.call(call.id.split("#")[0]) or call
    for part, said in parts_of(with_transcript(whole, transcript), transcript):
        if part.id == call.id:
            return said
    return transcript
