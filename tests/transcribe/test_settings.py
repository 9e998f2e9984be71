"""The digest names what changes a transcript, and nothing else."""

import pickle

import pytest
from pydantic import ValidationError

from transcribe.settings import TranscribeSettings

PLAIN = TranscribeSettings()


@pytest.mark.parametrize(
    "changed",
    [
        {"beam_size": 1},
        {"language": "zh"},
        {"compute_type": "float32"},
        {"window_s": 28.0},
        {"vad_threshold": 0.4},
        {"mask_kinds": ()},
        {"turn_pause_s": 2.0},
    ],
)
def test_the_digest_changes_with_what_changes_a_transcript(changed: dict[str, object]) -> None:
    assert TranscribeSettings.model_validate(changed).digest() != PLAIN.digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"threads": 4},
        {"max_duration_s": 60.0},
        {"decode_memory_bytes": 1 << 31},
        {"model": "small"},
    ],
)
def test_the_digest_stays_with_limits_and_with_the_model(changed: dict[str, object]) -> None:
    assert TranscribeSettings.model_validate(changed).digest() == PLAIN.digest()


def test_every_knob_says_where_its_value_comes_from() -> None:
    assert [n for n, f in TranscribeSettings.model_fields.items() if not f.description] == []


def test_settings_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(PLAIN)) == PLAIN


def test_an_unknown_knob_is_refused() -> None:
    with pytest.raises(ValidationError, match="beam"):
        TranscribeSettings.model_validate({"beam": 5})


def test_voices_told_otherwise_make_another_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    before, without = PLAIN.digest(), TranscribeSettings(voices=False).digest()
    monkeypatch.setattr("transcribe.settings.VOICES_VERSION", -1)
    assert PLAIN.digest() != before
    assert TranscribeSettings(voices=False).digest() == without
