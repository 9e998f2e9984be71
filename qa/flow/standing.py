"""Where a centre stands: the calls that count, every CSR's skills, who needs what."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from qa.coaching.courses import match_courses
from qa.coaching.estimates import skill_estimates
from qa.coaching.marks import Counted, counted, marks_of
from qa.coaching.shared_causes import shared_causes
from qa.coaching.skill_sums import SkillSums
from qa.coaching.weak_points import skill_order
from qa.domain.coaching import Recommendation, WeakPoint, Window
from qa.domain.estimates import SharedCause, SkillEstimate
from qa.domain.graded import NOBODY
from qa.domain.marks import Floats, Marks, totals
from qa.domain.packs import Packs
from qa.domain.points import rounded
from qa.flow.kept_answers import KeptAnswers
from qa.flow.kept_columns import current_columns
from qa.store.graded import Told
from qa.store.store import Store
from transcribe.noun import Noun
from transcribe.transcript import Language

GONE_DAYS = 42  # so long without a call while others had some: left or away (guess)
ESTIMATED_BY = "2"  # raised when the estimates change their meaning


@dataclass(frozen=True, eq=False)
class Centre:
    """What the views of one window rest on, and answers that were kept of it."""

    counts: Counted
    answers: KeptAnswers = field(default_factory=KeptAnswers)

    @cached_property
    def marks(self) -> Marks:
        """See `marks_of`; made when first asked for, since kept answers need none."""
        return marks_of(self.counts)

    def estimates(self) -> tuple[SkillEstimate, ...]:
        """Every CSR's skills against their peers; see `skill_estimates`."""
        return self.answers.of(
            "estimates",
            f"{ESTIMATED_BY} {self.digest}",
            tuple[SkillEstimate, ...],
            lambda: skill_estimates(self.marks),
        )

    @cached_property
    def digest(self) -> str:
        """What the estimates are made of: the evaluations that count, whose they are, and when."""
        of = self.counts.columns
        found = hashlib.sha256(repr((of.csrs, of.teams, of.queues, of.forms, of.refs)).encode())
        for column in (of.id, of.csr, of.team, of.queue, of.form, of.day, of.duration_s):
            found.update(np.ascontiguousarray(column).tobytes())
        return found.hexdigest()

    def languages(self, csr_id: str) -> tuple[Language, ...]:
        """Languages of a CSR's calls, sorted."""
        return self.every_language().get(csr_id, ())

    def every_language(self) -> dict[str, tuple[Language, ...]]:
        """By CSR the languages of their calls, sorted."""
        of, known = self.counts.columns, dict[str, Language](en="en", zh="zh")
        found: dict[str, tuple[Language, ...]] = {}
        size = max(len(of.languages), 1)
        for pair in np.unique(of.csr * size + of.language):
            csr, word = of.csrs[pair // size], of.languages[pair % size]
            if word in known:
                found[csr] = tuple(sorted((*found.get(csr, ()), known[word])))
        return found

    def gone(self) -> frozenset[str]:
        """CSRs whose last call lies more than GONE_DAYS before the centre's last."""
        of = self.counts.columns
        dated = ~np.isnan(of.day)
        last = np.full(len(of.csrs), np.nan)
        np.fmax.at(last, of.csr[dated], of.day[dated])
        if not dated.any():
            return frozenset()
        away = last < of.day[dated].max() - GONE_DAYS
        return frozenset(csr for csr, left in zip(of.csrs, away, strict=True) if left)

    def lost_calls(self, csr_id: str) -> dict[str, tuple[str, ...]]:
        """A CSR's calls that lost points, by skill, latest first."""
        of, found = self.counts.columns, dict[str, tuple[str, ...]]()
        if csr_id not in of.csrs:
            return found
        mine = of.csr[of.at] == of.csrs.index(csr_id)
        for number, skill in enumerate(self.counts.skills):
            lost = mine & (self.counts.skill == number) & (of.verdict == 0)
            if lost.any():
                calls = np.unique(of.at[lost])[::-1]
                found[skill] = tuple(str(of.call_id[n]) for n in calls)
        return found

    def critical(self) -> frozenset[tuple[str, str]]:
        """CSRs and skills where a fatal item was confirmed, or half of what was lost was critical
        to customer, business or compliance.
        """
        kept = self.answers.of(
            "critical",
            f"{ESTIMATED_BY} {self.digest}",
            tuple[tuple[str, str], ...],
            lambda: tuple(sorted(self._critical())),
        )
        return frozenset(kept)

    def _critical(self) -> frozenset[tuple[str, str]]:
        of, counts = self.counts.columns, self.counts
        sums = SkillSums(self.counts)
        hard = sums.of(counts.lost * counts.critical)
        fatal = sums.count(counts.fatal)
        lost = sums.of(counts.lost)
        found = (fatal > 0) | ((lost > 0) & (hard * 2 >= lost))
        return frozenset((of.csrs[csr], counts.skills[skill]) for csr, skill in np.argwhere(found))


class Estimates(Noun):
    """Every CSR's skills against their peers, and what is no matter of one person."""

    shared_causes: tuple[SharedCause, ...]
    skills: tuple[SkillEstimate, ...]


class CsrLine(Noun):
    """One CSR in the list of a centre: points lost by skill with the courses for it."""

    csr_id: str
    csr_name: str | None
    calls: int
    mean_score: float | None
    recommendations: tuple[Recommendation, ...]


def centre_of(
    store: Store,
    packs: Packs,
    window: Window,
    *,
    file: Path | None = None,
    told: Told | None = None,
) -> Centre:
    """All graded calls of the window, with the marks of the whole site.

    file: where the columns of the last time are kept, answers beside it; see `current_columns`,
    also for `told`.
    """
    forms = {f"{card.id}@{card.version}": card for card in packs.scorecards}
    counts = counted(current_columns(store, file, told=told), forms, window=window)
    whole = window == Window()  # answers for a part of the time would push those out
    folder = file.parent if file is not None and whole else None
    return Centre(counts, KeptAnswers(folder, packs.digest))


def estimates_of(centre: Centre, packs: Packs) -> Estimates:
    """Estimates of every CSR and the items that most of a team fails."""
    items = {item.ref_id: item for card in packs.scorecards for item in card.items}
    worded = {rule.id for rule in packs.rules if rule.say}
    scripted = {ref_id for ref_id, item in items.items() if worded & set(item.rules)}
    titles = {ref_id: item.title for ref_id, item in items.items()}
    causes = centre.answers.of(
        "causes",
        f"{ESTIMATED_BY} {centre.digest}",
        tuple[SharedCause, ...],
        lambda: shared_causes(centre.marks, scripted=scripted, titles=titles),
    )
    return Estimates(shared_causes=causes, skills=centre.estimates())


def overview(
    centre: Centre,
    packs: Packs,
    *,
    failed: Mapping[tuple[str, str], Collection[str]] | None = None,
) -> tuple[CsrLine, ...]:
    """Every CSR with graded calls and what they lost most points in; sorted by CSR id.

    As `advise` says it, without the single places, which only a CSR's own sheet shows.
    """
    of, counts = centre.counts.columns, centre.counts
    sums, languages = SkillSums(centre.counts), centre.every_language()
    table = _Table(
        lost=sums.of(counts.lost),
        weight=sums.of(counts.weight),
        waits=sums.count(counts.waits),
        fatal_calls=sums.calls(counts.fatal),
        calls=sums.calls(counts.decided),
    )
    size = len(of.csrs)
    calls = totals(of.csr, size)
    scored = ~np.isnan(of.score)
    many = totals(of.csr[scored], size)
    score = totals(of.csr[scored], size, of.score[scored])
    named = np.array([word != NOBODY for word in of.names], dtype=bool)
    told = np.flatnonzero(named[of.name]) if of.size else of.name
    first = dict(zip(of.csr[told][::-1].tolist(), of.name[told][::-1].tolist(), strict=True))
    return tuple(
        CsrLine(
            csr_id=csr_id,
            csr_name=of.names[first[number]] if number in first else None,
            calls=int(calls[number]),
            mean_score=round(float(score[number] / many[number]), 2) if many[number] else None,
            recommendations=match_courses(
                _points(counts.skills, table, csr_id, number, languages.get(csr_id, ())),
                packs.courses,
                skills=packs.skills,
                failed=failed,
            ),
        )
        for csr_id, number in sorted((of.csrs[n], int(n)) for n in np.flatnonzero(calls))
    )


class _Table(NamedTuple):
    """[csr, skill] what was lost, could be, waits; calls with a fatal and a decided item."""

    lost: Floats
    weight: Floats
    waits: Floats
    fatal_calls: Floats
    calls: Floats


def _points(
    skills: tuple[str, ...],
    table: _Table,
    csr_id: str,
    number: int,
    languages: tuple[Language, ...],
) -> tuple[WeakPoint, ...]:
    found = []
    for index, name in enumerate(skills):
        lost, weight, waits, fatal_calls, calls = (float(one[number, index]) for one in table)
        if lost <= 0 and not fatal_calls:
            continue
        share = min(lost / weight, 1.0) if weight else 1.0
        found.append(
            WeakPoint(
                csr_id=csr_id,
                skill=name,
                calls=int(calls),
                lost_points=rounded(Fraction(round(lost, 6))),
                applicable_points=rounded(Fraction(round(weight, 6))),
                lost_share=share if lost > 0 else 0.0,
                open_items=int(waits),
                fatal_calls=int(fatal_calls),
                languages=languages,
            )
        )
    return tuple(
        sorted(found, key=lambda p: (-p.fatal_calls, -p.lost_points, skill_order(p.skill)))
    )
