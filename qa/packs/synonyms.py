"""Synonym groups of one language (`rules/synonyms/<language>.yaml`), and who calls them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qa.domain.derivations import Derivation
from qa.domain.patterns import Synonyms, WordList
from qa.domain.rules import Rule
from qa.domain.synonyms import MAX_WORDINGS, TooManyWordings, names_in, wordings
from qa.packs.nouns import menu
from qa.packs.scorecards import read_list
from transcribe.errors import CodedError

# Parameters whose texts may call groups.
_PARAMETERS = ("phrases", "regex", "exclude")


def load_synonyms(path: Path, *, name: str) -> tuple[tuple[Synonyms, ...], list[CodedError]]:
    """The file's groups sorted by name, and its errors; nothing where there is no such file.

    Errors: those of `read_list`, QA219 two groups of one name, QA226 a spelling of two words.
    """
    if not path.is_file():
        return (), []
    read, errors, source = read_list(path, "synonyms", Synonyms, name=name)
    found: dict[str, Synonyms] = {}
    for index, group in enumerate(read):
        here = ("synonyms", index, "name")
        if group.name in found:
            source.add("QA219", here, group=group.name, first=found[group.name].place)
        else:
            found[group.name] = group.model_copy(update={"place": source.place(here)})
    of: dict[str, str] = {}
    for index, group in enumerate(read):
        for spelling in group.words[1:] if group.spellings else ():
            first = of.setdefault(spelling.casefold(), group.name)
            if first != group.name:
                named = {"first": first, "second": group.name}
                source.add("QA226", ("synonyms", index, "words"), spelling=spelling, **named)
    return tuple(found[group] for group in sorted(found)), errors


def wrong_synonyms(
    rules: Iterable[Rule | Derivation], lists: Iterable[WordList], synonyms: Sequence[Synonyms]
) -> list[CodedError]:
    """QA217 a group that is not there, QA218 a phrase that stands for too many wordings."""
    groups = {one.name: one.words for one in synonyms}
    errors = []
    for place, text, literal in (*_of_rules(rules), *_of_lists(lists)):
        unknown = [one for one in names_in(text) if one not in groups]
        for group in unknown:
            options = menu(group, groups)
            errors.append(
                CodedError("QA217", place=place, phrase=text, group=group, options=options)
            )
        if literal and not unknown:
            try:
                wordings(text, groups)
            except TooManyWordings as error:
                values = {"count": error.count, "most": MAX_WORDINGS}
                errors.append(CodedError("QA218", place=place, phrase=text, **values))
    return errors


def _of_rules(rules: Iterable[Rule | Derivation]) -> Iterator[tuple[str, str, bool]]:
    """(place, text, whether it is a literal wording) of what may call a group."""
    for rule in rules:
        for condition in rule.conditions:
            for parameter in _PARAMETERS:
                value = condition.params.get(parameter)
                for text in value if isinstance(value, list | tuple) else (value,):
                    if isinstance(text, str):
                        yield condition.place or rule.place, text, parameter == "phrases"


def _of_lists(lists: Iterable[WordList]) -> Iterator[tuple[str, str, bool]]:
    for words in lists:
        for text in (*words.phrases, *words.wants):
            yield words.place, text, True
        for text in (*words.regexes, *words.excludes, words.value_regex or ""):
            yield words.place, text, False
