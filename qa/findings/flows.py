"""Flows: their steps, and runs through them: which hits can follow each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from pydantic import field_validator, model_validator

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.findings.hits import Hit, Search, View, sort_hits
from qa.findings.operator import Party, told, wrong
from transcribe.noun import Noun

MAX_WAYS = 32  # guess: more ways through one flow nobody reads
# Hits of one step that are followed; a call of an hour has some 30 hits of its commonest wording.
_MOST_HITS = 100


class Step(Noun):
    """One step: something that is said, or measured (hold, transfer), by somebody."""

    words: tuple[str, ...] | str = told(
        "word list of which a wording must come, or several of which any; or `hold`, `transfer`",
        "须出现的词表，或多个（任一即可）；也可写 hold、transfer",
        (),
    )
    speaker: Party | None = told("who says it; empty: anyone", "说话方；空为任何一方", None)
    optional: bool = told("true: may be left out", "true 为可省略", False)
    one_of: tuple[tuple[Step, ...], ...] = told(
        "instead of words: branches, each a list of steps, of which one must come",
        "代替 words：若干分支，每个分支是一串步骤，须走完其一",
        (),
    )

    @field_validator("words", mode="after")
    @classmethod
    def _several(cls, words: tuple[str, ...] | str) -> tuple[str, ...]:
        return (words,) if isinstance(words, str) else words

    @model_validator(mode="after")
    def _words_or_branches(self) -> Self:
        if bool(self.words) == bool(self.one_of):
            raise wrong("a step has words or one_of, not both", "每一步写 words 或 one_of 之一")
        if self.one_of and self.speaker is not None:
            raise wrong("write the speaker in the branches", "说话方请写在各分支里")
        if self.one_of and any(not branch for branch in self.one_of):
            raise wrong("a branch has at least one step", "每个分支至少一步")
        return self

    @property
    def lists(self) -> tuple[str, ...]:
        return (self.words,) if isinstance(self.words, str) else self.words


class ProcessFlow(Noun):
    """The steps of a flow and how far apart they may be."""

    steps: tuple[Step, ...] = told(
        "the steps in their order, each with words, speaker, optional, or one_of (branches)",
        "按先后排列的步骤，每步可写 words、speaker、optional 或 one_of（分支）",
        min_length=2,
        max_length=20,
    )
    max_gap_s: float | None = told(
        "seconds from the end of one step to the start of the next at most; empty: no bound",
        "上一步结束到下一步开始最多多少秒；空为不限",
        None,
        gt=0,
    )
    max_gap_turns: int | None = told(
        "turns from one step to the next at most; empty: no bound",
        "上一步到下一步最多隔几个话轮；空为不限",
        None,
        ge=1,
    )

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        ways = ways_of(self.steps)
        if len(ways) > MAX_WAYS:
            raise wrong(
                f"the branches make more than {MAX_WAYS} ways; split the flow",
                f"分支组合超过 {MAX_WAYS} 种走法，请拆分流程",
            )
        if any(all(step.optional for step in way) for way in ways):
            raise wrong(
                "each way needs a step that is not optional", "每种走法至少要有一个必需步骤"
            )
        return self


Way = tuple[Step, ...]


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
