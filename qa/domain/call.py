"""A call: what the switch and the business know of it, beside its recording."""

from typing import Literal

from pydantic import AwareDatetime, Field

from transcribe.noun import Noun
from transcribe.transcript import Language, Speaker

Direction = Literal["inbound", "outbound"]


class CallEvent(Noun):
    """Something the switch recorded; seconds from the recording's first sample."""

    kind: Literal["hold", "transfer", "after_call_work"]
    start_s: float = Field(ge=0)
    end_s: float | None = Field(default=None, ge=0)
    to: str | None = Field(default=None, description="transfer: csr id or queue")


class Call(Noun):
    """One call. Fields nobody told are None; `events` None means the switch gave none at all.

    `events=()` is a statement (no hold, no transfer); `events=None` is not knowing.
    """

    id: str = Field(min_length=1)
    source: str = Field(description="path or name of the input as the user gave it")
    csr_id: str | None = None
    csr_name: str | None = None
    team: str | None = None
    customer_key: str | None = Field(default=None, description="salted hash, never the number")
    queue: str | None = None
    direction: Direction = "inbound"
    started_at: AwareDatetime | None = None
    duration_s: float | None = Field(default=None, ge=0)
    language: Language | None = None
    recording: str | None = Field(default=None, description="path under the recordings folder")
    recording_sha256: str | None = None
    channels: tuple[Speaker, ...] = Field(
        default=(), description="who speaks on channel 0, 1; empty when not told"
    )
    events: tuple[CallEvent, ...] | None = None
    hung_up_by: Speaker | None = None
    attributes: dict[str, str] = Field(default_factory=dict, description="随录参数")
