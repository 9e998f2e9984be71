"""Copies without private words, and when an original may go."""

from pathlib import Path

import pytest

from qa.flow.recordings import Privacy, recording_sha256
from qa.settings import SiteSettings
from qa.store.store import open_store
from transcribe.errors import CodedError
from transcribe.transcript import Mask, Transcript, Turn

MASK = Mask(turn=0, kind="pii_cvv", start=0, end=3, start_s=0, end_s=1)


def transcript(*masks: Mask) -> Transcript:
    turn = Turn(start_s=0, end_s=1, speaker="customer", text="***")
    return Transcript(language="en", duration_s=2, channels=1, turns=(turn,), masks=masks)


@pytest.mark.parametrize(
    ("original", "masks", "copied", "stays"),
    [
        ("delete", (MASK,), True, False),
        ("delete", (MASK,), False, True),
        ("delete", (), True, True),
        ("keep", (MASK,), True, True),
    ],
)
def test_an_original_goes_only_after_its_copy(
    tmp_path: Path, original: str, masks: tuple[Mask, ...], copied: bool, stays: bool
) -> None:
    privacy = Privacy(tmp_path / "copies", "beep", original)  # type: ignore[arg-type]
    copy = privacy.copy_of("ab")
    assert copy == tmp_path / "copies" / "ab.flac"
    if copied:
        copy.parent.mkdir()
        copy.touch()
    recording = tmp_path / "a.wav"
    recording.touch()
    privacy.forget((recording,), "ab", transcript(*masks))
    assert recording.exists() is stays


def test_no_copies_nothing_deleted(tmp_path: Path) -> None:
    recording = tmp_path / "a.wav"
    recording.touch()
    Privacy(None, "none", "delete").forget((recording,), "ab", transcript(MASK))
    assert recording.exists()
    assert Privacy(tmp_path, "none").copy_of("ab") is None


def test_the_digest_of_a_deleted_recording_is_known(tmp_path: Path) -> None:
    recording = tmp_path / "a.wav"
    recording.write_bytes(b"sound")
    with open_store(f"sqlite:///{tmp_path}/qa.sqlite") as store:
        sha256 = recording_sha256(store, recording)
        recording.unlink()
        assert recording_sha256(store, recording, may_be_gone=True) == sha256
        with pytest.raises(CodedError) as caught:
            recording_sha256(store, recording)
        assert caught.value.code == "QA840"
        with pytest.raises(CodedError):
            recording_sha256(store, tmp_path / "b.wav", may_be_gone=True)


def test_deleting_needs_a_copy() -> None:
    with pytest.raises(ValueError, match="needs audio_copy"):
        SiteSettings(original_recordings="delete", audio_copy="none")
    with pytest.raises(ValueError, match="pii_bank_card"):
        SiteSettings(mask_kinds=("pii_shoe_size",))  # type: ignore[arg-type]
