"""A slice of `make fuzz-audio`: nothing but samples or a coded error comes out."""

from pathlib import Path

import pytest

from tests.transcribe.broken_files import WAYS, broken_files, verdict_on
from tests.transcribe.formats import FORMATS


@pytest.mark.slow
def test_each_broken_file_is_classified(tmp_path: Path) -> None:
    made = [
        (way, path.suffix, verdict_on(path))
        for number, (way, path) in enumerate(
            broken_files(tmp_path, len(FORMATS) * len(WAYS), seed=7)
        )
        if number % 7 == 0
    ]
    assert len({way for way, *_ in made}) == len(WAYS)
    assert [one for one in made if one[2].startswith("UNCLASSIFIED")] == []
