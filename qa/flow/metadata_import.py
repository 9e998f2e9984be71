"""`qa import`: a table's calls into the store; importing twice changes nothing."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from qa.domain.call import Call
from qa.flow.metadata import ImportRules, read_calls
from qa.store.records import CallFilter
from qa.store.store import Store
from transcribe.errors import CodedError

BATCH = 500  # guess: rows a transaction; keeps other workers waiting under a second


class ImportReport(NamedTuple):
    """What an import did: ids of new, corrected and unchanged calls, and the faulty rows."""

    name: str
    new: tuple[str, ...]
    corrected: tuple[str, ...]
    unchanged: tuple[str, ...]
    errors: tuple[CodedError, ...]


def import_calls(
    path: Path, store: Store, rules: ImportRules, *, at: datetime, by: str
) -> ImportReport:
    """The report of saving every good row; a row that says something new is a new revision.

    by: who imports; kept with each revision. Raises CodedErrors as `read_calls` does.
    """
    result = read_calls(path, rules)
    ids: dict[str, list[str]] = {"new": [], "corrected": [], "unchanged": []}
    for start in range(0, len(result.calls), BATCH):
        batch = result.calls[start : start + BATCH]
        stored = store.calls(CallFilter(call_ids=tuple(call.id for call in batch)))
        before = {call.id: call for call in stored}
        merged = [keep_measured(call, before.get(call.id)) for call in batch]
        why = f"import {result.name}"
        for revision in store.save_calls(merged, at=at, by=by, why=why):
            known = revision.call_id in before
            told = "unchanged" if not revision.new else "corrected" if known else "new"
            ids[told].append(revision.call_id)
    return ImportReport(
        result.name,
        tuple(ids["new"]),
        tuple(ids["corrected"]),
        tuple(ids["unchanged"]),
        result.errors,
    )


def keep_measured(call: Call, before: Call | None) -> Call:
    """The row's call with what was measured of the same recording and no table tells.

    Digest and duration belong to the recording; a language that was detected stands until a
    row says another.
    """
    if before is None or before.recording != call.recording:
        return call
    measured: dict[str, object] = {
        "recording_sha256": before.recording_sha256,
        "duration_s": before.duration_s,
    }
    if call.language is None:
        measured["language"] = before.language
    return call.model_copy(update=measured)
