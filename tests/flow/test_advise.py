"""A call graded on two forms counts once, by the form it was marked on last."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.domain.coaching import Window
from qa.domain.evaluations import Answer
from qa.domain.keys import EvaluationInputs
from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.flow.advise import advise, evaluated_of
from qa.flow.answering import give_answer
from qa.flow.history import see_call
from qa.flow.shipped import shipped_root
from qa.packs.load import load_packs
from qa.scoring.score import score
from qa.store.store import Store, open_store
from tests.flow.stored import AT, keep_scripts

CALL = "zh-04"


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(shipped_root())


@pytest.fixture
def store(tmp_path: Path, packs: Packs) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'qa.sqlite'}") as opened:
        keep_scripts(opened, packs, "zh")
        yield opened


def regrade(store: Store, packs: Packs, form_id: str) -> tuple[Packs, Scorecard]:
    """The call marked once more, on a copy of its form whose id sorts as `form_id` does."""
    (before,) = store.evaluations(CALL)
    card = next(c for c in packs.scorecards if c.id == before.evaluation.scorecard)
    copy = card.model_copy(update={"id": form_id, "digest": form_id})
    call, findings = store.call(CALL), store.findings(before.findings_key)
    assert call is not None
    assert findings is not None
    made_from = EvaluationInputs(
        findings_key=before.findings_key, scorecard_digest=form_id, answers_digest="", scorer="1"
    )
    again = score(call, findings, copy)
    store.save_evaluation(CALL, again, made_from=made_from, at=AT, by="test")
    wider = packs.model_copy(update={"scorecards": (*packs.scorecards, copy)})
    return wider, copy


@pytest.mark.parametrize("form_id", ["aa-form", "zz-form"])
def test_points_are_lost_once(store: Store, packs: Packs, form_id: str) -> None:
    before = advise(store, packs, window=Window())
    wider, _ = regrade(store, packs, form_id)
    after = advise(store, wider, window=Window())
    assert [a.calls for a in after] == [a.calls for a in before]
    lost = [[r.weak_point.lost_points for r in a.recommendations] for a in (*before, *after)]
    assert lost[: len(before)] == lost[len(before) :]
    assert any(lost)


@pytest.mark.parametrize("form_id", ["aa-form", "zz-form"])
def test_the_form_marked_on_last_is_shown_answered_and_counted(
    store: Store, packs: Packs, form_id: str
) -> None:
    wider, copy = regrade(store, packs, form_id)
    graded = store.latest_evaluations()
    counted = [e.scorecard.id for e in evaluated_of(graded, store, wider) if e.call.id == CALL]
    every = evaluated_of(graded, store, wider, every_form=True)
    assert counted == [copy.id]
    assert len([e for e in every if e.call.id == CALL]) == 2
    seen = see_call(store, wider, CALL)
    assert seen.evaluation is not None
    assert seen.evaluation.scorecard == copy.id
    answer = Answer(ref_id="ACC-1", verdict="met", by="Mei", reason="heard it", at=AT)
    assert give_answer(store, wider, CALL, answer).evaluation.scorecard == copy.id
