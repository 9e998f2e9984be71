"""What is stored comes back, twice is once, and people's changes are revisions."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings

from qa.domain.call import Call
from qa.domain.derivations import DerivedFact
from qa.domain.evaluations import Evaluation
from qa.domain.facts import Facts
from qa.domain.findings import Finding
from qa.domain.keys import FindingsInputs, TranscriptInputs, digest_of
from qa.domain.text import Text
from qa.store.records import CallFilter, RecordingFile
from qa.store.store import Store, open_store
from tests.store import nouns as n
from transcribe.errors import CodedError
from transcribe.transcript import Transcript


def save_chain(store: Store, call: Call = n.CALL) -> None:
    """Everything up to the findings of one call."""
    store.save_call(call, at=n.NOON, by="import", why="calls.csv")
    store.save_transcript(n.TRANSCRIPT, made_from=n.TRANSCRIPT_FROM, at=n.NOON)
    store.save_facts(n.FACTS, made_from=n.FACTS_FROM, at=n.NOON)
    store.save_findings([n.FINDING], made_from=n.FINDINGS_FROM, at=n.NOON)


def test_a_chain_comes_back_as_it_went_in(store: Store) -> None:
    save_chain(store)
    record = store.save_evaluation(
        "c1", n.EVALUATION, made_from=n.EVALUATION_FROM, at=n.NOON, by="machine"
    )
    assert store.call("c1") == n.CALL
    assert store.transcript(n.TRANSCRIPT_FROM.key) == n.TRANSCRIPT
    assert store.facts(n.FACTS_FROM.key) == n.FACTS
    assert store.findings(n.FINDINGS_FROM.key) == (n.FINDING,)
    assert (record.n, record.replaces, record.new) == (1, None, True)
    assert store.derived(n.FINDINGS_FROM.key) == ()
    ((inputs, measurers, (line,)),) = store.verdicts([n.FINDINGS_FROM.key]).values()
    assert (inputs, measurers) == (n.FINDINGS_FROM, n.FACTS_FROM.measurers)
    assert (line.rule_id, line.verdict) == (n.FINDING.rule_id, n.FINDING.verdict)

    (again,) = store.evaluations("c1")
    assert again == record.model_copy(update={"new": False})
    assert again.evaluation == n.EVALUATION
    inputs = store.findings_inputs(record.findings_key)
    assert inputs == n.FINDINGS_FROM
    assert store.facts_inputs(inputs.facts_key) == n.FACTS_FROM


def test_derived_facts_are_kept_with_their_findings(store: Store) -> None:
    save_chain(store)
    text = Text(zh="甲", en="a")
    fact = DerivedFact(kind="risk", value="high", start_s=0, end_s=9, by="d", title=text,
                       certainty="sure", reason="found", because=text)  # fmt: skip
    other = n.FINDINGS_FROM.model_copy(update={"judge": "2"})
    store.save_findings([n.FINDING], derived=[fact], made_from=other, at=n.NOON)
    assert store.derived(other.key) == (fact,)
    assert store.findings(other.key) == (n.FINDING,)
    assert len(store.verdicts([other.key, n.FINDINGS_FROM.key])) == 2
    assert store.derived("nothing") == ()


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.call("x") is None
    assert store.transcript("x") is None
    assert store.facts("x") is None
    assert store.facts_inputs("x") is None
    assert store.findings("x") is None
    assert store.findings_inputs("x") is None
    assert store.recording("x") is None
    assert store.latest_evaluation("x", scorecard="y") is None
    assert store.evaluations("x") == ()


def test_everything_twice_changes_nothing(store: Store) -> None:
    save_chain(store)
    store.save_evaluation("c1", n.EVALUATION, made_from=n.EVALUATION_FROM, at=n.NOON, by="m")
    later = {"at": n.LATER}
    assert not store.save_call(n.CALL, by="x", why="again", **later).new
    assert not store.save_transcript(n.TRANSCRIPT, made_from=n.TRANSCRIPT_FROM, **later)
    assert not store.save_facts(n.FACTS, made_from=n.FACTS_FROM, **later)
    assert not store.save_findings([n.FINDING], made_from=n.FINDINGS_FROM, **later)
    record = store.save_evaluation("c1", n.EVALUATION, made_from=n.EVALUATION_FROM, by="x", **later)
    assert not record.new
    assert record.at == n.NOON
    assert len(store.evaluations("c1")) == len(store.call_revisions("c1")) == 1


def test_a_corrected_call_is_a_new_revision_and_so_is_taking_it_back(store: Store) -> None:
    corrected = n.CALL.model_copy(update={"csr_id": "008"})
    for call, by in ((n.CALL, "li"), (corrected, "han"), (n.CALL, "li")):
        assert store.save_call(call, at=n.NOON, by=by, why="calls.csv").new
    assert [(r.n, r.by) for r in store.call_revisions("c1")] == [(1, "li"), (2, "han"), (3, "li")]
    assert store.call("c1") == n.CALL
    assert store.calls() == (n.CALL,)


def test_a_persons_answer_replaces_and_never_edits(store: Store) -> None:
    save_chain(store)
    first = store.save_evaluation(
        "c1", n.EVALUATION, made_from=n.EVALUATION_FROM, at=n.NOON, by="machine"
    )
    store.save_answer("c1", n.ANSWER, scorecard="zh-inbound")
    changed = n.EVALUATION.model_copy(update={"score": Decimal("70.00")})
    made_from = n.EVALUATION_FROM.model_copy(update={"answers_digest": digest_of("answered")})
    second = store.save_evaluation(
        "c1",
        changed,
        made_from=made_from,
        at=n.LATER,
        by="wang",
        why="answer",
        reason="没有报工号",
    )
    assert (second.n, second.replaces) == (2, first.id)
    back = store.save_evaluation(
        "c1", n.EVALUATION, made_from=n.EVALUATION_FROM, at=n.LATER, by="wang", why="rescore",
        reason="改回",
    )  # fmt: skip
    assert (back.n, back.replaces) == (3, second.id)
    assert [record.evaluation.score for record in store.evaluations("c1")] == [
        Decimal("88.5"),
        Decimal(70),
        Decimal("88.5"),
    ]
    assert store.latest_evaluation("c1", scorecard="zh-inbound") == back.model_copy(
        update={"new": False}
    )


def test_the_last_answer_counts_and_all_are_kept(store: Store) -> None:
    save_chain(store)
    other = n.ANSWER.model_copy(update={"verdict": "met", "by": "zhao"})
    for answer in (n.ANSWER, n.ANSWER, other):
        store.save_answer("c1", answer, scorecard="a")
    store.save_answer("c1", n.ANSWER, scorecard="b")
    assert store.answers("c1", scorecard="a") == (other,)
    assert [(r.scorecard, r.n) for r in store.answer_history("c1")] == [
        ("a", 1),
        ("a", 2),
        ("b", 1),
    ]
    assert store.answer_history("c1", scorecard="a")[0].answer == n.ANSWER


def test_failures_are_counted_replaced_cleared_and_kept(store: Store) -> None:
    store.save_call(n.CALL, at=n.NOON, by="i", why="w")
    broken = CodedError("QA703", place="c1.wav", bytes=0, folder=Path("x"))
    store.record_failure("c1", "transcribe", broken, at=n.NOON)
    again = store.record_failure("c1", "transcribe", broken, at=n.LATER)
    assert (again.times, again.first_at, again.last_at) == (2, n.NOON, n.LATER)
    assert again.values == {"bytes": 0, "folder": "x"}
    other = CodedError("QA704", place="c1.wav")
    store.record_failure("c1", "transcribe", other, at=n.LATER)
    assert [f.code for f in store.failures("c1")] == ["QA704"]
    store.clear_failure("c1", "measure", at=n.LATER)
    assert len(store.failures()) == 1
    store.clear_failure("c1", "transcribe", at=n.LATER)
    assert store.failures() == ()
    assert [f.code for f in store.failures(with_cleared=True)] == ["QA703", "QA704"]


def test_an_ungradable_call_is_in_no_average_until_cleared(store: Store) -> None:
    save_chain(store)
    store.save_evaluation("c1", n.EVALUATION, made_from=n.EVALUATION_FROM, at=n.NOON, by="m")
    for reason in ("voicemail", "voicemail", "too_little_speech"):
        store.mark_ungradable("c1", reason, at=n.NOON, speech_s=4.5)
    assert store.latest_evaluations() == ()
    assert [u.reason for u in store.ungradable()] == ["too_little_speech"]
    store.mark_gradable("c1", at=n.LATER)
    assert store.ungradable() == ()
    assert len(store.ungradable(with_cleared=True)) == 2
    assert [g.call.id for g in store.latest_evaluations()] == ["c1"]


def test_filters(store: Store) -> None:
    made = [
        n.CALL.model_copy(
            update={
                "id": f"c{i}",
                "csr_id": f"00{i % 2}",
                "language": "en" if i > 2 else "zh",
                "started_at": None if i == 4 else n.NOON + timedelta(days=i),
            }
        )
        for i in range(5)
    ]
    for call in made:
        store.save_call(call, at=n.NOON, by="i", why="w")

    def ids(**wanted: object) -> list[str]:
        return [call.id for call in store.calls(CallFilter.model_validate(wanted))]

    assert ids() == ["c4", "c0", "c1", "c2", "c3"]
    assert ids(csr_id="001") == ["c1", "c3"]
    assert ids(csr_id="001", language="en") == ["c3"]
    assert ids(call_ids=("c0", "c4")) == ["c4", "c0"]
    assert ids(from_=made[1].started_at, to=made[3].started_at) == ["c1", "c2"]
    assert ids(team="乙") == ids(queue="x") == []


def test_latest_evaluations_follow_the_call_as_it_is_now(store: Store) -> None:
    save_chain(store)
    other_card = n.EVALUATION.model_copy(update={"scorecard": "other"})
    for evaluation in (n.EVALUATION, other_card):
        store.save_evaluation("c1", evaluation, made_from=n.EVALUATION_FROM, at=n.NOON, by="m")
    newer = n.EVALUATION_FROM.model_copy(update={"scorer": "2"})
    store.save_evaluation("c1", n.EVALUATION, made_from=newer, at=n.LATER, by="m")
    moved = n.CALL.model_copy(update={"csr_id": "009"})
    store.save_call(moved, at=n.LATER, by="i", why="w")
    assert store.latest_evaluations(CallFilter(csr_id="007")) == ()
    graded = store.latest_evaluations(CallFilter(csr_id="009"))
    assert [(g.record.evaluation.scorecard, g.record.n) for g in graded] == [
        ("other", 1),
        ("zh-inbound", 2),
    ]
    assert {g.call.csr_id for g in graded} == {"009"}
    assert len(store.latest_evaluations(scorecard="other")) == 1


def test_recordings_are_remembered_by_path(store: Store) -> None:
    file = RecordingFile(path="a.wav", size_bytes=9, modified_ns=2**62, sha256=n.HEX)
    for size_bytes in (8, 9):
        store.save_recording(file.model_copy(update={"size_bytes": size_bytes}))
    assert store.recording("a.wav") == file


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database for all examples; each example has keys of its own."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('store')}/qa.sqlite") as opened:
        yield opened


_NUMBER = count()


@settings(max_examples=40, deadline=None)
@given(
    call=n.calls(),
    transcript=n.transcripts(),
    facts=n.facts(),
    findings=n.findings(),
    evaluation=n.evaluations(),
)
def test_every_noun_comes_back_equal(
    one_store: Store,
    call: Call,
    transcript: Transcript,
    facts: Facts,
    findings: tuple[Finding, ...],
    evaluation: Evaluation,
) -> None:
    key = digest_of(next(_NUMBER))
    from_recording = TranscriptInputs(
        recording_sha256=key, model_sha256=n.HEX, settings_digest=n.HEX
    )
    facts_from = n.FACTS_FROM.model_copy(update={"transcript_key": from_recording.key})
    facts = facts.model_copy(update={"call_id": call.id})
    findings_from = FindingsInputs(facts_key=facts_from.key, rules_digest=n.HEX, judge="1")
    made_from = n.EVALUATION_FROM.model_copy(update={"findings_key": findings_from.key})
    store = one_store
    store.save_call(call, at=n.NOON, by="i", why="w")
    store.save_transcript(transcript, made_from=from_recording, at=n.NOON)
    store.save_facts(facts, made_from=facts_from, at=n.NOON)
    store.save_findings(findings, made_from=findings_from, at=n.NOON)
    record = store.save_evaluation(
        call.id, evaluation, made_from=made_from, at=n.NOON, by="machine"
    )
    assert store.call(call.id) == call
    assert store.transcript(from_recording.key) == transcript
    assert store.facts(facts_from.key) == facts
    assert store.findings(findings_from.key) == findings
    assert record.evaluation == evaluation


@pytest.mark.parametrize("field", list(n.FACTS_FROM.model_dump()))
def test_a_key_names_every_input(field: str) -> None:
    assert n.FACTS_FROM.model_copy(update={field: "other"}).key != n.FACTS_FROM.key
