"""Nouns for the store's tests: fixed ones, and strategies that draw any."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import strategies as st

from qa.domain.call import Call, CallEvent
from qa.domain.evaluations import (
    Answer,
    ClassScore,
    Evaluation,
    FatalItem,
    ItemScore,
    SectionScore,
)
from qa.domain.facts import Candidate, Fact, Facts, TurnHeard
from qa.domain.findings import Evidence, Finding, Nearest, Reason
from qa.domain.keys import EvaluationInputs, FactsInputs, FindingsInputs, TranscriptInputs
from qa.domain.text import Text
from transcribe.transcript import Activity, Mask, Span, Transcript, Turn, Word

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
HEX = "0" * 64

CALL = Call(
    id="c1",
    source="c1.wav",
    csr_id="007",
    csr_name="李雷",
    team="甲",
    queue="信用卡",
    started_at=NOON,
    language="zh",
    channels=("csr", "customer"),
    events=(CallEvent(kind="hold", start_s=1, end_s=2),),
    attributes={"渠道": "app"},
)
TRANSCRIPT = Transcript(
    language="zh",
    duration_s=9,
    channels=2,
    turns=(Turn(start_s=1, end_s=2, speaker="csr", text="您好", channel=0),),
)
FACTS = Facts(call_id="c1", language="zh", duration_s=9, turns=(), facts=(), made_by="m")
FINDING = Finding(
    id="c1:OPEN-001",
    rule_id="OPEN-001",
    rule_digest=HEX,
    verdict="met",
    reason=Reason(code="found", values={"n": 1}, text=Text(zh="说了", en="said")),
)
ITEM = ItemScore(
    ref_id="OPEN-1",
    verdict="met",
    points=Decimal("3.00"),
    max_points=Decimal(3),
    applied_weight=Decimal("33.33"),
    by="machine",
    source="machine",
    findings=("c1:OPEN-001",),
)
EVALUATION = Evaluation(
    scorecard="zh-inbound",
    version="1",
    score=Decimal("88.50"),
    coverage=0.9,
    range=(Decimal(80), Decimal(90)),
    passed=None,
    classes={"nc": ClassScore(points=Decimal(3), max_points=Decimal(3), score=Decimal(100))},
    sections=(
        SectionScore(ref_id="OPEN", points=Decimal(3), max_points=Decimal(3), items=(ITEM,)),
    ),
    items=(ITEM,),
)
ANSWER = Answer(ref_id="OPEN-1", verdict="not_met", by="wang", reason="没有报工号", at=LATER)

TRANSCRIPT_FROM = TranscriptInputs(recording_sha256=HEX, model_sha256=HEX, settings_digest=HEX)
FACTS_FROM = FactsInputs(
    transcript_key=TRANSCRIPT_FROM.key,
    call_digest=HEX,
    patterns_digest=HEX,
    limits_digest=HEX,
    measurers="1",
)
FINDINGS_FROM = FindingsInputs(facts_key=FACTS_FROM.key, rules_digest=HEX, judge="1")
EVALUATION_FROM = EvaluationInputs(
    findings_key=FINDINGS_FROM.key, scorecard_digest=HEX, answers_digest=HEX, scorer="1"
)

_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
_NAME = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
_SHARE = st.floats(0, 1)
_TIME_S = st.floats(0, 1e5)
_POINTS = st.decimals(0, 1000, places=2)
_VERDICT = st.sampled_from(["met", "not_met", "not_applicable", "undecided"])
_SPEAKER = st.sampled_from(["csr", "customer", "unknown"])
_LANGUAGE = st.sampled_from(["zh", "en"])
_ZONE = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
_MOMENT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=_ZONE)  # noqa: DTZ001


@st.composite
def _times(draw: st.DrawFn) -> dict[str, float]:
    start_s, end_s = sorted([draw(_TIME_S), draw(_TIME_S)])
    return {"start_s": start_s, "end_s": end_s}


def _maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


@st.composite
def calls(draw: st.DrawFn) -> Call:
    event = _times().map(lambda t: CallEvent(kind="hold", **t)) | st.builds(
        CallEvent, kind=st.just("transfer"), start_s=_TIME_S, to=_maybe(_NAME)
    )
    return draw(
        st.builds(
            Call,
            id=_NAME,
            source=_TEXT,
            csr_id=_maybe(_TEXT),
            team=_maybe(_TEXT),
            queue=_maybe(_TEXT),
            direction=st.sampled_from(["inbound", "outbound"]),
            started_at=_maybe(_MOMENT),
            duration_s=_maybe(_TIME_S),
            language=_maybe(_LANGUAGE),
            channels=st.sampled_from([(), ("csr", "customer"), ("customer", "csr")]),
            events=_maybe(st.lists(event, max_size=3).map(tuple)),
            hung_up_by=_maybe(_SPEAKER),
            attributes=st.dictionaries(_TEXT, _TEXT, max_size=3),
        )
    )


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    word = st.builds(lambda t, **k: Word(**t, **k), _times(), text=_TEXT, probability=_SHARE)
    turn = st.builds(
        lambda t, **k: Turn(**t, **k),
        _times(),
        speaker=_SPEAKER,
        text=_TEXT,
        confidence=_maybe(_SHARE),
        words=st.lists(word, max_size=3).map(tuple),
        channel=_maybe(st.integers(0, 1)),
        end_known=st.booleans(),
    )
    activity = st.builds(
        lambda t, **k: Activity(**t, **k),
        _times(),
        channel=st.integers(0, 1),
        level_dbfs=_maybe(st.floats(-90, 0)),
    )
    turns = sorted(draw(st.lists(turn, max_size=4)), key=lambda t: t.start_s)
    return Transcript(
        language=draw(_LANGUAGE),
        duration_s=draw(_TIME_S),
        channels=draw(st.integers(1, 2)),
        turns=tuple(turns),
        activity=tuple(draw(st.lists(activity, max_size=3))),
        masks=tuple(
            Mask(turn=0, kind="pii_email", start=0, end=1, **draw(_times())) for _ in turns[:1]
        ),
        made_by=draw(st.dictionaries(_TEXT, _TEXT, max_size=2)),
    )


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    known = {
        "kind": _NAME,
        "turn": _maybe(st.integers(0, 9)),
        "speaker": _maybe(_SPEAKER),
        "value": _maybe(st.floats(allow_nan=False, allow_infinity=False) | _TEXT),
        "quote": _maybe(_TEXT),
        "confidence": _SHARE,
    }
    fact = st.builds(lambda t, **k: Fact(**t, **k), _times(), **known)
    near = st.builds(
        lambda t, **k: Candidate(**t, **k), _times(), **known, distance=_SHARE, wanted=_TEXT
    )
    heard = st.builds(
        lambda t, **k: TurnHeard(**t, **k),
        _times(),
        index=st.integers(0, 9),
        speaker=_SPEAKER,
        words=st.integers(0, 9),
        heard_words=st.integers(0, 9),
    )
    return Facts(
        call_id="c1",
        language=draw(_LANGUAGE),
        duration_s=draw(_TIME_S),
        turns=tuple(draw(st.lists(heard, max_size=2))),
        facts=tuple(draw(st.lists(fact, max_size=3))),
        candidates=tuple(draw(st.lists(near, max_size=2))),
        missing=draw(st.dictionaries(_TEXT, _TEXT, max_size=2)),
        made_by=draw(_TEXT),
    )


@st.composite
def findings(draw: st.DrawFn) -> tuple[Finding, ...]:
    number = st.integers(-1000, 1000) | st.floats(allow_nan=False, allow_infinity=False)
    finding = st.builds(
        Finding,
        id=_NAME,
        rule_id=_NAME,
        rule_digest=_TEXT,
        verdict=_VERDICT,
        reason=st.builds(
            Reason,
            code=_NAME,
            values=st.dictionaries(_TEXT, st.none() | _TEXT | number, max_size=2),
            text=st.builds(Text, zh=_NAME, en=_NAME),
        ),
        evidence=st.lists(
            st.builds(lambda t, q: Evidence(**t, quote=q), _times(), _maybe(_TEXT)), max_size=2
        ).map(tuple),
        searched=st.lists(_times().map(lambda t: Span(**t)), max_size=2).map(tuple),
        nearest=_maybe(
            st.builds(
                lambda t, d: Nearest(**t, turn=0, quote="q", distance=d, wanted="w"),
                _times(),
                _SHARE,
            )
        ),
    )
    return tuple(draw(st.lists(finding, max_size=3)))


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    item = st.builds(
        ItemScore,
        ref_id=_NAME,
        verdict=_VERDICT,
        points=_maybe(_POINTS),
        max_points=_POINTS,
        applied_weight=_POINTS,
        by=st.sampled_from(["machine", "human", "both"]),
        source=st.sampled_from(["machine", "human", "open"]),
        findings=st.lists(_TEXT, max_size=2).map(tuple),
    )
    items = tuple(draw(st.lists(item, max_size=4, unique_by=lambda one: one.ref_id)))
    fatal = st.builds(FatalItem, ref_id=_NAME, reach=st.sampled_from(["item", "section", "form"]))
    section = SectionScore(ref_id="S", points=draw(_POINTS), max_points=draw(_POINTS), items=items)
    return Evaluation(
        scorecard=draw(_NAME),
        version=draw(_NAME),
        score=draw(_maybe(_POINTS)),
        coverage=draw(_SHARE),
        range=(draw(_POINTS), draw(_POINTS)),
        passed=draw(_maybe(st.booleans())),
        band=draw(_maybe(_TEXT)),
        fatal_pending=tuple(draw(st.lists(fatal, max_size=2))),
        classes={"nc": ClassScore(points=draw(_POINTS), max_points=draw(_POINTS), score=None)},
        sections=(section,),
        items=items,
    )
