"""Which word lists a condition listens for, by name, wherever they stand in its parameters."""

from collections.abc import Iterable, Iterator, Mapping

# What stands where word lists do and is measured or told by the switch.
MEASURED = frozenset({"hold", "transfer", "dead_air"})
# The customer's mood, where a rule names no lists of its own.
NEGATIVE = ("complaint", "anger", "dissatisfaction_threat")
POSITIVE = ("thanks", "satisfaction")
# Whom else a promise's sentence names.
PROMISE_OWNER = "promise_owner"

Used = tuple[str, str | None]


def lists_used(operator: str, params: Mapping[str, object]) -> Iterator[Used]:
    """(list, speaker) of each; speaker None: whoever's turns the list is looked for in.

    Parameters of wrong types give none: the rules' compiler tells them.
    """
    speaker = params.get("speaker")
    whose = speaker if isinstance(speaker, str) else None
    for kind in _names(params.get("words")):
        yield kind, whose
    for kind in _names(params.get("except_after")):
        if kind not in MEASURED:
            yield kind, None
    if operator == "sentiment":
        for side, usual in (("negative", NEGATIVE), ("positive", POSITIVE)):
            for kind in _names(params.get(side, usual)):
                yield kind, whose or "customer"
    if operator == "promise" and params.get("owner") is not None:
        yield PROMISE_OWNER, "csr"
    yield from _in_steps(params.get("steps"))


def _in_steps(steps: object) -> Iterator[Used]:
    for step in steps if isinstance(steps, list | tuple) else ():
        if not isinstance(step, Mapping):
            continue
        speaker = step.get("speaker")
        for kind in _names(step.get("words")):
            if kind not in MEASURED:
                yield kind, speaker if isinstance(speaker, str) else None
        branches = step.get("one_of")
        for branch in branches if isinstance(branches, list | tuple) else ():
            yield from _in_steps(branch)


def _names(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return [str(one) for one in value] if isinstance(value, list | tuple) else ()
