"""A site's settings: `settings.yaml` in its folder, overridden by QA_... in the environment."""

import difflib
import os
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from qa.domain.limits import Limits
from qa.packs.yaml_reader import Places, read_plain
from transcribe.errors import CodedError, CodedErrors
from transcribe.settings import MaskKind, TranscribeSettings

_PREFIX = "QA_"
_NESTED = "__"


class SiteSettings(BaseSettings):
    """What a site may set. QA_WORKERS or QA_LIMITS__WORD_CONFIDENCE override the file."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter=_NESTED,
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        protected_namespaces=(),
    )

    time_zone: str = Field(
        default="Asia/Shanghai",
        description="IANA name; of times that name no zone, and of days and weeks in reports. "
        "Never the machine's: the same table must mean the same on every machine",
    )
    database: str = Field(
        default="sqlite:///qa.sqlite",
        description="SQLite file (from the site folder) or postgresql://user:password@host/name",
    )
    holiday_country: str = Field(
        default="CN",
        description="ISO code of the country whose public holidays and moved working days count "
        "for promised working days; empty: Monday to Friday",
    )
    days_off: tuple[date, ...] = Field(
        default=(), description="days on which this site does not work, beside the country's"
    )
    extra_workdays: tuple[date, ...] = Field(
        default=(), description="days on which this site works though the country does not"
    )
    recordings: str = Field(
        default="recordings", min_length=1, description="folder of the recordings, from the site"
    )
    roster: str | None = Field(
        default=None,
        description="CSV or XLSX with csr_id, name, team, hired_on, role; calls of others are "
        "then refused",
    )
    model: str = Field(default="base", min_length=1, description="speech model: a name or a folder")
    recogniser: str = Field(
        default="whisper",
        min_length=1,
        description="whisper, sidecar (transcripts beside the recordings), or an installed plugin",
    )
    hot_words: tuple[str, ...] = Field(
        default=(),
        max_length=200,
        description="product and company names told to the recogniser; measure them on your own "
        "calls first, they may also hurt",
    )
    hot_words_of_rules: bool = Field(
        default=False,
        description="tell the recogniser the phrases that the rules look for too, after "
        "`hot_words`; with the base model they hurt (docs/recognisers.md)",
    )
    workers: int | None = Field(
        default=None, ge=1, le=1024, description="processes at work; none: by cores and memory"
    )
    mask_kinds: tuple[MaskKind, ...] = Field(
        default=TranscribeSettings().mask_kinds,
        description="private words and numbers that are never stored",
    )
    mask_keep_last_digits: int = Field(
        default=0, ge=0, le=4, description="digits that stay at the end of cards, IDs, telephones"
    )
    audio_copy: Literal["beep", "mute", "none"] = Field(
        default="beep",
        description="how private words sound in the copy of a recording that people listen to",
    )
    original_recordings: Literal["keep", "delete"] = Field(
        default="keep",
        description="delete: recordings with private words go once their copy and transcript are "
        "kept; nothing brings them back",
    )
    service_share: float = Field(
        default=0.8,
        gt=0,
        lt=1,
        description="share of calls to be answered in time, also while people are trained",
    )
    service_s: float = Field(default=20, ge=0, description="seconds within which they are")
    after_call_s: float = Field(
        default=30, ge=0, description="work after a call, seconds; counts as handling time"
    )
    recorded_share: float = Field(
        default=1.0, gt=0, le=1, description="share of all calls that are imported here"
    )
    on_duty: int | None = Field(
        default=None, ge=1, description="CSRs on the telephones at once; none: read off the calls"
    )
    answer_hours: float = Field(
        default=24, gt=0, description="hours within which a CSR's question is answered"
    )
    appeal_days: int = Field(
        default=7,
        ge=1,
        le=365,
        description="days after a mark within which it may be contested (EligibilityDays in "
        "Amazon Connect's review configuration; 7 is a guess)",
    )
    appeal_answer_hours: float = Field(
        default=48,
        gt=0,
        description="hours within which an appeal is decided; a guess: two days",
    )
    limits: Limits = Field(default=Limits(), description="of measuring and judging")

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("no such time zone; Asia/Shanghai is one") from error
        return value

    @field_validator("holiday_country")
    @classmethod
    def _is_a_country(cls, value: str) -> str:
        if value not in ("", "CN"):
            import holidays  # seldom needed here: the default is known

            if value not in holidays.list_supported_countries():
                raise ValueError("no country whose holidays are known; CN, GB and US are some")
        return value

    @model_validator(mode="after")
    def _deletes_only_with_a_copy(self) -> Self:
        if self.original_recordings == "delete" and self.audio_copy == "none":
            raise ValueError("original_recordings: delete needs audio_copy: beep or mute")
        return self

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then what the file says; nothing else."""
        return env_settings, init_settings


def read_settings(path: Path) -> SiteSettings:
    """The settings of a `settings.yaml` and the environment.

    Raises CodedErrors with every wrong field (QA120-QA123) at file:line:column or at its
    variable, and what `read_plain` raises of a file that is no YAML (QA2xx).
    """
    name = path.name
    value, places = read_plain(path, name=name)
    if value is None:
        value = {}
    if not isinstance(value, dict):
        raise CodedErrors([CodedError("QA123", place=f"{name}:1:1")])
    try:
        return SiteSettings(**value)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
        raise CodedErrors([_fault(one, name, places) for one in faults]) from error
    except SettingsError as error:
        problem = " ".join(str(error).split())
        raise CodedErrors([CodedError("QA122", place="environment", problem=problem)]) from error


def _fault(one: Any, name: str, places: Places) -> CodedError:
    """One fault of pydantic's with its place: the variable that set it, or the file's line."""
    path = tuple(one["loc"])
    field = ".".join(str(part) for part in path)
    variable = _PREFIX + _NESTED.join(str(part) for part in path).upper()
    if variable in os.environ:
        place = variable
    else:
        known = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in places), None)
        line, column = places[known] if known else (1, 1)
        place = f"{name}:{line}:{column}"
    if one["type"] == "extra_forbidden":
        menu = list((Limits if path[0] == "limits" else SiteSettings).model_fields)
        near = difflib.get_close_matches(str(path[-1]), menu, n=1)
        shown = f"→ {near[0]}? " if near else ""
        return CodedError("QA120", place=place, field=field, near=shown, known=", ".join(menu))
    problem = one["msg"].removeprefix("Value error, ")
    shown = "…" if field == "database" else str(one["input"])[:80]  # it may hold a password
    return CodedError("QA121", place=place, field=field, value=shown, problem=problem)
