"""Synonym groups put in place of their names: `<card>` becomes each of the group's wordings."""

import re
from collections.abc import Iterator, Mapping
from itertools import product

from qa.domain.patterns import Phrase, WordList

# Guess: more wordings of one phrase than this nobody has meant.
MAX_WORDINGS = 200
# Not the name of a regex group, (?P<name>...) or (?<name>...), and not escaped.
_NAME = re.compile(r"(?<!\(\?)(?<!\(\?P)(?<!\\)<([a-z][a-z0-9_]*)>")

Groups = Mapping[str, tuple[str, ...]]


class TooManyWordings(ValueError):
    """A phrase stands for more wordings than MAX_WORDINGS; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def names_in(text: str) -> tuple[str, ...]:
    """Names of the groups that a phrase or regex calls."""
    return tuple(_NAME.findall(text)) if "<" in text else ()


def wordings(phrase: str, groups: Groups) -> Iterator[str]:
    """Every wording the phrase stands for, itself when it calls no group.

    Raises KeyError for a group that is not there, TooManyWordings.
    """
    if not (names := names_in(phrase)):
        return iter((phrase,))
    count = 1
    for name in names:
        count *= len(groups[name])
    if count > MAX_WORDINGS:
        raise TooManyWordings(count)
    # split() with one group gives text, name, text, name ... text.
    pieces = _NAME.split(phrase)
    choices = [groups[one] if at % 2 else (one,) for at, one in enumerate(pieces)]
    return ("".join(chosen) for chosen in product(*choices))


def regex_with(pattern: str, groups: Groups) -> str:
    """The regex with each group as an alternative of its wordings. Raises KeyError."""
    if "<" not in pattern:
        return pattern
    return _NAME.sub(lambda name: f"(?:{'|'.join(map(re.escape, groups[name[1]]))})", pattern)


def list_with(words: WordList, groups: Groups) -> WordList:
    """The list with its groups written out. Raises KeyError, TooManyWordings."""
    texts = (*words.phrases, *words.wants, *words.regexes, *words.excludes, words.value_regex or "")
    if not any(names_in(text) for text in texts):
        return words
    value = words.value_regex
    return words.model_copy(
        update={
            "phrases": tuple(one for text in words.phrases for one in wordings(text, groups)),
            "wants": tuple(one for text in words.wants for one in wordings(text, groups)),
            "regexes": tuple(regex_with(text, groups) for text in words.regexes),
            "excludes": tuple(regex_with(text, groups) for text in words.excludes),
            "value_regex": regex_with(value, groups) if value else None,
        }
    )


def phrase_with(phrase: Phrase, groups: Groups) -> Phrase:
    """The rule's phrase with its groups written out, under the same key.

    Raises KeyError, TooManyWordings.
    """
    texts = (*phrase.phrases, phrase.regex or "", phrase.exclude or "")
    if not any(names_in(text) for text in texts):
        return phrase
    return phrase.model_copy(
        update={
            "phrases": tuple(one for text in phrase.phrases for one in wordings(text, groups)),
            "regex": regex_with(phrase.regex, groups) if phrase.regex else None,
            "exclude": regex_with(phrase.exclude, groups) if phrase.exclude else None,
        }
    )
