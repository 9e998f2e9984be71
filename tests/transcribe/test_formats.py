"""Each format of call recorders is made, read and listed in docs/formats.md."""

from pathlib import Path

import pytest

from tests.transcribe.formats import FORMATS, SECONDS, Format, page
from transcribe.audio import load, loudest_dbfs
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
