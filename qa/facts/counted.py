"""Word lists whose wordings are only counted, on the text as it was said, hesitations and all."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import re2

from qa.domain.patterns import Patterns
from qa.facts.reading import encodable
from transcribe.errors import CodedError
from transcribe.text import normalise


def counting(patterns: Patterns, kind: str) -> tuple[Any, ...]:
    """Regexes that find the wordings of the list of this kind; none where there is no such list.

    Errors: QA301 a regex of the list that does not compile.
    """
    return tuple(
        regex
        for words in patterns.lists
        if words.kind == kind
        for regex in _compiled(words.kind, words.phrases, words.regexes)
    )


def hits_in(text: str, regexes: Iterable[Any]) -> int:
    """How often they match; hits of one regex do not overlap."""
    plain = normalise(encodable(text))[0]
    return sum(1 for regex in regexes for _ in regex.finditer(plain))


@lru_cache(maxsize=16)
def _compiled(name: str, phrases: tuple[str, ...], regexes: tuple[str, ...]) -> tuple[Any, ...]:
    """One regex for all phrases, the longest first, and one for each regex of the list."""
    options = re2.Options()
    options.never_capture = True
    options.log_errors = False
    plain = {normalise(encodable(phrase))[0].strip() for phrase in phrases} - {""}
    longest = sorted(plain, key=lambda phrase: (-len(phrase), phrase))
    either = "|".join(rf"\b{re2.escape(p)}\b" if p.isascii() else re2.escape(p) for p in longest)
    made = []
    for regex in (*([either] if either else []), *regexes):
        try:
            made.append(re2.compile(regex, options))
        except re2.error as error:
            raise CodedError("QA301", name=name, pattern=repr(regex), why=str(error)) from error
    return tuple(made)
