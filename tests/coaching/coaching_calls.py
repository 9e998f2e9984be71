"""Marked calls for the tests of coaching: real forms, real scoring, no stand-ins."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from qa.domain.call import Call
from qa.domain.coaching import Course, CourseStep, Evaluated
from qa.domain.evaluations import Answer
from qa.domain.findings import Evidence, Finding, Reason
from qa.domain.graded import (
    NOTHING,
    OF_CALL,
    OF_ITEM,
    VERDICT_CODES,
    WORD_OF,
    GradedColumns,
    graded_columns,
)
from qa.domain.rules import Verdict
from qa.domain.scorecards import Band, Item, Scorecard, Section
from qa.domain.text import Text
from qa.scoring.score import score
from transcribe.transcript import Language, Span

MONDAY = datetime(2025, 3, 3, 9, tzinfo=UTC)


def text(word: str) -> Text:
    return Text(zh=f"{word}（中）", en=word)


def item(ref_id: str, points: int, skill: str, *rules: str, **more: object) -> Item:
    return Item.model_validate(
        {
            "ref_id": ref_id,
            "title": text(ref_id),
            "guide": text(f"guide of {ref_id}"),
            "points": points,
            "rules": rules,
            "skill": skill,
            **more,
        }
    )


FORM = Scorecard(
    id="form",
    version="1",
    language="zh",
    title=text("form"),
    pass_mark=Decimal(85),
    pass_mark_source="test",
    bands=(Band(id="all", title=text("all"), from_score=Decimal(0)),),
    sections=(
        Section(
            ref_id="S1",
            title=text("one"),
            items=(
                item("OPEN-1", 10, "opening", "OPEN-001"),
                item("ID-1", 20, "verification", "ID-001", fatal="section"),
                item("HOLD-1", 10, "process", "HOLD-001", "HOLD-002", combine="share"),
            ),
        ),
        Section(
            ref_id="S2",
            title=text("two"),
            items=(
                item("ACC-1", 60, "knowledge", by="human"),
                item("PRO-9", -5, "process", "PRO-009"),
                item("COU-9", 5, "courtesy", "COU-009", bonus=True),
                item("COMP-1", 0, "compliance", "COMP-001", fatal="form", by="both"),
            ),
        ),
    ),
)


def found(
    rule_id: str, verdict: Verdict, *, heard_s: float | None = 3.0, status: str = "live"
) -> Finding:
    """A finding with a quote at `heard_s`, or with a searched stretch where it is None."""
    quote = Evidence(turn=1, speaker="csr", start_s=heard_s or 0, end_s=9, quote="喂")
    return Finding(
        id=f"f-{rule_id}",
        rule_id=rule_id,
        rule_digest="d",
        status=status,
        verdict=verdict,
        reason=Reason(code="test", text=text(f"reason of {rule_id}")),
        evidence=() if heard_s is None else (quote,),
        searched=(Span(start_s=0, end_s=15),),
    )


def answer(ref_id: str, verdict: Verdict) -> Answer:
    return Answer(ref_id=ref_id, verdict=verdict, by="qa", reason="heard", at=MONDAY)


def call(
    call_id: str, csr_id: str | None = "1023", *, day: int = 0, language: Language | None = "zh"
) -> Call:
    return Call(
        id=call_id,
        source=f"{call_id}.wav",
        csr_id=csr_id,
        language=language,
        started_at=MONDAY + timedelta(days=day),
    )


def marked(
    of: Call, findings: Sequence[Finding], answers: Sequence[Answer] = (), form: Scorecard = FORM
) -> Evaluated:
    return Evaluated(
        call=of,
        scorecard=form,
        evaluation=score(of, findings, form, answers),
        findings=tuple(findings),
    )


def course(course_id: str, *skills: str, **more: object) -> Course:
    step = CourseStep(title=text("step"), minutes=5, what=text("do"))
    return Course.model_validate(
        {
            "id": course_id,
            "title": text(course_id),
            "skills": skills,
            "minutes": 5,
            "format": "class",
            "outline": (step,),
            **more,
        }
    )


def columns(evaluated: Sequence[Evaluated]) -> GradedColumns:
    """The calls as the store gives them to views over a centre."""
    words: dict[str, list[str]] = {name: [] for name in WORD_OF}

    def at(name: str, word: str | None) -> int:
        if (word or "") not in words[name]:
            words[name].append(word or "")
        return words[name].index(word or "")

    rows: list[dict[str, object]] = []
    items: list[dict[str, object]] = []
    for number, one in enumerate(evaluated):
        of, evaluation = one.call, one.evaluation
        assert evaluation is not None
        form = f"{evaluation.scorecard}@{evaluation.version}"
        rows.append({
            "id": number + 1, "call_id": of.id, "csr": at("csrs", of.csr_id),
            "name": at("names", of.csr_name), "team": at("teams", of.team),
            "queue": at("queues", of.queue), "direction": at("directions", of.direction),
            "language": at("languages", of.language), "form": at("forms", form),
            "day": of.started_at.timestamp() / 86_400 if of.started_at else np.nan,
            "duration_s": np.nan if of.duration_s is None else of.duration_s,
            "score": np.nan if evaluation.score is None else float(evaluation.score),
        })  # fmt: skip
        items += [
            {"at": number, "ref": at("refs", mark.ref_id), "verdict": VERDICT_CODES[mark.verdict],
             "human": mark.source == "human", "most": float(mark.max_points),
             "points": np.nan if mark.points is None else float(mark.points)}
            for mark in evaluation.items
        ]  # fmt: skip
    columns = {name: [row[name] for row in rows] for name in OF_CALL}
    columns |= {name: [item[name] for item in items] for name in OF_ITEM}
    made = graded_columns({name: tuple(known) for name, known in words.items()}, columns)
    return made.with_others(NOTHING)
