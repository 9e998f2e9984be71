"""A store that holds the demo scripts as `qa run` would keep them, without the speech model."""

from datetime import UTC, datetime
from pathlib import Path

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
from qa.domain.script import read_script
from qa.facts.measure import made_by
from qa.flow.names import JUDGE, SCORER
from qa.flow.shipped import shipped_root
from qa.flow.work import Job, Worker
from qa.store.store import Store
from transcribe.settings import TranscribeSettings

AT = datetime(2026, 11, 1, tzinfo=UTC)


def keep_scripts(store: Store, packs: Packs, language: str) -> list[str]:
    """Ids of the calls kept, each judged by the packs; CSRs take turns, two a team."""
    worker = Worker(packs, Limits(), TranscribeSettings())
    kept: list[str] = []
    for number, path in enumerate(sorted((shipped_root() / "demo/scripts").glob(f"{language}*"))):
        kept += _keep(store, packs, worker, path, number)
    return kept


def _keep(store: Store, packs: Packs, worker: Worker, path: Path, number: int) -> list[str]:
    script = read_script(path.read_text("utf-8"), name=path.name)
    told = {
        "csr_id": f"csr-{number % 3}",
        "team": "east" if number % 3 else "west",
        "started_at": datetime(2026, 10, 1 + number, tzinfo=UTC),
    }
    call = script.call.model_copy(update=told)
    store.save_call(call, at=AT, by="test", why="test")
    done = worker.do(Job(call=call, path=str(path), transcript=script.transcript))
    heard = TranscriptInputs(
        recording_sha256=digest_of(path.name), model_sha256="m", settings_digest="s"
    )
    store.save_transcript(script.transcript, made_from=heard, at=AT)
    for part in done.parts:
        patterns = packs.patterns_for(part.call)
        facts = FactsInputs(
            transcript_key=heard.key,
            call_digest=call_digest(part.call),
            patterns_digest=patterns.digest,
            limits_digest=limits_digest(Limits()),
            measurers=made_by(patterns, Limits()),
        )
        findings = FindingsInputs(
            facts_key=facts.key, rules_digest=rules_digest(packs.rules_for(part.call)), judge=JUDGE
        )
        evaluation = EvaluationInputs(
            findings_key=findings.key,
            scorecard_digest=packs.scorecard_for(part.call).digest,
            answers_digest=answers_digest(()),
            scorer=SCORER,
        )
        if part.call.id != call.id:
            store.save_call(part.call, at=AT, by="test", why="test")
        store.save_facts(part.judgement.facts, made_from=facts, at=AT)
        store.save_findings(part.judgement.findings, made_from=findings, at=AT)
        store.save_evaluation(
            part.call.id, part.judgement.evaluation, made_from=evaluation, at=AT, by="test"
        )
    return [part.call.id for part in done.parts]
