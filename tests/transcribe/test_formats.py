"""Each format of call recorders is made, read and listed in docs/formats.md."""

from pathlib import Path

import pytest

from tests.transcribe.formats import FORMATS, SECONDS, Format, page
from transcribe.audio import load, loudest_dbfs, probe
from transcribe.decoding import HEADERLESS
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


@pytest.mark.parametrize("one", FORMATS, ids=[one.name for one in FORMATS])
def test_a_file_of_each_format(one: Format, tmp_path: Path) -> None:
    path = tmp_path / one.file
    one.make(path)
    sound = load(path, TranscribeSettings())
    assert sound.duration_s == pytest.approx(SECONDS, abs=0.15)
    if one.noise:
        return
    assert sound.faults == ()
    for channel in sound.samples:  # libsndfile's G.721 is the noisiest, 3 dB over
        assert loudest_dbfs(channel) == pytest.approx(-13.5, abs=3)


def test_a_header_wins_over_the_name_of_a_headerless_format(tmp_path: Path) -> None:
    path = tmp_path / "a.ulaw"
    next(one for one in FORMATS if one.name == "W64").make(path)
    assert load(path, TranscribeSettings()).faults == ("QA754",)


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


# They say nothing of their length; whoever cuts them between two frames leaves no trace.
TELL_NO_LENGTH = {"voc", "mpegts"}
CUT_SECONDS = 20.0


@pytest.mark.parametrize(
    "one",
    [one for one in FORMATS if not one.noise and Path(one.file).suffix not in HEADERLESS],
    ids=lambda one: one.name,
)
def test_a_file_that_breaks_off_is_told(one: Format, tmp_path: Path) -> None:
    path = tmp_path / one.file
    one.make(path, CUT_SECONDS)
    whole = path.read_bytes()
    assert load(path, TranscribeSettings()).faults == ()
    if probe(path).format in TELL_NO_LENGTH:
        return
    for share in (0.9, 0.5):
        path.write_bytes(whole[: round(len(whole) * share)])
        try:
            told = load(path, TranscribeSettings()).faults
        except CodedError as error:
            told = (error.code,)
        assert set(told) & {"QA704", "QA705", "QA706", "QA755", "QA756"}, share
