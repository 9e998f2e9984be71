"""What of a stored call must be judged again under other packs, and its verdicts then.

Only what changed is run: a rule whose digest a stored finding carries keeps its verdict, and
facts are measured again only where word lists or inline phrases changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.domain.evaluations import Answer
from qa.domain.facts import Facts
from qa.domain.findings import Finding, StoredVerdict
from qa.domain.keys import FindingsInputs
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.rules import Rule
from qa.domain.scorecards import Scorecard
from qa.facts.measure import made_by, measure
from qa.findings.find import find
from qa.findings.levels import digests_of, needs_of
from qa.flow.parts import parts_of
from qa.flow.roles import with_roles
from qa.flow.work import with_transcript
from qa.store.records import Graded
from qa.store.store import Store

Stored = tuple[FindingsInputs, str, tuple[StoredVerdict, ...]]


@dataclass(frozen=True)
class Row:
    """One stored evaluation and what the packs say of its call now.

    again: the findings of the rules that were run; verdicts: those and the stored ones.
    """

    graded: Graded
    verdicts: tuple[Finding | StoredVerdict, ...]
    again: dict[str, Finding] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()


class Rejudging:
    """Finds again what must be; counts what it did."""

    def __init__(self, store: Store, packs: Packs, limits: Limits) -> None:
        self.store = store
        self.packs = packs
        self.limits = limits
        self.rerun: dict[str, int] = {}
        self.measured = 0
        self.unread: list[str] = []
        self.dropped = 0

    def row(self, graded: Graded, card: Scorecard, stored: Stored | None) -> Row | None:
        """The call under the packs and the form; None when it cannot be judged again."""
        if stored is None:
            self.unread.append(graded.call.id)
            return None
        inputs, measurers, lines = stored
        call = graded.call.model_copy(update={"language": card.language})
        rules = self.packs.rules_for(call, card)
        given = self.packs.derivations_for(call)
        digests = digests_of(rules, given)
        known = {one.rule_id: one for one in lines}
        changed = [
            rule
            for rule in rules
            if rule.id not in known or known[rule.id].rule_digest != digests[rule.id]
        ]
        facts: Facts | None = None
        if measurers != made_by(self.packs.patterns_for(call, card), self.limits):
            old = self.store.facts(inputs.facts_key)
            facts = self._measure(graded, inputs, card)
            if facts is not None and (old is None or _differ(facts, old)):
                changed = list(rules)
        elif changed:
            facts = self.store.facts(inputs.facts_key)
        else:
            return self._kept(graded, rules, known, {}, card)
        if facts is None:
            self.unread.append(graded.call.id)
            return None
        needs = _asked_by({rule.id for rule in rules}, needs_of(rules, given))
        wanted = _with_relatives({rule.id for rule in changed}, needs)
        again = [rule for rule in rules if rule.id in wanted]
        for rule in again:
            self.rerun[rule.id] = self.rerun.get(rule.id, 0) + 1
        found = find(
            facts,
            again,
            self.limits,
            derivations=[one for one in given if one.id in wanted],
        )
        return self._kept(graded, rules, known, {one.rule_id: one for one in found}, card)

    def _kept(
        self,
        graded: Graded,
        rules: Sequence[Rule],
        known: dict[str, StoredVerdict],
        again: dict[str, Finding],
        card: Scorecard,
    ) -> Row:
        verdicts = tuple(
            again.get(rule.id) or known[rule.id]._replace(status=rule.status) for rule in rules
        )
        given = self.store.answers(graded.call.id, scorecard=graded.record.evaluation.scorecard)
        return Row(graded, verdicts, again, self._answers(given, card))

    def _answers(self, answers: Iterable[Answer], card: Scorecard) -> tuple[Answer, ...]:
        """The answers to items the form has."""
        given = tuple(answers)
        known = {item.ref_id for item in card.items}
        kept = tuple(answer for answer in given if answer.ref_id in known)
        self.dropped += len(given) - len(kept)
        return kept

    def findings(self, row: Row) -> tuple[Finding, ...]:
        """The row's findings whole, with their wording and proof."""
        stored = self.store.findings(row.graded.record.findings_key) or ()
        whole = {one.rule_id: one for one in stored} | row.again
        return tuple(
            whole[one.rule_id].model_copy(update={"status": one.status}) for one in row.verdicts
        )

    def _measure(
        self, graded: Graded, inputs: FindingsInputs, card: Scorecard | None
    ) -> Facts | None:
        """The facts of the call, or of its part, as `qa run` would measure them now."""
        facts_inputs = self.store.facts_inputs(inputs.facts_key)
        words = self.store.transcript(facts_inputs.transcript_key) if facts_inputs else None
        if words is None:
            return None
        call = self.store.call(graded.call.id.split("#")[0]) or graded.call
        call = with_transcript(call, words)
        patterns = self.packs.patterns_for(call, card)
        words = with_roles(words, patterns, self.limits, call.direction)
        for part, said in parts_of(call, words):
            if part.id == graded.call.id:
                self.measured += 1
                return measure(part, said, patterns, self.limits)
        return None


def _differ(one: Facts, other: Facts) -> bool:
    """True when the facts are not the same, whoever made them."""
    left, right = (facts.model_dump(exclude={"made_by"}) for facts in (one, other))
    return left != right


def _asked_by(rules: set[str], needs: dict[str, set[str]]) -> dict[str, set[str]]:
    """The needs of the rules and of all they ask for; what nobody asks for moves no points."""
    known = set(rules)
    size = -1
    while size != len(known):
        size = len(known)
        known |= {one for name in known for one in needs.get(name, ())}
    return {name: wanted for name, wanted in needs.items() if name in known}


def _with_relatives(changed: set[str], needs: dict[str, set[str]]) -> set[str]:
    """The changed rules, all that hang on them, and all that these hang on."""
    wanted = set(changed)
    size = -1
    while size != len(wanted):
        size = len(wanted)
        wanted |= {one for one, needed in needs.items() if needed & wanted}
    size = -1
    while size != len(wanted):
        size = len(wanted)
        wanted |= {one for rule in wanted for one in needs.get(rule, ())}
    return wanted
