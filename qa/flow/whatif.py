"""`qa whatif`: a site's history judged again under other rules or another form; nothing is saved.

Points are computed for all calls at once, in columns (qa.scoring.columns); only the calls that
change are told one by one.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path

import numpy as np
from pydantic import Field

from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.scorecards import Scorecard
from qa.flow.rejudging import Rejudging, Row
from qa.packs.load import load_packs
from qa.packs.one_file import with_file
from qa.scoring.column_nouns import Whole
from qa.scoring.column_rows import judged_of
from qa.scoring.columns import score_columns
from qa.scoring.compare_columns import (
    Compared,
    changed_rows,
    compare,
    figures_of,
    figures_of_stored,
)
from qa.scoring.score import score
from qa.store.records import CallFilter, Graded
from qa.store.store import Store
from transcribe.errors import CodedError
from transcribe.noun import Noun
from transcribe.transcript import Language


class CallShift(Noun):
    """A call whose evaluation would change; verdicts: item -> `from -> to`."""

    call_id: str
    csr_id: str | None
    team: str | None
    score_before: float | None
    score_after: float | None
    band_before: str | None
    band_after: str | None
    verdicts: dict[str, str]
    fatal_before: tuple[str, ...]
    fatal_after: tuple[str, ...]


class FormShift(Noun):
    """What changes on one form."""

    scorecard: str
    version_before: tuple[str, ...]
    version_after: str
    compared: Compared
    calls: tuple[CallShift, ...]


class WhatIf(Noun):
    """`qa whatif --json`. rerun: rule id -> calls on which it was judged again.

    measured: calls whose facts were measured again; unread: calls whose words or facts are not
    in the store any more, left out; dropped_answers: people's answers to items that the form
    has no more.
    """

    forms: tuple[FormShift, ...]
    rerun: dict[str, int]
    measured: int = Field(ge=0)
    unread: tuple[str, ...]
    dropped_answers: int = Field(ge=0)


def packs_under(path: Path, base: Packs, language: Language | None) -> tuple[Packs, str | None]:
    """The packs that `path` asks for, and the scorecard it names, if it is one.

    path: a folder with rules/ and scorecards/, or one file among the base packs. Raises those
    of `load_packs` and `with_file`.
    """
    if path.is_dir():
        return load_packs(path, name=f"{path}/"), None
    one = with_file(base, path, language)
    return one.packs, one.scorecard.id if one.scorecard else None


def whatif(
    store: Store,
    packs: Packs,
    limits: Limits,
    *,
    scorecard: str | None = None,
    since: datetime | None = None,
) -> WhatIf:
    """What the packs would change in the stored evaluations; the store is only read.

    scorecard: put all calls of its language and direction on this form.
    """
    again = Rejudging(store, packs, limits)
    cards = {card.id: card for card in packs.scorecards}
    graded = store.latest_evaluations(CallFilter(from_=since))
    stored = store.verdicts(list(dict.fromkeys(one.record.findings_key for one in graded)))
    forms: dict[str, list[Row]] = {}
    for one in graded:
        card = _form_of(one, packs, cards.get(scorecard or ""))
        if card is None:
            continue
        row = again.row(one, card, stored.get(one.record.findings_key))
        if row is not None:
            forms.setdefault(card.id, []).append(row)
    return WhatIf(
        forms=tuple(_shift(cards[card], rows, again) for card, rows in sorted(forms.items())),
        rerun=dict(sorted(again.rerun.items())),
        measured=again.measured,
        unread=tuple(again.unread),
        dropped_answers=again.dropped,
    )


def _form_of(graded: Graded, packs: Packs, wanted: Scorecard | None) -> Scorecard | None:
    """The form a call is put on; None when its own form is no more, or the wanted is not for it."""
    own = graded.record.evaluation.scorecard
    known = next((card for card in packs.scorecards if card.id == own), None)
    if wanted is None or own == wanted.id:
        return known
    call = graded.call
    language = known.language if known else call.language
    fits = (language, call.direction) == (wanted.language, wanted.direction)
    return wanted if fits else None


def _shift(card: Scorecard, rows: list[Row], again: Rejudging) -> FormShift:
    judged = judged_of(card, [(row.verdicts, row.answers) for row in rows])
    after = figures_of(score_columns(card, judged))
    old = [row.graded.record.evaluation for row in rows]
    before = figures_of_stored(old, after.bands)
    calls = [row.graded.call for row in rows]
    groups = {
        "csr": _numbered([call.csr_id or "-" for call in calls]),
        "team": _numbered([call.team or "-" for call in calls]),
    }
    moved = np.flatnonzero(changed_rows(before, after))
    return FormShift(
        scorecard=card.id,
        version_before=tuple(sorted({one.version for one in old})),
        version_after=card.version,
        compared=compare(before, after, groups),
        calls=tuple(_call_shift(card, rows[int(row)], again) for row in moved),
    )


def _numbered(names: Sequence[str]) -> tuple[Whole, list[str]]:
    labels = sorted(set(names))
    places = {name: number for number, name in enumerate(labels)}
    return np.array([places[name] for name in names], np.int64), labels


def _call_shift(card: Scorecard, row: Row, again: Rejudging) -> CallShift:
    """One changed call, told from the evaluations themselves."""
    graded = row.graded
    old = graded.record.evaluation
    new = score(graded.call, again.findings(row), card, row.answers)
    was = {item.ref_id: item.verdict for item in old.items}
    now = {item.ref_id: item.verdict for item in new.items}
    return CallShift(
        call_id=graded.call.id,
        csr_id=graded.call.csr_id,
        team=graded.call.team,
        score_before=None if old.score is None else float(old.score),
        score_after=None if new.score is None else float(new.score),
        band_before=old.band,
        band_after=new.band,
        verdicts={
            name: f"{was.get(name, 'absent')} -> {now.get(name, 'absent')}"
            for name in dict.fromkeys([*was, *now])
            if was.get(name) != now.get(name)
        },
        fatal_before=tuple(one.ref_id for one in (*old.fatal, *old.fatal_pending)),
        fatal_after=tuple(one.ref_id for one in (*new.fatal, *new.fatal_pending)),
    )


def read_since(text: str, zone: tzinfo) -> datetime | None:
    """The moment a date such as 2026-10-01 begins. Raises QA875 for anything else."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CodedError("QA875", place="--since", seen=text) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
