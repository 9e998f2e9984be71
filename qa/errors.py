"""Every coded error of the product, merged from the rooms' texts.

The folder scan registers: each module of `qa` or `transcribe` whose name ends in `error_texts`
holds a `TEXTS`. A room adds a code in its own file and nowhere else.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import qa
import transcribe
from qa.domain.text import Text
from transcribe.errors import CodedError, ErrorText

# Code ranges by room, first and last; a room outside its range fails a test.
RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "qa": (100, 199),
        "qa.cli": (100, 199),
        "qa.packs": (200, 299),
        "qa.domain": (300, 399),
        "qa.facts": (300, 399),
        "qa.findings": (300, 399),
        "qa.scoring": (400, 499),
        "qa.coaching": (500, 599),
        "qa.centre": (500, 599),
        "qa.reports": (500, 599),
        "qa.review": (500, 599),
        "qa.store": (600, 699),
        "transcribe": (700, 799),
        "qa.flow": (800, 899),
        "qa.web": (900, 999),
    }
)


def rooms() -> tuple[tuple[str, Mapping[str, ErrorText]], ...]:
    """(module name, its TEXTS) of every `*error_texts` module, sorted by name."""
    names = [
        found.name
        for package in (qa, transcribe)
        for found in _modules(package.__path__, package.__name__)
        if found.name.endswith("error_texts")
    ]
    return tuple((name, importlib.import_module(name).TEXTS) for name in sorted(names))


def merge(texts_by_room: Iterable[tuple[str, Mapping[str, ErrorText]]]) -> dict[str, ErrorText]:
    """One catalogue, sorted by code, of (room, texts) pairs.

    A code that two rooms claim is a mistake of ours, not of a user: ValueError names both.
    """
    owner: dict[str, str] = {}
    merged: dict[str, ErrorText] = {}
    clashes: list[str] = []
    for room, texts in texts_by_room:
        for code, text in texts.items():
            if code in owner:
                clashes.append(f"{code} by {owner[code]} and {room}")
                continue
            owner[code] = room
            merged[code] = text
    if clashes:
        raise ValueError("error codes claimed twice: " + "; ".join(clashes))
    return dict(sorted(merged.items()))


def text_of(error: CodedError) -> Text:
    """The error's sentence in both languages; KeyError for a code that no room declares."""
    return Text(zh=error.text("zh", CATALOGUE), en=error.text("en", CATALOGUE))


def _modules(path: Iterable[str], name: str) -> Iterable[pkgutil.ModuleInfo]:
    """Modules of a package and, without importing anything, of the packages directly in it."""
    for found in pkgutil.iter_modules(path, f"{name}."):
        yield found
        if found.ispkg:
            below = [f"{folder}/{found.name.removeprefix(f'{name}.')}" for folder in path]
            yield from pkgutil.iter_modules(below, f"{found.name}.")


CATALOGUE: Mapping[str, ErrorText] = MappingProxyType(merge(rooms()))
