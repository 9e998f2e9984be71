"""All wordings of one language compiled into one matcher: Aho-Corasick, RE2, token patterns."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick_rs
import re2

from qa.domain.patterns import Patterns, Phrase, WordList
from qa.facts.nlp import TokenMatcher
from qa.facts.reading import Reading, fold, fold_regex
from transcribe.errors import CodedError
from transcribe.transcript import Language

# 64 MB of automaton memory for one list's regexes together (guess; the default 8 MB is short
# for Unicode alternations of some hundred wordings).
_REGEX_MEMORY_BYTES = 64 << 20
# More hits of one kind in one turn are dropped: hostile text must not make a million facts (guess).
MAX_HITS_A_TURN = 20


# Lists of this kind are counted as rates by `fillers`, on the text with its hesitations.
COUNTED = frozenset({"filler"})


class Entry(NamedTuple):
    """What is looked for under one name: a word list, or a phrase of a rule.

    wants: what near sounds are compared with, as in searched copies and as people wrote it.
    """

    kind: str
    value: str | None
    speaker: str
    first_turns: int | None
    last_turns: int | None
    near: bool
    wants: tuple[tuple[str, str], ...]
    regexes: tuple[Any, ...]
    either: Any
    excludes: tuple[Any, ...]
    value_regex: Any
    tokens: tuple[tuple[dict[str, object], ...], ...]


class Matcher:
    """Finds every entry's hits in a reading. Made once for each set of patterns."""

    def __init__(self, patterns: Patterns) -> None:
        """Errors: QA301 a regex, QA302 an empty phrase, QA303 a token pattern."""
        self.language: Language = patterns.language
        entries: list[Entry] = []
        literals: dict[str, list[int]] = {}
        sources: list[WordList | Phrase] = [w for w in patterns.lists if w.kind not in COUNTED]
        sources.extend(patterns.phrases)
        for source in sources:
            for wording in source.phrases:
                text = _folded(_name(source), wording, self.language)
                literals.setdefault(text, []).append(len(entries))
            entries.append(_entry(source, self.language))
        self.entries = tuple(entries)
        self._literals = tuple(literals)
        self._owners = tuple(tuple(owners) for owners in literals.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._literals, matchkind=ahocorasick_rs.MatchKind.Standard
        )
        with_tokens = [(str(i), e.tokens) for i, e in enumerate(entries) if e.tokens]
        self._tokens = TokenMatcher(self.language, with_tokens) if with_tokens else None

    def find(self, reading: Reading, wanted: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
        """Entry number -> its hits in the reading's text, sorted, one a sentence.

        wanted: numbers of the entries that may be found in this turn.
        """
        numbers = set(wanted)
        text = reading.text
        found: dict[int, list[tuple[int, int]]] = {}
        for literal, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if _whole(text, start, end):
                for number in self._owners[literal]:
                    if number in numbers:
                        found.setdefault(number, []).append((start, end))
        for number in numbers:
            entry = self.entries[number]
            if entry.either is not None and entry.either.search(text):
                spans = [m.span() for regex in entry.regexes for m in regex.finditer(text)]
                if spans := [span for span in spans if span[0] < span[1]]:
                    found.setdefault(number, []).extend(spans)
        if self._tokens is not None:
            for name, start, end in self._tokens.find(text):
                if int(name) in numbers:
                    found.setdefault(int(name), []).append((start, end))
        kept = {}
        for number in sorted(found):
            spans = _without(found[number], self.entries[number].excludes, text)
            if spans := _one_a_sentence(spans, reading):
                kept[number] = spans[:MAX_HITS_A_TURN]
        return kept


def compiled(patterns: Patterns) -> Matcher:
    """The patterns' matcher, made once and kept for the last few sets of patterns."""
    return _compiled(_Key(patterns))


class _Key:
    """Patterns as a cache key: token patterns are dicts, which do not hash."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def __hash__(self) -> int:
        return hash((self.patterns.digest, self.patterns.language))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and (
            self.patterns is other.patterns or self.patterns == other.patterns
        )


@lru_cache(maxsize=8)
def _compiled(key: _Key) -> Matcher:
    return Matcher(key.patterns)


def _name(source: WordList | Phrase) -> str:
    return source.kind if isinstance(source, WordList) else source.key


def _folded(name: str, wording: str, language: Language) -> str:
    text = fold(wording, language)
    if not text:
        raise CodedError("QA302", name=name, phrase=repr(wording))
    return text


def _entry(source: WordList | Phrase, language: Language) -> Entry:
    name = _name(source)
    if isinstance(source, Phrase):
        regexes: tuple[str, ...] = (source.regex,) if source.regex else ()
        excludes: tuple[str, ...] = (source.exclude,) if source.exclude else ()
        wants = source.phrases
    else:
        regexes, excludes = source.regexes, source.excludes
        wants = source.wants or source.phrases
    several = tuple(_regex(name, pattern, language) for pattern in regexes)
    is_list = isinstance(source, WordList)
    return Entry(
        kind=name if is_list else "phrase",
        value=None if is_list else name,
        speaker=source.speaker if isinstance(source, WordList) else "any",
        first_turns=source.first_turns if isinstance(source, WordList) else None,
        last_turns=source.last_turns if isinstance(source, WordList) else None,
        near=source.near,
        wants=tuple((_folded(name, want, language), want) for want in wants) if source.near else (),
        regexes=several,
        either=_either(regexes, several, language),
        excludes=tuple(_regex(name, pattern, language) for pattern in excludes),
        value_regex=_regex(name, source.value_regex, language)
        if isinstance(source, WordList) and source.value_regex
        else None,
        tokens=source.tokens if isinstance(source, WordList) else (),
    )


def _options() -> Any:
    options = re2.Options()
    options.never_capture = True
    options.log_errors = False
    options.max_mem = _REGEX_MEMORY_BYTES
    return options


def _regex(name: str, pattern: str, language: Language) -> Any:
    try:
        return re2.compile(fold_regex(pattern, language), _options())
    except re2.error as error:
        why = error.args[0] if error.args else ""
        shown = why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)
        raise CodedError("QA301", name=name, pattern=repr(pattern), why=shown) from error


def _either(patterns: tuple[str, ...], several: tuple[Any, ...], language: Language) -> Any:
    """One regex that matches where any of them does; it spares the others most turns."""
    if len(several) <= 1:
        return several[0] if several else None
    return re2.compile("|".join(f"(?:{fold_regex(p, language)})" for p in patterns), _options())


def _whole(text: str, start: int, end: int) -> bool:
    """True unless a Latin word or number goes on beyond either edge of the hit."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if (
        _latin(text[start])
        and before
        and (_latin(before[-1]) or (before[-1] == "'" and _latin(before[0])))
    ):
        return False
    goes_on = after and (_latin(after[0]) or (after[0] == "'" and _latin(after[-1])))
    return not (_latin(text[end - 1]) and goes_on)


def _latin(character: str) -> bool:
    """True for letters and digits that stand in spaced words; Chinese characters do not."""
    return character.isalnum() and character < "\u2e80"


def _without(
    spans: list[tuple[int, int]], excludes: tuple[Any, ...], text: str
) -> list[tuple[int, int]]:
    for exclude in excludes:
        if not spans:
            break
        barred = [match.span() for match in exclude.finditer(text)]
        if barred:
            spans = [s for s in spans if not any(s[0] < b[1] and b[0] < s[1] for b in barred)]
    return spans


def _one_a_sentence(spans: list[tuple[int, int]], reading: Reading) -> list[tuple[int, int]]:
    """The longest hit of each sentence, the earliest where several are as long."""
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for span in sorted(spans):
        sentence = reading.sentence(span[0])
        kept = best.get(sentence)
        if kept is None or span[1] - span[0] > kept[1] - kept[0]:
            best[sentence] = span
    return sorted(best.values())
