"""录音 -> 转写: a recording's file in, its Transcript out."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from transcribe import voiceprint
from transcribe.activity import find_activity
from transcribe.audio import load, load_pair
from transcribe.decoding import RATE_HZ
from transcribe.errors import CodedError
from transcribe.masking import mask
from transcribe.recognises import Calibrates, KnowsRecording, Recognises
from transcribe.settings import TranscribeSettings
from transcribe.speakers import speakers_of
from transcribe.transcript import Activity, Language, Speaker, Transcript
from transcribe.turns import make_turns
from transcribe.voices import tell_voices
from transcribe.windows import Window, make_windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_LANGUAGE_S = 6.0  # so much of each place is heard to tell the language (guess: two sentences)
# First windows of all channels that agree so surely need no second look at the middle ones
# (guess; every call at hand is told rightly so, on both channels).
_SURE_SHARE = 0.8


def transcribe(
    path: Path | str,
    settings: TranscribeSettings,
    *,
    recogniser: Recognises,
    other_side: Path | str | None = None,
    channels: Sequence[Speaker] = (),
    language: Literal["zh", "en", "auto"] | None = None,
) -> Transcript:
    """The transcript of a recording, its card and ID numbers masked.

    other_side: the second of two mono files that make one call; it becomes channel 1.
    channels: who speaks on channel 0, 1; empty when nobody told.
    language: overrides the settings'.
    recogniser: see `transcribe.recognises`; what it raises is raised.
    Raises QA701-QA713 (the file), QA714 (no speech), QA715 (another language),
    QA716-QA717 (channel map), QA718 (a side that is not mono),
    QA726 (the model does not know the language).
    """
    place = str(path)
    if isinstance(recogniser, KnowsRecording):
        recogniser = recogniser.for_recording(Path(path))
    audio = load(path, settings) if other_side is None else load_pair(path, other_side, settings)
    samples = audio.samples
    speakers, speakers_by = speakers_of(
        len(samples), channels, place=place, one_of_two=audio.source_channels > len(samples)
    )
    activity = find_activity(
        samples, [recogniser.speech_probabilities(channel) for channel in samples], settings
    )
    windows = [
        make_windows(
            samples[at], [a for a in activity if a.channel == at and a.kind == "speech"], settings
        )
        for at in range(len(samples))
    ]
    if not any(windows):
        raise CodedError("QA714", place=place, duration_s=round(audio.duration_s))
    asked = language or settings.language
    spoken = detect(samples, windows, recogniser, settings, place) if asked == "auto" else asked
    recogniser.check_language(spoken)
    heard = [recogniser.hear(samples, at, own, spoken) for at, own in enumerate(windows)]
    words = [word for one in heard for word in one.words]
    if isinstance(recogniser, Calibrates):
        words = recogniser.calibrated(words, spoken)
    voices = (
        tell_voices(samples[0], [a for a in activity if a.kind == "speech"])
        if settings.voices and len(samples) == 1 and speakers == ("unknown",)
        else ()
    )
    turns = make_turns(words, activity, speakers, settings, voices)
    if not turns:
        raise CodedError("QA714", place=place, duration_s=round(audio.duration_s))
    turns, masks = mask(turns, settings.mask_kinds, keep_last_digits=settings.mask_keep_last_digits)
    faults = {*audio.faults, *(() if all(one.sound for one in heard) else ("QA757",))}
    return Transcript(
        language=spoken,
        duration_s=round(audio.duration_s, 3),
        channels=len(samples),
        turns=turns,
        activity=_within(activity, audio.duration_s),
        channel_speakers=speakers if speakers_by == "channel_map" else (),
        speakers_by=speakers_by,
        masks=masks,
        faults=tuple(sorted(faults)),
        made_by={
            "recording_sha256": recording_sha256(path, other_side),
            **recogniser.made_by,
            **({"voices": voiceprint.made_by()} if voices else {}),
        },
    )


def recording_sha256(path: Path | str, other_side: Path | str | None = None) -> str:
    """sha256 (hex) of a recording's file; of two files, see `joined_sha256`."""
    digests = []
    for side in (path, *(() if other_side is None else (other_side,))):
        with Path(side).open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return joined_sha256(digests)


def joined_sha256(digests: Sequence[str]) -> str:
    """The only digest, or sha256 (hex) over those of both files in their order."""
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def detect(
    samples: "NDArray[np.float32]",
    windows: Sequence[Sequence[Window]],
    recogniser: Recognises,
    settings: TranscribeSettings,
    place: str,
) -> Language:
    """The language of a call by the speech of all its channels. Raises QA715 for a third one."""
    first = _stretches(samples, windows, middle=False)
    each = [recogniser.language_shares([sound]) for sound in first]
    likely = {max(shares, key=lambda name: shares[name], default="") for shares in each}
    if len(likely) == 1 and min(max(s.values(), default=0.0) for s in each) >= _SURE_SHARE:
        shares = each[0]
    else:
        more = _stretches(samples, windows, middle=True)
        shares = recogniser.language_shares([*first, *more])
    zh_share = shares.get("zh", 0.0) + shares.get("yue", 0.0)
    en_share = shares.get("en", 0.0)
    if zh_share + en_share < settings.min_language_share:
        seen = max(shares, key=lambda name: shares[name])
        raise CodedError("QA715", place=place, seen=seen, share=round(shares[seen], 2))
    return "zh" if zh_share >= en_share else "en"


def _stretches(
    samples: "NDArray[np.float32]", windows: Sequence[Sequence[Window]], *, middle: bool
) -> "list[NDArray[np.float32]]":
    """What is heard of each channel to tell the language: of its first window, or its middle."""
    return [
        own[len(own) // 2 if middle else 0].packed(samples[channel])[: round(_LANGUAGE_S * RATE_HZ)]
        for channel, own in enumerate(windows)
        if len(own) > (1 if middle else 0)
    ]


def _within(activity: Sequence[Activity], duration_s: float) -> tuple[Activity, ...]:
    """Activity that does not run past the rounded end of the recording."""
    end_s = round(duration_s, 3)
    return tuple(
        a if a.end_s <= end_s else a.model_copy(update={"end_s": max(end_s, a.start_s)})
        for a in activity
    )
