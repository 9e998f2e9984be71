"""The roster, and importing into the store."""

from datetime import date
from pathlib import Path

import pytest

from qa.flow.metadata_error_texts import TEXTS
from qa.flow.metadata_import import import_calls
from qa.flow.roster import RosterEntry, read_roster
from qa.store.store import open_store
from tests.flow.tables import HEAD, NOON, faults, read, rules
from transcribe.errors import CodedErrors


def test_the_roster_fills_and_checks(tmp_path: Path) -> None:
    roster = {"1023": RosterEntry(csr_id="1023", name="李雷", team="甲")}
    result = read(
        tmp_path,
        f"{HEAD},工号,班组\nc1,1.wav,1023,\nc2,2.wav,1023,乙\nc3,3.wav,1032,\nc4,4.wav,,\n",
        roster=roster,
    )
    assert [(c.csr_id, c.csr_name, c.team) for c in result.calls] == [
        ("1023", "李雷", "甲"),
        ("1023", "李雷", "乙"),
        (None, None, None),
    ]
    assert faults(result) == ["QA814 4:3"]
    assert "1023" in result.errors[0].text("en", TEXTS)


def test_a_roster_file(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("工号,姓名,班组,入职日期,岗位,备注\n007,李雷,甲,2024年3月1日,座席,x\n8,,,,,\n")
    assert read_roster(path) == {
        "007": RosterEntry(
            csr_id="007", name="李雷", team="甲", hired_on=date(2024, 3, 1), role="座席"
        ),
        "8": RosterEntry(csr_id="8"),
    }
    path.write_text("csr_id,hired_on\n,\n7,\n7,\n1E+9,\n9,soon\n")
    with pytest.raises(CodedErrors) as caught:
        read_roster(path)
    assert [f"{e.code} {e.place}" for e in caught.value.errors] == [
        "QA823 roster.csv:4:1",
        "QA819 roster.csv:5:1",
        "QA811 roster.csv:6:2",
    ]


def test_importing_twice_changes_nothing_and_a_correction_is_a_revision(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    with open_store(f"sqlite:///{tmp_path}/qa.sqlite") as store:

        def run(rows: str) -> tuple[int, int, int, int]:
            path.write_text(f"{HEAD},csr_id\n{rows}")
            report = import_calls(path, store, rules(tmp_path), at=NOON, by="han")
            counts = (report.new, report.corrected, report.unchanged, report.errors)
            return tuple(map(len, counts))  # type: ignore[return-value]

        assert run("c1,1.wav,7\nc2,2.wav,7\nc3,../3.wav,7\n") == (2, 0, 0, 1)
        measured = store.call("c1").model_copy(  # type: ignore[union-attr]
            update={"duration_s": 9.5, "recording_sha256": "0" * 64, "language": "zh"}
        )
        store.save_call(measured, at=NOON, by="machine", why="transcribed")
        assert run("c1,1.wav,7\nc2,2.wav,7\n") == (0, 0, 2, 0)
        assert store.call("c1") == measured
        assert run("c1,1.wav,8\nc2,2.wav,7\nc4,4.wav,7\n") == (1, 1, 1, 0)
        assert store.call("c1") == measured.model_copy(update={"csr_id": "8"})
        assert [r.why for r in store.call_revisions("c1")][-1] == "import calls.csv"
        run("c1,other.wav,8\n")
        moved = store.call("c1")
    assert moved is not None
    assert (moved.duration_s, moved.recording_sha256, moved.language) == (None, None, None)
