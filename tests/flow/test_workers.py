"""Real worker processes: one that dies, hangs or breaks on a call costs that call only."""

import os
from collections import Counter

import pytest

from qa.domain.limits import Limits
from qa.domain.script import read_script
from qa.errors import CATALOGUE
from qa.flow import workers
from qa.flow.work import Done, Job
from qa.flow.workers import default_workers, work_through
from tests.flow import deadly
from transcribe.settings import TranscribeSettings

SCRIPT = read_script("# a call  language: en\n00:01.0 csr: hello\n00:03.0 customer: hi", name="c")


def job(call_id: str) -> Job:
    call = SCRIPT.call.model_copy(update={"id": call_id, "source": f"{call_id}.call"})
    return Job(call=call, path="", transcript=SCRIPT.transcript)


def worked(*call_ids: str) -> dict[str, Done]:
    done = work_through(
        [job(call_id) for call_id in call_ids],
        workers=1,
        packs=None,
        limits=Limits(),
        settings=TranscribeSettings(),
    )
    pairs = [(one.call.id, made) for one, made in done]
    assert Counter(call_id for call_id, _ in pairs) == Counter(call_ids)
    return dict(pairs)


@pytest.fixture
def _deadly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "do_job", deadly.do_job)
    monkeypatch.setattr(workers, "MIN_TIMEOUT_S", 2.0)
    monkeypatch.setattr(workers, "TIMES_REAL_TIME", 0.1)


@pytest.mark.usefixtures("_deadly")
def test_a_worker_that_dies_hangs_or_breaks_costs_that_call_only() -> None:
    done = worked("a", "dies", "b", "breaks", "hangs", "c")
    failed = {call_id: made.errors[0] for call_id, made in done.items() if made.errors}
    assert {call_id: error.code for call_id, error in failed.items()} == {
        "dies": "QA844",
        "hangs": "QA845",
        "breaks": "QA846",
    }
    for call_id, error in failed.items():
        assert error.place == f"{call_id}.call"
        assert error.text("zh", CATALOGUE) != error.text("en", CATALOGUE)
        assert done[call_id].failed == "judge"
    assert failed["breaks"].values["seen"] == "ZeroDivisionError: a fault of this program"
    for call_id in "abc":
        assert done[call_id].transcript == SCRIPT.transcript


def test_a_worker_a_core() -> None:
    assert 1 <= default_workers() <= (os.cpu_count() or 1)
