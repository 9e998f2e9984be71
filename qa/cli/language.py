"""The language of this run's output: `--lang zh|en`, else QA_LANG, else the locale."""

import os
import sys
from collections.abc import Mapping, Sequence

from transcribe.transcript import Language


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """zh or en; en where nothing says zh."""
    for at, word in enumerate(arguments):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and at + 1 < len(arguments):
            value = arguments[at + 1]
        if value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    for name in ("QA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        told = environment.get(name, "")
        if told:
            return "zh" if told.lower().startswith("zh") else "en"
    return "en"


def without_language(arguments: Sequence[str]) -> list[str]:
    """The arguments less a valid `--lang`, which may stand anywhere."""
    kept: list[str] = []
    skip = False
    for at, word in enumerate(arguments):
        after = arguments[at + 1] if at + 1 < len(arguments) else ""
        if skip:
            skip = False
        elif word in ("--lang=zh", "--lang=en"):
            continue
        elif word == "--lang" and after in ("zh", "en"):
            skip = True
        else:
            kept.append(word)
    return kept


LANGUAGE: Language = choose_language(sys.argv[1:], os.environ)


def say(zh: str, en: str) -> str:
    """The text of this run's language."""
    return zh if LANGUAGE == "zh" else en
