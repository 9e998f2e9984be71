"""The sentence that holds some words, as written."""

import re

_STOPS = re.compile(r"[。！？!?；;…]+|\.(?=\s|$)")


def sentence_of(text: str, quote: str) -> str:
    """The sentence of `text` in which the quote begins; the quote where it is not in the text."""
    at = text.find(quote)
    if at < 0 or not quote:
        return quote
    first = max((m.end() for m in _STOPS.finditer(text, 0, at)), default=0)
    stop = _STOPS.search(text, at + len(quote))
    return text[first : stop.start() if stop else len(text)].strip() or quote
