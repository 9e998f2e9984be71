"""Listening noises (嗯, 对; uh-huh, right): what takes nobody's word, by the site's own list."""

import re
from functools import lru_cache
from typing import Any

import re2

from qa.domain.patterns import Patterns
from qa.facts.reading import encodable
from transcribe.errors import CodedError
from transcribe.text import normalise
from transcribe.transcript import Language

KIND = "back_channel"
_NO_LETTERS = re.compile(r"[\W_]+")


class BackChannels:
    """Knows a stretch of text that is made of listening noises alone."""

    def __init__(self, language: Language, noises: Any) -> None:
        self.language = language
        self.noises = noises

    def has_only(self, text: str) -> bool:
        """True for text of listening noises alone, and for text without any letter."""
        words = _plain(text, self.language)
        return not words or self.noises.fullmatch(words) is not None


def back_channels(patterns: Patterns) -> BackChannels | None:
    """The language's listening noises; None where there is no list of them.

    Errors: QA301 a regex of the list that does not compile.
    """
    for words in patterns.lists:
        if words.kind == KIND:
            return _compiled(patterns.language, words.phrases, words.regexes)
    return None


@lru_cache(maxsize=16)
def _compiled(
    language: Language, phrases: tuple[str, ...], regexes: tuple[str, ...]
) -> BackChannels:
    plain = {_plain(phrase, language) for phrase in phrases} - {""}
    parts = [re2.escape(one) for one in sorted(plain, key=lambda one: (-len(one), one))]
    options = re2.Options()
    options.never_capture = True
    options.log_errors = False
    for regex in regexes:
        try:
            re2.compile(regex, options)
        except re2.error as error:
            raise CodedError("QA301", name=KIND, pattern=repr(regex), why=str(error)) from error
        parts.append(f"(?:{regex})")
    if not parts:
        parts = [r"[^\s\S]"]  # an empty list: nothing is a listening noise
    between = "" if language == "zh" else " "
    either = f"(?:{'|'.join(parts)})"
    return BackChannels(language, re2.compile(f"{either}(?:{between}{either})*", options))


def _plain(text: str, language: Language) -> str:
    """The text in its one spelling, without punctuation; Chinese without spaces."""
    words = _NO_LETTERS.sub(" ", normalise(encodable(text))[0].casefold()).split()
    return ("" if language == "zh" else " ").join(words)
