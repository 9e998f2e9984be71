"""All wordings of one language compiled into one matcher: Aho-Corasick, RE2, token patterns."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from qa.domain.patterns import Patterns, Phrase, WordList
from qa.facts.candidates import Candidates
from qa.facts.cues import CueMatcher, Told
from qa.facts.literals import Found, Literals
from qa.facts.nlp import TokenMatcher
from qa.facts.reading import Reading, fold
from qa.facts.regexes import compile_regex
from qa.facts.spellings import Spellings
from transcribe.errors import CodedError, CodedErrors
from transcribe.transcript import Language

# More hits of one kind in one turn are dropped: hostile text must not make a million facts (guess).
MAX_HITS_A_TURN = 20
# A regex may look to the turn's end for each of its matches, so in a turn of a million characters
# only so many are asked for: of hits, and of what excludes them (guess; measured: under 2 s).
_MAX_MATCHES = 200
_MAX_EXCLUDED = 1000


# Lists of these kinds are read by `fillers`, `back_channels` and `manner`, on the text with its
# hesitations.
COUNTED = frozenset({"filler", "back_channel", "csr_manner", "customer_manner"})


class Entry(NamedTuple):
    """What is looked for under one name: a word list, or a phrase of a rule.

    wants: what near sounds are compared with, as in searched copies and as people wrote it.
    tolerance: near sounds up to this distance are kept; None: up to the site's limit.
    """

    kind: str
    value: str | None
    speaker: str
    first_turns: int | None
    last_turns: int | None
    near: bool
    tolerance: float | None
    wants: tuple[tuple[str, str], ...]
    regexes: tuple[Any, ...]
    excludes: tuple[Any, ...]
    value_regex: Any
    tokens: tuple[tuple[dict[str, object], ...], ...]


class Matcher:
    """Finds every entry's hits in a reading. Made once for each set of patterns."""

    def __init__(self, patterns: Patterns) -> None:
        """Errors, all at once: those of `compile_regex`, QA302 an empty phrase, QA303 a token
        pattern."""
        self.language: Language = patterns.language
        self.spellings = Spellings(patterns.synonyms)
        entries: list[Entry] = []
        errors: list[CodedError] = []
        literals: dict[str, list[int]] = {}
        sources: list[WordList | Phrase] = [w for w in patterns.lists if w.kind not in COUNTED]
        sources.extend(patterns.phrases)
        for source in sources:
            try:
                cues = source.cues if isinstance(source, WordList) else None
                for wording in cues.points if cues is not None else ():
                    _folded(source, wording, self.language, self.spellings)
                for wording in source.phrases:
                    text = _folded(source, wording, self.language, self.spellings)
                    literals.setdefault(text, []).append(len(entries))
                if source.tokens:
                    TokenMatcher(self.language, [(_shown(source), source.tokens)])
                entries.append(_entry(source, self.language, self.spellings))
            except CodedError as error:
                errors.append(CodedError(error.code, place=source.place, **error.values))
        if errors:
            raise errors[0] if len(errors) == 1 else CodedErrors(errors)
        self.entries = tuple(entries)
        self.literals = Literals(tuple(literals))
        self._owners = tuple(tuple(owners) for owners in literals.values())
        self.cues = CueMatcher(
            self.language,
            [
                (number, source.cues)
                for number, source in enumerate(sources)
                if isinstance(source, WordList) and source.cues is not None
            ],
            lambda wording: fold(wording, self.language, self.spellings),
        )
        # By speaker, so that a turn asks no filter of the other side's lists.
        self._candidates = tuple(
            Candidates(
                [(n, r) for n, e in enumerate(entries) if e.speaker == who for r in e.regexes]
            )
            for who in sorted({one.speaker for one in entries})
        )
        windows = [w for one in entries for w in (one.first_turns, one.last_turns) if w]
        self.widest = 2 * max(windows, default=0)
        # What is looked for in a turn, by its speaker and place; filled as turns come.
        self.looked_for: dict[tuple[str, int, int], frozenset[int]] = {}
        with_tokens = [(str(i), e.tokens) for i, e in enumerate(entries) if e.tokens]
        self._tokens = TokenMatcher(self.language, with_tokens) if with_tokens else None
        self._with_tokens = frozenset(int(name) for name, _ in with_tokens)

    def find(
        self, reading: Reading, wanted: Iterable[int], literals: list[Found] | None = None
    ) -> dict[int, list[tuple[int, int]]]:
        """Entry number -> its hits in the reading's text, sorted, one a sentence.

        wanted: numbers of the entries that may be found in this turn. literals: what
        `self.literals` found in the text, where many texts were searched at once.
        """
        numbers = wanted if isinstance(wanted, frozenset) else frozenset(wanted)
        text = reading.text
        found: dict[int, list[tuple[int, int]]] = {}
        if literals is None:
            literals = self.literals.find([text]).get(0, [])
        for literal, start, end in literals:
            for number in self._owners[literal]:
                if number in numbers:
                    found.setdefault(number, []).append((start, end))
        for candidates in self._candidates:
            for number, regex in candidates.of(text, numbers):
                spans = [m.span() for m in islice(regex.finditer(text), _MAX_MATCHES)]
                if spans := [span for span in spans if span[0] < span[1]]:
                    found.setdefault(number, []).extend(spans)
        if self._tokens is not None and not self._with_tokens.isdisjoint(numbers):
            for name, start, end in self._tokens.find(text):
                if int(name) in numbers:
                    found.setdefault(int(name), []).append((start, end))
        kept = {}
        for number in sorted(found):
            spans = _without(found[number], self.entries[number].excludes, text)
            if spans := _one_a_sentence(spans, reading):
                kept[number] = spans[:MAX_HITS_A_TURN]
        return kept

    def told(
        self, reading: Reading, wanted: frozenset[int], cues: list[Found]
    ) -> dict[int, list[Told]]:
        """Entry number -> what its cues tell where none of its excludes stands.

        cues: what `self.cues.literals` found in the text.
        """
        kept = {}
        for number, stretches in self.cues.tell(reading, wanted, cues).items():
            excludes = self.entries[number].excludes
            spans = [(one.start, one.end) for one in stretches]
            allowed = set(_without(spans, excludes, reading.text))
            if own := [one for one in stretches if (one.start, one.end) in allowed]:
                kept[number] = own[:MAX_HITS_A_TURN]
        return kept


def compiled(patterns: Patterns) -> Matcher:
    """The patterns' matcher, made once and kept for the last few sets of patterns."""
    return _compiled(PatternsKey(patterns))


class PatternsKey:
    """Patterns as a cache key: token patterns are dicts, which do not hash."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def __hash__(self) -> int:
        return hash((self.patterns.digest, self.patterns.language))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PatternsKey) and (
            self.patterns is other.patterns or self.patterns == other.patterns
        )


@lru_cache(maxsize=8)
def _compiled(key: PatternsKey) -> Matcher:
    return Matcher(key.patterns)


def _name(source: WordList | Phrase) -> str:
    return source.kind if isinstance(source, WordList) else source.key


def _shown(source: WordList | Phrase) -> str:
    """What errors call it: a list by its kind, a rule's phrase by the operator that has them."""
    return source.kind if isinstance(source, WordList) else "says"


def _folded(
    source: WordList | Phrase, wording: str, language: Language, spellings: Spellings
) -> str:
    text = fold(wording, language, spellings)
    if not text:
        raise CodedError("QA302", name=_shown(source), phrase=repr(wording))
    return text


def _entry(source: WordList | Phrase, language: Language, spellings: Spellings) -> Entry:
    name = _name(source)
    if isinstance(source, Phrase):
        regexes: tuple[str, ...] = (source.regex,) if source.regex else ()
        excludes: tuple[str, ...] = (source.exclude,) if source.exclude else ()
        wants = source.phrases
    else:
        regexes, excludes = source.regexes, source.excludes
        wants = source.wants or source.phrases
    shown = _shown(source)
    several = tuple(compile_regex(shown, pattern, language) for pattern in regexes)
    is_list = isinstance(source, WordList)
    return Entry(
        kind=name if is_list else "phrase",
        value=None if is_list else name,
        speaker=source.speaker if isinstance(source, WordList) else "any",
        first_turns=source.first_turns if isinstance(source, WordList) else None,
        last_turns=source.last_turns if isinstance(source, WordList) else None,
        near=source.near,
        tolerance=source.tolerance if isinstance(source, Phrase) else None,
        wants=tuple((_folded(source, w, language, spellings), w) for w in wants)
        if source.near
        else (),
        regexes=several,
        excludes=tuple(compile_regex(shown, pattern, language) for pattern in excludes),
        value_regex=compile_regex(shown, source.value_regex, language)
        if isinstance(source, WordList) and source.value_regex
        else None,
        tokens=source.tokens,
    )


def _without(
    spans: list[tuple[int, int]], excludes: tuple[Any, ...], text: str
) -> list[tuple[int, int]]:
    for exclude in excludes:
        if not spans:
            break
        barred = [match.span() for match in islice(exclude.finditer(text), _MAX_EXCLUDED)]
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
