"""The quiet sets of `rules/quiet/zh.yaml` and `rules/quiet/en.yaml`."""

from pathlib import Path
from typing import Any, TypeVar

from qa.domain.quiet import QuietCall, QuietException, QuietSet
from qa.packs.nouns import Source, build
from qa.packs.yaml_reader import Path_, read_plain
from transcribe.errors import CodedError
from transcribe.noun import Noun
from transcribe.transcript import Language

N = TypeVar("N", bound=Noun)

FIELDS = frozenset({"calls", "exceptions"})
WANTED = "quiet: {calls: [...], exceptions: [...]}"


def read_quiet(
    path: Path, language: Language, *, name: str
) -> tuple[QuietSet | None, list[CodedError]]:
    """The file's quiet set and its errors; None where there is no such file.

    Errors: those of `read_plain` and `build`, QA213 wrong top level, QA256 two calls of one
    name.
    """
    if not path.exists():
        return None, []
    value, places = read_plain(path, name=name)
    source = Source(name, places)
    body = value.get("quiet") if isinstance(value, dict) and set(value) == {"quiet"} else None
    if not isinstance(body, dict) or not set(body) <= FIELDS:
        raise CodedError("QA213", place=f"{name}:1:1", wanted=WANTED)
    calls = _built(QuietCall, body.get("calls"), source, ("quiet", "calls"))
    exceptions = _built(QuietException, body.get("exceptions"), source, ("quiet", "exceptions"))
    first: dict[str, str] = {}
    for call in calls:
        if first.setdefault(call.name, call.place) != call.place:
            error = CodedError("QA256", place=call.place, call=call.name, first=first[call.name])
            source.errors.append(error)
    return QuietSet(language=language, calls=calls, exceptions=exceptions), source.errors


def _built(model: type[N], body: Any, source: Source, path: Path_) -> tuple[N, ...]:
    made = []
    for index, raw in enumerate(body if isinstance(body, list) else ()):
        here = (*path, index)
        given = {**raw, "place": source.place(here)} if isinstance(raw, dict) else raw
        noun = build(model, given, source, here)
        made += [noun] if noun is not None else []
    return tuple(made)
