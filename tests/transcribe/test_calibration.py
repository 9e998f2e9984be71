"""Fits of confidence keep the order of a call's words, stay within 0 and 1, belong to one model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe import calibration
from transcribe.calibration import FITS, Fit, calibrated, made_by
from transcribe.settings import BASE_SHA256, TranscribeSettings
from transcribe.transcript import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@given(st.lists(st.floats(0, 1), max_size=30), st.sampled_from(LANGUAGES))
def test_a_surer_word_of_the_call_stays_surer(raw: list[float], language: Language) -> None:
    sure = calibrated(raw, language)
    assert len(sure) == len(raw)
    assert all(0 <= each <= 1 for each in sure)
    ordered = [after for _, after in sorted(zip(raw, sure, strict=True))]
    assert ordered == sorted(ordered)


def test_shipped_fits_rise_and_are_the_base_models() -> None:
    assert set(FITS) == {BASE_SHA256}
    assert set(FITS[BASE_SHA256]) == set(LANGUAGES)
    assert all(fit.own > 0 and fit.call >= 0 for fit in FITS[BASE_SHA256].values())


def test_a_word_is_worth_less_in_a_call_that_is_heard_badly() -> None:
    good, bad = [0.8, *[0.95] * 200], [0.8, *[0.5] * 200]
    assert calibrated(bad, "zh")[0] < calibrated(good, "zh")[0] - 0.2


def test_few_words_do_not_make_a_call_bad() -> None:
    assert calibrated([0.5], "zh")[0] > calibrated([0.5] * 200, "zh")[0] + 0.1


def test_without_a_fit_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "FITS", {"other": {"zh": Fit(0.0, 1.0, 0.0)}})
    assert calibrated([0.3, 0.9], "zh", "other") == [0.3, 0.9]  # weights that change nothing
    assert calibrated([0.3], "en", "other") == [0.3]  # no fit of this language
    assert calibrated([0.3], "zh", "unknown") == [0.3]  # nor of this model
    assert calibrated([], "zh", "other") == []


def test_a_transcript_says_which_fit_it_has() -> None:
    assert made_by(BASE_SHA256, wanted=True) == f"fit {calibration.VERSION}"
    assert made_by(BASE_SHA256, wanted=False) == made_by("other", wanted=True) == "raw"


def test_another_fit_makes_other_transcripts(monkeypatch: pytest.MonkeyPatch) -> None:
    before, raw = TranscribeSettings().digest(), TranscribeSettings(calibrate=False).digest()
    monkeypatch.setattr(calibration, "VERSION", "another")
    assert TranscribeSettings().digest() != before
    assert TranscribeSettings(calibrate=False).digest() == raw
