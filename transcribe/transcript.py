"""The nouns of speech: what was said, by whom, when, and how sure the recogniser was.

Times are float seconds from the first sample of the recording; intervals are half-open.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from transcribe.noun import Noun

Speaker = Literal["csr", "customer", "unknown"]
Language = Literal["zh", "en"]


class Span(Noun):
    """A half-open stretch of time, `start_s <= t < end_s`."""

    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end_s < self.start_s:
            raise ValueError(f"end_s {self.end_s} lies before start_s {self.start_s}")
        return self

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


class Word(Span):
    """One recognised word (English) or piece of characters (Mandarin), as written in its turn."""

    text: str
    probability: float = Field(ge=0, le=1, description="the recogniser's, 0-1")


class Turn(Span):
    """What one speaker said without a longer pause. `index` in the transcript counts from 0."""

    speaker: Speaker
    text: str
    confidence: float | None = Field(
        default=None, ge=0, le=1, description="mean word probability; null for scripts"
    )
    words: tuple[Word, ...] = ()
    channel: int | None = Field(default=None, ge=0)
    voice: int | None = Field(
        default=None,
        ge=0,
        description="which voice of a mono recording, in order of first speech; null where "
        "voices were not told apart",
    )
    end_known: bool = Field(
        default=True,
        description="false when a script gave no end: end_s is then a guess no timing may use",
    )


class Activity(Span):
    """A stretch in which one channel carries sound."""

    channel: int = Field(ge=0)
    kind: Literal["speech", "sound"] = Field(
        default="speech", description="sound: lasting and not speech, such as hold music"
    )
    level_dbfs: float | None = Field(
        default=None, description="RMS level; null where there was no audio"
    )


class Mask(Noun):
    """A stretch of a turn's text that was replaced before the transcript was first written."""

    turn: int = Field(ge=0)
    kind: str = Field(description="pii_bank_card, pii_id_card, pii_cvv ...")
    start: int = Field(ge=0, description="code point offset in the stored text")
    end: int = Field(ge=0)
    start_s: float = Field(ge=0)
    end_s: float = Field(ge=0)


class Transcript(Noun):
    """A recording's words. `turns` are sorted by start; their index is their place here."""

    language: Language
    duration_s: float = Field(ge=0)
    channels: int = Field(ge=1, le=2)
    turns: tuple[Turn, ...]
    activity: tuple[Activity, ...] = ()
    channel_speakers: tuple[Speaker, ...] = Field(
        default=(), description="who speaks on each channel; empty where nobody knows"
    )
    speakers_by: Literal["channel_map", "script", "voice", "none"] = "none"
    masks: tuple[Mask, ...] = ()
    faults: tuple[str, ...] = Field(
        default=(), description="codes of recording faults that did not stop transcription"
    )
    made_by: dict[str, str] = Field(
        default_factory=dict,
        description="recording sha256, model, model hash, compute type, instruction set, settings",
    )

    @model_validator(mode="after")
    def _turns_in_order(self) -> Self:
        starts = [turn.start_s for turn in self.turns]
        if starts != sorted(starts):
            raise ValueError("turns must be sorted by start_s")
        return self
