"""Which scorecard a run uses."""

from pathlib import Path

from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.packs.scorecards import read_scorecard
from transcribe.errors import CodedError, CodedErrors


def choose_scorecard(packs: Packs, wanted: str) -> Scorecard:
    """The scorecard with the id `wanted`, or the one in the file `wanted`.

    Raises QA847 an unknown id, QA231 a rule the packs do not have, those of `read_scorecard`.
    """
    for scorecard in packs.scorecards:
        if scorecard.id == wanted:
            return scorecard
    path = Path(wanted)
    if path.suffix.lower() not in (".yaml", ".yml"):
        options = ", ".join(scorecard.id for scorecard in packs.scorecards)
        raise CodedError("QA847", place="--scorecard", scorecard=wanted, options=options)
    read, errors = read_scorecard(path, name=wanted)
    if errors or read is None:
        raise CodedErrors(errors)
    known = {rule.id for rule in packs.rules if rule.language == read.language}
    missing = [
        CodedError(
            "QA231",
            place=read.place,
            item=item.ref_id,
            rule=rule,
            options=", ".join(sorted(known)),
        )
        for item in read.items
        for rule in item.rules
        if rule not in known
    ]
    if missing:
        raise CodedErrors(missing)
    return read
