"""The quiet set: good calls on which no live rule may say not_met (style 4.6)."""

from datetime import date

from pydantic import Field

from qa.domain.text import Text
from transcribe.noun import Noun
from transcribe.transcript import Language


class QuietCall(Noun):
    """A faultless call of one trade, as a `.call` script."""

    name: str = Field(min_length=1)
    trade: str = Field(min_length=1, description="bank, telecom, retail, utility ...")
    call: str = Field(min_length=1, description="a `.call` script")
    place: str = Field(default="", description="file:line:column it was read from")


class QuietException(Noun):
    """A rule that may say not_met on a named quiet call, since when and why."""

    rule: str = Field(pattern=r"^[A-Z]{2,5}-\d{3}$")
    call: str = Field(min_length=1)
    date: date
    reason: Text
    place: str = Field(default="", description="file:line:column it was read from")


class QuietSet(Noun):
    """The quiet calls of one language and the exceptions to them."""

    language: Language
    calls: tuple[QuietCall, ...] = ()
    exceptions: tuple[QuietException, ...] = ()
