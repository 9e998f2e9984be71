"""Small forms, findings and answers for the tests of scoring."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from qa.domain.call import Call
from qa.domain.evaluations import Answer, Evaluation, ItemScore
from qa.domain.findings import Finding, Reason
from qa.domain.rules import Verdict
from qa.domain.scorecards import Band, Item, Scorecard, Section
from qa.domain.text import Text

CALL = Call(id="call-1", source="call-1.wav", language="zh")
NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def text(word: str = "x") -> Text:
    return Text(zh=word, en=word)


def item(ref_id: str, points: str | int, *rules: str, **more: object) -> Item:
    return Item.model_validate(
        {
            "ref_id": ref_id,
            "title": text(ref_id),
            "guide": text("guide"),
            "points": points,
            "rules": rules,
            "skill": "opening",
            **more,
        }
    )


def form(*sections: Sequence[Item], pass_mark: str = "85") -> Scorecard:
    bands = (("excellent", 95), ("good", 90), ("pass", 85), ("improve", 0))
    return Scorecard(
        id="form",
        version="1",
        language="zh",
        title=text(),
        pass_mark=Decimal(pass_mark),
        pass_mark_source="test",
        bands=tuple(Band(id=i, title=text(), from_score=Decimal(s)) for i, s in bands),
        sections=tuple(
            Section(ref_id=f"S{index}", title=text(), items=tuple(items))
            for index, items in enumerate(sections)
        ),
    )


def found(rule_id: str, verdict: Verdict, status: str = "live") -> Finding:
    return Finding(
        id=f"f-{rule_id}",
        rule_id=rule_id,
        rule_digest="d",
        status=status,
        verdict=verdict,
        reason=Reason(code="test", text=text()),
    )


def answer(ref_id: str, verdict: Verdict, *, minute: int = 0) -> Answer:
    return Answer(
        ref_id=ref_id,
        verdict=verdict,
        by="qa",
        reason="heard it",
        at=NOON + timedelta(minutes=minute),
    )


def mark(evaluation: Evaluation, ref_id: str) -> ItemScore:
    return next(one for one in evaluation.items if one.ref_id == ref_id)
