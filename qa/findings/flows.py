"""Runs through the steps of a flow: which hits can follow each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.findings.hits import Hit, Search, View, sort_hits

if TYPE_CHECKING:
    from qa.findings.operators.process_flow import ProcessFlow, Step

MAX_WAYS = 32  # guess: more ways through one flow nobody reads
# Hits of one step that are followed; a call of an hour has some 30 hits of its commonest wording.
_MOST_HITS = 100

Way = tuple["Step", ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """One way's farthest run. path: the hits of the steps that came, in order.

    missing, number: the first required step that did not come and its place (from 1); the last
    step's where the run is complete.
    """

    way: Way
    path: tuple[Hit, ...]
    complete: bool
    missing: Step
    number: int

    @property
    def sure(self) -> bool:
        return all(hit.sure for hit in self.path)

    @property
    def wanted(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kind for step in self.way for kind in step.lists))

    @property
    def hit(self) -> Hit:
        """The whole run; where a step is only possible, that step."""
        doubtful = [hit for hit in self.path if hit.doubt]
        if doubtful:
            return doubtful[0]
        return Hit(
            Fact(
                kind="process_flow",
                start_s=self.path[0].fact.start_s,
                end_s=max(hit.fact.end_s for hit in self.path),
                value=float(len(self.path)),
                unit="steps",
            )
        )


def ways_of(steps: tuple[Step, ...]) -> tuple[Way, ...]:
    """Every way through the steps, branches written out; one more than MAX_WAYS at most."""
    ways: list[Way] = [()]
    for step in steps:
        if step.one_of:
            tails = [way for branch in step.one_of for way in ways_of(branch)]
            if step.optional:
                tails.append(())
        else:
            tails = [(step,)]
        ways = [(*way, *tail) for way in ways for tail in tails]
        if len(ways) > MAX_WAYS:
            return tuple(ways[: MAX_WAYS + 1])
    return tuple(ways)


def walked(way: Way, view: View, search: Search, want: ProcessFlow, limits: Limits) -> Walk:
    """The way's farthest run over the sure hits; over all hits where only these complete it."""
    hits = [_hits_of(step, view, search, limits) for step in way]
    surely = _run(way, [tuple(hit for hit in one if hit.sure) for one in hits], view, want)
    if surely.complete or all(hit.sure for one in hits for hit in one):
        return surely
    perhaps = _run(way, hits, view, want)
    return perhaps if perhaps.complete else surely


def _hits_of(step: Step, view: View, search: Search, limits: Limits) -> tuple[Hit, ...]:
    near = [one for one in view.near(step.lists) if one.distance <= limits.near_distance]
    found = [
        fact
        for fact in (*view.of(step.lists), *near)
        if (step.speaker is None or fact.speaker in (step.speaker, "unknown"))
        and search.holds(fact)
    ]
    return sort_hits(found, limits, search, whose=step.speaker is not None)[:_MOST_HITS]


def _run(way: Way, hits: list[tuple[Hit, ...]], view: View, want: ProcessFlow) -> Walk:
    """The farthest run: paths of the steps so far are kept by their last hit.

    For each last hit one path is enough: what may follow hangs on that hit alone. The path with
    more steps is kept, so that optional steps that came are shown.
    """
    paths: dict[Hit | None, tuple[Hit, ...]] = {None: ()}
    for number, (step, found) in enumerate(zip(way, hits, strict=True), start=1):
        reached: dict[Hit | None, tuple[Hit, ...]] = dict(paths) if step.optional else {}
        for hit in found:
            before = [
                path
                for last, path in paths.items()
                if last is None or _follows(hit, last, view, want)
            ]
            if before:
                longest = max(before, key=len)
                if len(longest) >= len(reached.get(hit, ())):
                    reached[hit] = (*longest, hit)
        if not reached:
            farthest = max(paths.values(), key=lambda path: (len(path), _begun(path)))
            return Walk(way, farthest, complete=False, missing=step, number=number)
        paths = reached
    complete = [path for path in paths.values() if path]
    best = max(complete, key=lambda path: (len(path), -path[-1].fact.end_s), default=())
    return Walk(way, best, complete=bool(best), missing=way[-1], number=len(way))


def _begun(path: tuple[Hit, ...]) -> float:
    return -path[0].fact.start_s if path else 0.0


def _follows(hit: Hit, last: Hit, view: View, want: ProcessFlow) -> bool:
    after, before = hit.fact, last.fact
    if (after.start_s, after.kind) == (before.start_s, before.kind):
        return False
    if after.start_s < before.start_s:
        return False
    if want.max_gap_s is not None and after.start_s - before.end_s > want.max_gap_s:
        return False
    return (
        want.max_gap_turns is None
        or view.turn_of(after) - view.turn_of(before) <= want.max_gap_turns
    )
