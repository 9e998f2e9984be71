"""Text in both languages."""

from pydantic import Field

from transcribe.noun import Noun
from transcribe.transcript import Language


class Text(Noun):
    """One thing said in Chinese and in English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def of(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def plural(count: int, word: str) -> str:
    """A count with its English word: "1 call", "2 calls"."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
