"""A stored transcript read from JSON: one object, with or without its call."""

import json
import re
from typing import Any

from pydantic import ValidationError

from qa.domain.call import Call
from transcribe.errors import CodedError, CodedErrors
from transcribe.transcript import Transcript

_DERIVED = ("normalised", "alternatives")  # made from the transcript again where wanted
MAX_CHARACTERS = 50_000_000  # guess: a day of talk with every word's time


def read_transcript_json(text: str, *, name: str = "") -> tuple[Call, Transcript]:
    """The call and transcript of `{"call": {"id", "source"}, "transcript": {...}}`.

    A bare transcript is accepted too; its call is then named after the file. What the call
    does not say and the transcript knows (language, duration, channels) is taken from it.
    Raises CodedErrors, one QA368 for each wrong place, with its JSON path.
    """
    found = _parse(text, name)
    place = name or "transcript"
    if not isinstance(found, dict):
        raise CodedErrors([_error(place, "$", f"an object is wanted, not {_kind(found)}")])
    wrapped = "transcript" in found
    unknown = sorted(found.keys() - {"call", "transcript", *_DERIVED}) if wrapped else []
    errors = [_error(place, f"$.{key}", "not a field of this object") for key in unknown]
    body = found["transcript"] if wrapped else found
    root = "$.transcript" if wrapped else "$"
    transcript = None
    try:
        transcript = Transcript.model_validate_json(json.dumps(body))
    except ValidationError as error:
        errors += _coded(error, place, root)
    stem = re.split(r"[/\\]", name)[-1].removesuffix(".json") or "transcript"
    given = found.get("call") if wrapped else None
    if given is None:
        given = {"id": stem, "source": name or "transcript"}
    call = None
    try:
        call = Call.model_validate_json(json.dumps(given))
    except ValidationError as error:
        errors += _coded(error, place, "$.call")
    if call and transcript and call.language not in (None, transcript.language):
        said = f"the call says {call.language}, the transcript {transcript.language}"
        errors.append(_error(place, "$.call.language", said))
    if errors or call is None or transcript is None:
        raise CodedErrors(errors)
    return _completed(call, transcript), transcript


def _completed(call: Call, transcript: Transcript) -> Call:
    known = {
        "language": transcript.language,
        "duration_s": transcript.duration_s,
        "channels": transcript.channel_speakers,
    }
    missing = {name: value for name, value in known.items() if getattr(call, name) in (None, ())}
    return call.model_copy(update=missing)


def _parse(text: str, name: str) -> Any:
    place = name or "transcript"
    if len(text) > MAX_CHARACTERS:
        raise CodedErrors([_error(place, "$", f"{len(text)} characters, at most {MAX_CHARACTERS}")])
    try:
        return json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        at = f"{place}:{error.lineno}:{error.colno}"
        raise CodedErrors([_error(at, "$", f"not JSON: {error.msg}")]) from error
    except RecursionError as error:
        raise CodedErrors([_error(place, "$", "nested too deeply")]) from error
    except ValueError as error:
        raise CodedErrors([_error(place, "$", str(error))]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, refused when a key stands twice in it."""
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f'the key "{twice}" stands twice in one object')
    return found


def _no_constant(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")


def _coded(error: ValidationError, place: str, root: str) -> list[CodedError]:
    return [
        _error(place, root + _path(one["loc"]), one["msg"])
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def _path(parts: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)


def _error(place: str, path: str, problem: str) -> CodedError:
    return CodedError("QA368", place=place, path=path, problem=problem)


def _kind(found: object) -> str:
    names = {list: "an array", str: "a string", type(None): "null", bool: "a truth value"}
    return names.get(type(found), "a number")
