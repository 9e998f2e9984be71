"""Contacts, promises, topics, outcomes and entered records, on every database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from qa.domain.contacts import Contact, TopicHit
from qa.domain.promises import PromiseEntry, Said
from qa.store.centre_views import Benchmark, Outcome, PromiseFilter, RecordRevision
from qa.store.store import Store
from tests.store import nouns as n
from transcribe.errors import CodedError

NOW = datetime(2025, 4, 1, 9, tzinfo=UTC)


def contact(call_id: str, day: int, *, due_h: float | None = 24, key: str | None = "k") -> Contact:
    started_at = datetime(1970, 1, 1, 4, tzinfo=UTC) + timedelta(days=day)
    due = None if due_h is None else started_at + timedelta(hours=due_h)
    return Contact(
        call_id=call_id, call_n=1, facts_key="f", lists_digest="l", csr_id="1023", team="T1",
        language="zh", customer_key=key, started_at=started_at, day=day, complaint=True,
        terms=("快递",), marks={"OPEN-1": "+", "ACC-1": "?"}, fatal_pending=day == 5,
        promises=(
            Said(key=f"said {call_id}", start_s=1, end_s=2, quote="回电", confidence=1,
                 in_touch=True, deadline="明天", due_at=due),
        ),
        topics=(TopicHit(topic="delivery", complaint=True, start_s=1, end_s=2, quote="快递"),),
    )  # fmt: skip


@pytest.fixture
def kept(store: Store) -> Store:
    for call_id in ("a", "b", "c"):
        call = n.CALL.model_copy(update={"id": call_id})
        store.save_call(call, at=NOW, by="t", why="t")
    contacts = [contact("a", 5), contact("b", 7, due_h=1), contact("c", 20, due_h=None, key=None)]
    store.centre.save_contacts(contacts)
    return store


def test_overdue_comes_first_and_keeping_again_changes_nothing(kept: Store) -> None:
    centre = kept.centre
    assert [one.call_id for one in centre.promises(now=NOW)] == ["a", "b", "c"]
    early = datetime(1970, 1, 8, 5, 30, tzinfo=UTC)  # b is due at five, a two days before
    assert [one.call_id for one in centre.promises(PromiseFilter(overdue=True), now=early)] == [
        "a", "b",
    ]  # fmt: skip
    before = centre.promises(now=NOW)
    centre.save_contacts([contact("a", 5)])
    assert centre.promises(now=NOW) == before
    (count,) = centre.promise_counts(by="team", now=NOW)
    assert (count.name, count.promises, count.open, count.overdue, count.without_time) == (
        "T1", 3, 3, 2, 1,
    )  # fmt: skip


def test_what_is_no_longer_said_goes_unless_a_person_spoke_of_it(kept: Store) -> None:
    centre = kept.centre
    first, second, _ = centre.promises(now=NOW)
    entry = PromiseEntry(promise_id=first.id, status="kept", at=NOW, by="Li", note="done")
    assert centre.enter_promise(entry).closed_by == "Li"
    gone = [contact(c, d).model_copy(update={"promises": ()}) for c, d in (("a", 5), ("b", 7))]
    centre.save_contacts(gone)
    assert {one.id for one in centre.promises(now=NOW)} == {first.id, 3}
    assert second.id not in {one.id for one in centre.promises(now=NOW)}
    with pytest.raises(CodedError) as caught:
        centre.enter_promise(entry.model_copy(update={"promise_id": 99}))
    assert caught.value.code == "QA616"


def test_days_topics_and_repeats(kept: Store) -> None:
    centre = kept.centre
    assert centre.day_range() == (5, 20)
    assert [(d.day, d.calls, d.complaints, d.unknown) for d in centre.call_days(0, 99)] == [
        (5, 1, 1, 0), (7, 1, 1, 0), (20, 1, 1, 1),
    ]  # fmt: skip
    assert {(t.topic, t.day, t.complaints) for t in centre.topic_days(6, 99)} == {
        ("delivery", 7, 1), ("delivery", 20, 1),
    }  # fmt: skip
    assert centre.repeats(6, 99, within=timedelta(days=7)) == {"delivery": (1, 1)}
    assert centre.repeats(6, 99, within=timedelta(days=1)) == {}
    assert [one.call_id for one in centre.topic_calls(0, 99, limit=2)] == ["c", "b"]
    assert centre.call_days(0, 99, "T9") == ()
    assert [one.call_id for one in centre.fatal_pending()] == ["a"]
    assert centre.call_marks(5, 5)[0].marks == "OPEN-1+ ACC-1?"
    assert (centre.teams(), centre.csr_ids()) == (("T1",), ("1023",))


def test_outcomes_and_benchmarks_replace_their_values(kept: Store) -> None:
    centre = kept.centre
    one = Outcome(call_id="a", kind="csat", value=4)
    assert centre.known_calls(["a", "z"]) == {"a"}
    assert centre.save_outcomes([one], at=NOW, by="t") == (1, 0, 0)
    better = one.model_copy(update={"value": 5.0})
    assert centre.save_outcomes([one, better], at=NOW, by="t") == (0, 1, 1)
    assert [x.value for x in centre.outcome_marks(0, 99)] == [5.0]
    figure = Benchmark(metric="csat", source="x", value=4)
    assert centre.save_benchmark(figure, at=NOW, by="t")
    assert not centre.save_benchmark(figure.model_copy(update={"value": 3.0}), at=NOW, by="t")
    assert [b.value for b in centre.benchmarks()] == [3.0]


def test_of_several_decisions_at_once_one_is_kept(store: Store) -> None:
    wanted = [
        RecordRevision(
            kind="appeal", record_id="a", n=1, subject="-", status="open", at=NOW, by=f"Li {n}",
            why="w", body=f'{{"a":{n}}}',
        )
        for n in range(4)
    ]  # fmt: skip
    for after in (0, 1):
        with ThreadPoolExecutor(4) as many:
            made = list(
                many.map(
                    lambda one, after=after: store.centre.save_decision(one, after=after), wanted
                )
            )
        kept = [one for one in made if one is not None]
        assert [one.n for one in kept] == [after + 1]
        assert store.centre.records("appeal")[0].by == kept[0].by
        wanted = [one for one in wanted if one.by != kept[0].by]


def test_records_are_revisions(store: Store) -> None:
    wanted = RecordRevision(
        kind="target", record_id="T1", n=1, subject="1023", status="proposed", at=NOW, by="Li",
        why="set", body="{}",
    )  # fmt: skip
    assert store.centre.save_record(wanted).new
    assert not store.centre.save_record(wanted).new
    changed = wanted.model_copy(update={"body": '{"a":1}', "status": "agreed"})
    assert store.centre.save_record(changed).n == 2
    assert [one.status for one in store.centre.records("target")] == ["agreed"]
    assert store.centre.records("improvement") == ()
    with pytest.raises(CodedError) as caught:
        store.centre.save_record(wanted.model_copy(update={"why": " ", "body": "x"}))
    assert caught.value.code == "QA612"
