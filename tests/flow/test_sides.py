"""One or two files a call, from the table to the run."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qa.domain.call import Call
from qa.flow.metadata import ImportRules, read_calls
from qa.flow.sides import each_side, files_of, sides


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("a.wav", ("a.wav",)),
        ("a.wav + b.wav", ("a.wav", "b.wav")),
        ("2024/a+b.wav", ("2024/a+b.wav",)),
        ("左 1.wav  +  右 1.wav", ("左 1.wav", "右 1.wav")),
    ],
)
def test_sides(written: str, wanted: tuple[str, ...]) -> None:
    assert sides(written) == wanted
    assert each_side(written, str.upper) == " + ".join(side.upper() for side in wanted)


@pytest.mark.parametrize(
    ("file", "recording", "code"),
    [
        ("a.wav + sub\\b.wav", "a.wav + sub/b.wav", None),
        ("a.wav + ../b.wav", None, "QA812"),
        ("a.wav + b.wav + c.wav", None, "QA812"),
    ],
)
def test_two_files_in_the_table(
    tmp_path: Path, file: str, recording: str | None, code: str | None
) -> None:
    table = tmp_path / "calls.csv"
    table.write_text(f'call_id,file\nc1,"{file}"\n', "utf-8")
    read = read_calls(table, ImportRules(tmp_path, ZoneInfo("UTC"), b"salt"))
    assert [call.recording for call in read.calls] == ([recording] if recording else [])
    assert [error.code for error in read.errors] == ([code] if code else [])


def test_a_name_that_holds_the_sign(tmp_path: Path) -> None:
    call = Call(id="c", source="a + b.wav", recording="a + b.wav")
    assert files_of(call, tmp_path) == (tmp_path / "a", tmp_path / "b.wav")
    (tmp_path / "a + b.wav").touch()
    assert files_of(call, tmp_path) == (tmp_path / "a + b.wav",)
    assert files_of(call.model_copy(update={"recording": None}), tmp_path) == ()
