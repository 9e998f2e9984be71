"""Token patterns through spaCy's Matcher; spaCy is loaded only when a list has such patterns."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from transcribe.errors import CodedError
from transcribe.transcript import Language

Tokens = Sequence[dict[str, object]]
# jieba's time goes with the square of a stretch without punctuation, so that longer texts are cut
# (measured: 1,000 characters take 10 ms, 200,000 minutes; no spoken sentence is so long).
_MOST_TOGETHER = 1000


class TokenMatcher:
    """Finds token patterns over lexical attributes; no model, no training, same on each machine."""

    def __init__(
        self, language: Language, patterns: Iterable[tuple[str, Sequence[Tokens]]]
    ) -> None:
        """patterns: (name, token patterns). Error QA303: a pattern spaCy refuses."""
        from spacy.matcher import Matcher

        self._blank = _blank(language)
        self._matcher = Matcher(self._blank.vocab, validate=True)
        for name, several in patterns:
            for one in several:
                _only_lexical(name, one)
                try:
                    self._matcher.add(name, [list(one)])
                except (ValueError, KeyError, TypeError) as error:
                    raise CodedError(
                        "QA303", name=name, pattern=str(list(one)), why=str(error).split("\n")[0]
                    ) from error

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """(name, start, end) of each match, offsets in `text`; none goes over a piece's end."""
        strings = self._blank.vocab.strings
        found = []
        for begin, end in _pieces(text):
            document = self._blank.make_doc(text[begin:end])
            for key, first, last in self._matcher(document):
                span = document[first:last]
                found.append((strings[key], begin + span.start_char, begin + span.end_char))
        return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of at most _MOST_TOGETHER characters, cut where a sentence ends if one does."""
    begin = 0
    while len(text) - begin > _MOST_TOGETHER:
        upto = begin + _MOST_TOGETHER
        cut = max(text.rfind(mark, begin, upto) for mark in "。!?;. ") + 1 or upto
        yield begin, cut
        begin = cut
    if begin < len(text):
        yield begin, len(text)


_LEXICAL = {
    "ORTH", "TEXT", "NORM", "LOWER", "LENGTH", "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER",
    "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP", "LIKE_NUM", "LIKE_URL",
    "LIKE_EMAIL", "SPACY", "SHAPE", "OP",
}  # fmt: skip


def _only_lexical(name: str, pattern: Tokens) -> None:
    for token in pattern:
        for key, value in token.items():
            why = ""
            if str(key).upper() not in _LEXICAL:
                why = f"{key}: {', '.join(sorted(_LEXICAL))}"
            elif isinstance(value, dict) and "REGEX" in map(str.upper, map(str, value)):
                # spaCy would run it with Python's `re`, which a hostile pattern can hang.
                why = "REGEX: IN, NOT_IN, FUZZY; regex: / regexes:"
            if why:
                raise CodedError("QA303", name=name, pattern=str(list(pattern)), why=why)


@lru_cache(maxsize=2)
def _blank(language: Language) -> Any:
    import spacy

    if language == "zh":
        return spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    return spacy.blank("en")
