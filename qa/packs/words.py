"""Word lists of one language folder (`rules/words/zh`, `rules/words/en`)."""

from pathlib import Path

from qa.domain.patterns import WordList
from qa.packs.nouns import Source, build
from qa.packs.yaml_reader import read_plain
from transcribe.errors import CodedError, CodedErrors


def load_words(folder: Path, *, name: str | None = None) -> tuple[WordList, ...]:
    """The word lists in the folder and its sub-folders, sorted by kind; its name is their language.

    Errors, all at once: those of `read_plain` and `build`; QA213 a file that is no mapping,
    QA214 two files with one kind, QA215 a file whose name is not its kind.
    """
    lists: list[WordList] = []
    errors: list[CodedError] = []
    shown = name or str(folder)
    for path in sorted(folder.rglob("*.yaml")):
        try:
            place = f"{shown}/{path.relative_to(folder).as_posix()}"
            words, problems = read_list_of(path, place, folder.name)
        except CodedErrors as error:
            errors.extend(error.errors)
        except CodedError as error:
            errors.append(error)
        else:
            errors.extend(problems)
            if words is not None:
                lists.append(words)
    seen: dict[str, WordList] = {}
    for words in lists:
        if words.kind in seen:
            errors.append(CodedError("QA214", place=shown, kind=words.kind))
        seen[words.kind] = words
    if errors:
        raise CodedErrors(errors)
    return tuple(sorted(lists, key=lambda words: words.kind))


def read_list_of(path: Path, shown: str, language: str) -> tuple[WordList | None, list[CodedError]]:
    """The file's list, if it is sound, and its errors; see `load_words`."""
    value, places = read_plain(path, name=shown)
    source = Source(shown, places)
    if not isinstance(value, dict):
        raise CodedError("QA213", place=f"{shown}:1:1", wanted="kind, title, phrases")
    place = source.place(("kind",))
    words = build(WordList, {**value, "language": language, "place": place}, source, ())
    if words is not None and words.kind != path.stem:
        source.add("QA215", ("kind",), kind=words.kind, file=path.name)
    return words, source.errors
