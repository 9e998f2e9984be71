"""Who speaks on which channel: by the channel map where one was given, else nobody knows."""

from collections.abc import Sequence
from typing import Literal, get_args

from transcribe.errors import CodedError
from transcribe.transcript import Speaker

_ROLES: tuple[Speaker, ...] = get_args(Speaker)
SpeakersBy = Literal["channel_map", "none"]


def read_channel_map(written: str) -> tuple[Speaker, ...]:
    """The roles of "csr,customer", in the order of the channels; () for an empty text.

    Raises QA717 for a word that is no role, or a role told twice.
    """
    words = [word.strip().lower() for word in written.split(",")] if written.strip() else []
    return checked_roles(words)


def checked_roles(words: Sequence[str]) -> tuple[Speaker, ...]:
    """The words as roles. Raises QA717."""
    roles = tuple(role for word in words for role in _ROLES if role == word)
    known = [role for role in roles if role != "unknown"]
    if len(roles) != len(words) or len(set(known)) != len(known):
        raise CodedError("QA717", seen=",".join(words), options=", ".join(_ROLES))
    return roles


def speakers_of(
    channel_count: int, roles: Sequence[Speaker], *, place: str = "", one_of_two: bool = False
) -> tuple[tuple[Speaker, ...], SpeakersBy]:
    """The speaker of each channel and how we know.

    channel_count: of the recording as decoded (two equal channels count as one).
    one_of_two: the file had two equal channels; a map of two then fits and tells nothing.
    One channel: both sides speak on it unless the map names its one role.
    Raises QA716 when the map names another number of channels.
    """
    roles = checked_roles(roles)
    unknown: Speaker = "unknown"
    nobody = (unknown,) * channel_count
    if not roles:
        return nobody, "none"
    if one_of_two and len(roles) == 2:
        return nobody, "none"
    if len(roles) != channel_count:
        raise CodedError("QA716", place=place, told=len(roles), seen=channel_count)
    return roles, "none" if set(roles) == {"unknown"} else "channel_map"
