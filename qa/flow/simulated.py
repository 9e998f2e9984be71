"""Simulated calls through the real chain into a store, so that every view has something to show."""

from collections.abc import Iterable
from datetime import UTC, datetime

from qa.domain.keys import (
    EvaluationInputs,
    FactsInputs,
    FindingsInputs,
    TranscriptInputs,
    answers_digest,
    call_digest,
    digest_of,
    limits_digest,
    rules_digest,
)
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.script import Script
from qa.facts.measure import made_by
from qa.flow.names import JUDGE, SCORER
from qa.flow.run import MACHINE
from qa.flow.stages import judge
from qa.store.store import Store

BY = "simulator"


def keep_scripts(
    store: Store, packs: Packs, scripts: Iterable[Script], *, limits: Limits | None = None
) -> int:
    """How many calls were judged by the packs' rules and stored with all they rest on.

    A transcript that was written, not heard, is named by its own digest; doing it again
    stores nothing twice.
    """
    knobs = limits or Limits()
    kept = 0
    for script in scripts:
        _keep(store, packs, script, knobs, datetime.now(UTC))
        kept += 1
    return kept


def _keep(store: Store, packs: Packs, script: Script, limits: Limits, now: datetime) -> None:
    call, transcript = script.call, script.transcript
    judgement = judge(call, transcript, packs, limits=limits)
    written = TranscriptInputs(
        recording_sha256=digest_of(transcript), model_sha256="", settings_digest="script"
    )
    facts = FactsInputs(
        transcript_key=written.key,
        call_digest=call_digest(call),
        patterns_digest=packs.patterns_for(call).digest,
        limits_digest=limits_digest(limits),
        measurers=made_by(packs.patterns_for(call), limits),
    )
    findings = FindingsInputs(
        facts_key=facts.key,
        rules_digest=rules_digest(packs.rules_for(call), packs.derivations_for(call)),
        judge=JUDGE,
    )
    evaluation = EvaluationInputs(
        findings_key=findings.key,
        scorecard_digest=packs.scorecard_for(call).digest,
        answers_digest=answers_digest(()),
        scorer=SCORER,
    )
    store.save_call(call, at=now, by=BY, why="simulated")
    store.save_transcript(transcript, made_from=written, at=now)
    store.save_facts(judgement.facts, made_from=facts, at=now)
    store.save_findings(judgement.findings, derived=judgement.derived, made_from=findings, at=now)
    store.save_evaluation(call.id, judgement.evaluation, made_from=evaluation, at=now, by=MACHINE)
