"""People's regexes: RE2 over searched copies, refused with the cure where they cannot work."""

import re
from collections.abc import Sequence
from typing import Any

import re2

from qa.facts.reading import fold_regex
from transcribe.errors import CodedError
from transcribe.transcript import Language

# 64 MB of automaton memory for one list's regexes together (guess; the default 8 MB is short
# for Unicode alternations of some hundred wordings).
_MEMORY_BYTES = 64 << 20
_LOOK_AROUND = re.compile(r"\(\?<?[=!]")
_BACK_REFERENCE = re.compile(r"(?<!\\)(?:\\\\)*(\\[1-9]|\(\?P=\w+\))")
# What holds capitals that are no letters to find: \W, \pL, (?P<Name>, (?U), [[:ALPHA:]].
_NO_LETTERS = re.compile(
    r"\\[pP](?:\{[^}]*\}|.)|\\x(?:\{[^}]*\}|..)|\\Q.*?\\E|\\.|\(\?P?<\w+>|\(\?[a-zA-Z-]+[:)]"
    r"|\[:\^?\w+:\]",
    re.DOTALL,
)
_ANY_CASE = re.compile(r"\(\?[a-zA-Z]*i")


def compile_regex(name: str, pattern: str, language: Language, *, captures: bool = False) -> Any:
    """The pattern compiled for searched copies; name: whose it is.

    Errors: QA301 what RE2 refuses, QA305 look-around or a back-reference, which RE2 does not
    have, QA306 capitals, which no searched copy has.
    """
    found = _LOOK_AROUND.search(pattern) or _BACK_REFERENCE.search(pattern)
    if found is not None:
        raise CodedError("QA305", name=name, pattern=repr(pattern), what=found.group())
    capitals = re.findall(r"[A-Z]+", _NO_LETTERS.sub("", pattern))
    if capitals and not _ANY_CASE.search(pattern):
        seen = ", ".join(dict.fromkeys(capitals))
        raise CodedError("QA306", name=name, pattern=repr(pattern), capitals=seen)
    try:
        return re2.compile(fold_regex(pattern, language), options(captures=captures))
    except re2.error as error:
        why = error.args[0] if error.args else ""
        shown = why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)
        raise CodedError("QA301", name=name, pattern=repr(pattern), why=shown) from error


def any_of(patterns: Sequence[str], several: Sequence[Any], language: Language) -> Any:
    """One regex that matches where any of them does; it spares the others most turns."""
    if len(several) <= 1:
        return several[0] if several else None
    either = "|".join(f"(?:{fold_regex(p, language)})" for p in patterns)
    return re2.compile(either, options(captures=False))


def options(*, captures: bool) -> Any:
    """RE2's options for people's regexes."""
    made = re2.Options()
    made.never_capture = not captures
    made.log_errors = False
    made.max_mem = _MEMORY_BYTES
    return made
