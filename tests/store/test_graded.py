"""Evaluations as columns: what holds now, of some calls or of all, on every database."""

from decimal import Decimal
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from qa.domain.evaluations import Evaluation
from qa.domain.graded import MET, NOT_MET, UNDECIDED, VERDICT_CODES
from qa.store import graded
from qa.store.store import Store
from tests.store import nouns as n

ITEMS = (
    n.ITEM,
    n.ITEM.model_copy(update={"ref_id": "ACC-1", "verdict": "undecided", "points": None}),
    n.ITEM.model_copy(update={"ref_id": "COU-2", "verdict": "not_met", "source": "human",
                              "points": Decimal("0.25"), "max_points": Decimal("2.50")}),
)  # fmt: skip
EVALUATION = n.EVALUATION.model_copy(update={"items": ITEMS, "score": Decimal("71.25")})


def keep(store: Store, call_id: str, evaluation: Evaluation = EVALUATION) -> None:
    call = n.CALL.model_copy(update={"id": call_id, "csr_id": f"csr {call_id}"})
    facts = n.FACTS.model_copy(update={"call_id": call_id})
    made = n.FACTS_FROM.model_copy(update={"call_digest": sha256(call_id.encode()).hexdigest()})
    judged = n.FINDINGS_FROM.model_copy(update={"facts_key": made.key})
    scored = n.EVALUATION_FROM.model_copy(update={"findings_key": judged.key})
    store.save_call(call, at=n.NOON, by="t", why="t")
    store.save_transcript(n.TRANSCRIPT, made_from=n.TRANSCRIPT_FROM, at=n.NOON)
    store.save_facts(facts, made_from=made, at=n.NOON)
    store.save_findings((), made_from=judged, at=n.NOON)
    store.save_evaluation(call_id, evaluation, made_from=scored, at=n.NOON, by="m")


def test_columns_say_what_the_nouns_say(store: Store) -> None:
    keep(store, "a")
    keep(store, "b")
    made = store.graded_columns()
    assert made.call_id.tolist() == ["a", "b"]
    assert [made.csrs[one] for one in made.csr] == ["csr a", "csr b"]
    assert made.day.tolist() == [n.NOON.timestamp() / 86_400] * 2
    assert made.score.tolist() == [71.25, 71.25]
    of_a = {
        made.refs[made.ref[at]]: (int(made.verdict[at]), bool(made.human[at]), made.points[at],
                                  made.most[at])
        for at in np.flatnonzero(made.at == 0)
    }  # fmt: skip
    assert of_a["OPEN-1"] == (MET, False, 3.0, 3.0)
    assert of_a["COU-2"] == (NOT_MET, True, 0.25, 2.5)
    assert of_a["ACC-1"][:2] == (UNDECIDED, False)
    assert np.isnan(of_a["ACC-1"][2])
    assert len(made.at) == 6


def test_some_calls_are_as_they_are_among_all(store: Store) -> None:
    for call_id in ("a", "b", "c"):
        keep(store, call_id)
    few = store.graded_columns({"b", "c", "nobody"})
    assert few.call_id.tolist() == ["b", "c"]
    whole = store.graded_columns()
    for name in ("verdict", "human", "most"):
        assert getattr(few, name).tolist() == getattr(whole, name)[whole.at > 0].tolist()
    assert store.graded_columns(set()).size == 0


def test_only_the_last_revision_of_calls_that_can_be_graded_counts(store: Store) -> None:
    keep(store, "a")
    keep(store, "b")
    better = n.ITEM.model_copy(update={"verdict": "not_met", "points": Decimal(0)})
    keep(store, "a", n.EVALUATION.model_copy(update={"items": (better,)}))
    keep_again = store.evaluations("a")[-1]
    assert keep_again.n == 1  # the same inputs: nothing new, so give others
    newer = n.EVALUATION_FROM.model_copy(
        update={"findings_key": keep_again.findings_key, "answers_digest": "1" * 64}
    )
    store.save_evaluation(
        "a", n.EVALUATION.model_copy(update={"items": (better,)}), made_from=newer, at=n.LATER,
        by="m",
    )  # fmt: skip
    made = store.graded_columns()
    assert made.verdict[made.at == 0].tolist() == [NOT_MET]
    store.mark_ungradable("b", "voicemail", at=n.LATER)
    assert store.graded_columns().call_id.tolist() == ["a"]
    assert store.closed_calls() == {"b"}
    store.mark_gradable("b", at=n.LATER)
    assert store.closed_calls() == frozenset()


def test_reading_by_parts_is_reading_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        keep(store, f"c{number}")
    whole, heard = store.graded_columns(), list[tuple[int, int]]()
    monkeypatch.setattr(graded, "MANY", 2)
    monkeypatch.setattr(graded, "AT_ONCE", 3)
    parts = store.graded_columns(told=lambda done, all_: heard.append((done, all_)))
    few = store.graded_columns({f"c{number}" for number in range(7)})
    for made in (parts, few):
        for name in ("call_id", "at", "verdict", "human", "most"):
            assert getattr(made, name).tolist() == getattr(whole, name).tolist()
        assert [made.refs[one] for one in made.ref] == [whole.refs[one] for one in whole.ref]
    assert heard == [(0, 7), (2, 7), (4, 7), (6, 7), (7, 7)]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(evaluation=n.evaluations())
def test_any_evaluation_goes_there_and_back(store: Store, evaluation: Evaluation) -> None:
    call_id = f"c{len(store.calls())}"
    keep(store, call_id, evaluation)
    made = store.graded_columns({call_id})
    told = {
        (made.refs[ref], int(verdict), bool(human), repr(points), most)
        for ref, verdict, human, points, most in zip(
            made.ref, made.verdict, made.human, made.points.tolist(), made.most.tolist(),
            strict=True,
        )
    }  # fmt: skip
    assert told == {
        (item.ref_id, VERDICT_CODES[item.verdict], item.source == "human",
         "nan" if item.points is None else repr(float(item.points)), float(item.max_points))
        for item in evaluation.items
    }  # fmt: skip
