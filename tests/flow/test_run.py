"""What `qa run`, `qa answer` and `qa show` do around the work; the work itself needs the model."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.domain.call import Call
from qa.domain.evaluations import Answer
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.flow.answering import give_answer
from qa.flow.history import see_call
from qa.flow.inputs import read_input
from qa.flow.run import Bench, Run, calls_of_paths
from qa.flow.shipped import shipped_root
from qa.packs.load import load_packs
from qa.store.store import Store, open_store
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ANSWER = Answer(ref_id="ACC-1", verdict="met", by="Mei", reason="heard it", at=NOW)


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(shipped_root())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'qa.sqlite'}") as opened:
        yield opened


def run(store: Store, packs: Packs, folder: Path, *calls: Call) -> Run:
    for call in calls:
        store.save_call(call, at=NOW, by="test", why="test")
    bench = Bench(
        store=store,
        packs=packs,
        limits=Limits(),
        settings=TranscribeSettings(),
        recordings=folder,
    )
    made = Run(bench, calls)
    assert [call.id for call in made.steps()] == [call.id for call in calls]
    return made


def test_calls_without_a_recording_fail_alone(store: Store, packs: Packs, tmp_path: Path) -> None:
    untold = Call(id="untold", source="calls.csv:2")
    gone = Call(id="gone", source="calls.csv:3", recording="gone.wav")
    made = run(store, packs, tmp_path, untold, gone)
    failed = {call.id: errors[0].code for call, errors in made.tally.failed}
    assert failed == {"untold": "QA851", "gone": "QA840"}
    assert {failure.call_id: failure.code for failure in store.failures()} == failed
    assert [f.code for f in see_call(store, packs, "untold").failures] == ["QA851"]


def test_answers_need_a_call_and_an_evaluation(store: Store, packs: Packs) -> None:
    with pytest.raises(CodedError, match="QA849"):
        give_answer(store, packs, "nobody", ANSWER)
    store.save_call(Call(id="new", source="x"), at=NOW, by="test", why="test")
    with pytest.raises(CodedError, match="QA853"):
        give_answer(store, packs, "new", ANSWER)
    with pytest.raises(CodedError, match="QA849"):
        see_call(store, packs, "nobody")


def test_paths_become_calls_known_ones_first(tmp_path: Path) -> None:
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    for name in ("a.wav", "b.wav", "notes.txt"):
        (recordings / name).touch()
    elsewhere = tmp_path / "c.wav"
    elsewhere.touch()
    known = Call(id="known", source="calls.csv:2", recording="a.wav")
    calls, errors = calls_of_paths(
        [str(recordings), str(elsewhere), str(tmp_path / "gone.wav")], recordings, [known]
    )
    assert [call.id for call in calls] == ["known", "b", "c"]
    assert calls[2].recording == str(elsewhere.resolve())
    assert [(error.code, error.place) for error in errors] == [
        ("QA840", str(tmp_path / "gone.wav"))
    ]


def test_an_endless_text_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "long.call"
    with path.open("wb") as file:
        file.truncate(60_000_001)
    with pytest.raises(CodedError) as caught:
        read_input(str(path))
    assert (caught.value.code, caught.value.place) == ("QA841", str(path))
