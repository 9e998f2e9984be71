"""`qa whatif`: a site's history judged again under other rules or another form; nothing is saved.

Only what changed is run: a rule whose digest a stored finding carries keeps its finding, and
facts are measured again only where word lists or inline phrases changed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

import numpy as np
from pydantic import Field

from qa.domain.evaluations import Answer
from qa.domain.facts import Facts
from qa.domain.findings import Finding
from qa.domain.keys import FindingsInputs
from qa.domain.limits import Limits
from qa.domain.logic import Verdict
from qa.domain.packs import Packs
from qa.domain.rules import Rule
from qa.domain.scorecards import Scorecard
from qa.facts.measure import made_by, measure
from qa.findings.find import find
from qa.findings.logic import leaves_of
from qa.flow.parts import parts_of
from qa.flow.roles import with_roles
from qa.flow.work import with_transcript
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
    again = _Again(store, packs, limits)
    forms: dict[str, list[tuple[Graded, tuple[Finding, ...], tuple[Answer, ...]]]] = {}
    cards = {card.id: card for card in packs.scorecards}
    for graded in store.latest_evaluations(CallFilter(from_=since)):
        card = _form_of(graded, packs, cards.get(scorecard or ""))
        findings = again.findings(graded)
        if card is None or findings is None:
            continue
        given = store.answers(graded.call.id, scorecard=graded.record.evaluation.scorecard)
        forms.setdefault(card.id, []).append((graded, findings, again.kept(given, card)))
    return WhatIf(
        forms=tuple(_shift(cards[card], rows) for card, rows in sorted(forms.items())),
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


class _Again:
    """Finds again what must be; counts what it did."""

    def __init__(self, store: Store, packs: Packs, limits: Limits) -> None:
        self.store = store
        self.packs = packs
        self.limits = limits
        self.rerun: dict[str, int] = {}
        self.measured = 0
        self.unread: list[str] = []
        self.dropped = 0

    def kept(self, answers: Iterable[Answer], card: Scorecard) -> tuple[Answer, ...]:
        """The answers to items the form has."""
        given = tuple(answers)
        known = {item.ref_id for item in card.items}
        kept = tuple(answer for answer in given if answer.ref_id in known)
        self.dropped += len(given) - len(kept)
        return kept

    def findings(self, graded: Graded) -> tuple[Finding, ...] | None:
        """The call's findings under the packs; None when it cannot be judged again."""
        stored = self.store.findings(graded.record.findings_key)
        inputs = self.store.findings_inputs(graded.record.findings_key)
        facts = self.store.facts(inputs.facts_key) if inputs else None
        if stored is None or inputs is None or facts is None:
            self.unread.append(graded.call.id)
            return None
        call = graded.call.model_copy(update={"language": facts.language})
        rules = self.packs.rules_for(call)
        fresh = facts.made_by == made_by(self.packs.patterns_for(call), self.limits)
        known = {finding.rule_id: finding for finding in stored}
        if fresh:
            changed = [r for r in rules if _is_changed(r, known.get(r.id))]
        else:
            measured = self._measure(graded, inputs)
            if measured is None:
                self.unread.append(graded.call.id)
                return None
            changed = list(rules) if _differ(measured, facts) else [
                r for r in rules if _is_changed(r, known.get(r.id))
            ]  # fmt: skip
            facts = measured
        again = _with_relatives(changed, rules)
        for rule in again:
            self.rerun[rule.id] = self.rerun.get(rule.id, 0) + 1
        found = {one.rule_id: one for one in find(facts, again, self.limits)} if again else {}
        return tuple(
            found.get(rule.id) or known[rule.id].model_copy(update={"status": rule.status})
            for rule in rules
        )

    def _measure(self, graded: Graded, inputs: FindingsInputs) -> Facts | None:
        """The facts of the call, or of its part, as `qa run` would measure them now."""
        facts_inputs = self.store.facts_inputs(inputs.facts_key)
        words = self.store.transcript(facts_inputs.transcript_key) if facts_inputs else None
        if words is None:
            return None
        call = self.store.call(graded.call.id.split("#")[0]) or graded.call
        call = with_transcript(call, words)
        patterns = self.packs.patterns_for(call)
        for part, said in parts_of(call, with_roles(words, patterns, self.limits)):
            if part.id == graded.call.id:
                self.measured += 1
                return measure(part, said, patterns, self.limits)
        return None


def _is_changed(rule: Rule, stored: Finding | None) -> bool:
    return stored is None or stored.rule_digest != rule.digest


def _differ(one: Facts, other: Facts) -> bool:
    """True when the facts are not the same, whoever made them."""
    left, right = (facts.model_dump(exclude={"made_by"}) for facts in (one, other))
    return left != right


def _with_relatives(changed: Sequence[Rule], rules: Sequence[Rule]) -> list[Rule]:
    """The changed rules, those that hang on them, and the prerequisites of all these."""
    needs = {rule.id: _prerequisites(rule) for rule in rules}
    wanted = {rule.id for rule in changed}
    size = -1
    while size != len(wanted):
        size = len(wanted)
        wanted |= {one for one, needed in needs.items() if needed & wanted}
    size = -1
    while size != len(wanted):
        size = len(wanted)
        wanted |= {one for rule in wanted for one in needs.get(rule, ())}
    return [rule for rule in rules if rule.id in wanted]


def _prerequisites(rule: Rule) -> set[str]:
    trees = [tree for tree in (rule.only_if, rule.unless, rule.met_when) if tree is not None]
    return {leaf.rule for tree in trees for leaf in leaves_of(tree) if isinstance(leaf, Verdict)}


def _shift(
    card: Scorecard, rows: list[tuple[Graded, tuple[Finding, ...], tuple[Answer, ...]]]
) -> FormShift:
    judged = judged_of(card, [(findings, answers) for _, findings, answers in rows])
    after = figures_of(score_columns(card, judged))
    old = [graded.record.evaluation for graded, _, _ in rows]
    before = figures_of_stored(old, after.bands)
    calls = [graded.call for graded, _, _ in rows]
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
        calls=tuple(_call_shift(card, rows[int(row)]) for row in moved),
    )


def _numbered(names: Sequence[str]) -> tuple[Whole, list[str]]:
    labels = sorted(set(names))
    places = {name: number for number, name in enumerate(labels)}
    return np.array([places[name] for name in names], np.int64), labels


def _call_shift(
    card: Scorecard, row: tuple[Graded, tuple[Finding, ...], tuple[Answer, ...]]
) -> CallShift:
    """One changed call, told from the evaluations themselves."""
    graded, findings, answers = row
    old = graded.record.evaluation
    new = score(graded.call, findings, card, answers)
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
