"""Plans are revisions; training events are kept once."""

from datetime import UTC, date, datetime

import pytest

from qa.domain.plans import CoachingPlan, Priority
from qa.domain.text import Text
from qa.domain.training import TrainingEvent
from qa.store.store import Store
from transcribe.errors import CodedError

NOW = datetime(2025, 4, 1, 9, tzinfo=UTC)
WORD = Text(zh="中", en="en")
PLAN = CoachingPlan(
    id="p1",
    csr_id="1023",
    owner="lead",
    made_on=date(2025, 4, 1),
    priorities=(
        Priority(skill="voice", baseline_share=0.6, target_share=0.7, team_share=0.8, why=WORD),
    ),
)


def test_a_plan_is_kept_as_revisions(store: Store) -> None:
    first = store.save_plan(PLAN, at=NOW, by="lead", why="proposed")
    again = store.save_plan(PLAN, at=NOW, by="lead", why="proposed")
    assert (first.new, again.new, again.n) == (True, False, 1)
    gone = PLAN.model_copy(update={"status": "cancelled"})
    assert store.save_plan(gone, at=NOW, by="lead", why="the CSR left").n == 2
    assert store.plans() == (gone,)
    assert [one.plan.status for one in store.plan_history("p1")] == ["proposed", "cancelled"]
    assert store.plans("9999") == ()


def test_who_and_why_are_never_left_out(store: Store) -> None:
    with pytest.raises(CodedError) as caught:
        store.save_plan(PLAN, at=NOW, by="lead", why=" ")
    assert caught.value.code == "QA612"


def test_training_is_kept_once_and_can_be_corrected(store: Store) -> None:
    event = TrainingEvent(csr_id="1", course_id="C4", kind="quiz", at=NOW, score_percent=70)
    assert store.save_training(event, at=NOW, by="trainer")
    better = event.model_copy(update={"score_percent": 80.0})
    assert not store.save_training(better, at=NOW, by="trainer")
    assert store.training() == (better,)
