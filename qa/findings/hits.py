"""Hits: the facts a condition selects, and the window it searched."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, NamedTuple

from qa.domain.derivations import DerivedFact
from qa.domain.facts import Candidate, Fact, Facts, TurnHeard
from qa.domain.limits import Limits
from qa.domain.rules import Window
from qa.domain.text import Text
from transcribe.transcript import Span, Speaker

Doubt = Literal["", "near_sound", "low_confidence", "unknown_speaker", "perhaps_excused", "derived"]


class Hit(NamedTuple):  # made by the hundred, as is Selected: cheaper than a frozen dataclass
    """One fact that fits a condition; `doubt` says why it is only possible, "" when it is sure.

    A possible hit decides nothing alone (contract 1).
    """

    fact: Fact
    doubt: Doubt = ""

    @property
    def sure(self) -> bool:
        return not self.doubt


class Search(NamedTuple):
    """Where a condition looked: the time, the turns it read, and how well they were heard.

    turns: those that may be the speaker's and in the window; where speakers are unknown, a turn
    in `unsure` may lie outside. cut: the end is a bound of the window and itself outside it.
    """

    span: Span
    turns: tuple[TurnHeard, ...] = ()
    unsure: frozenset[int] = frozenset()
    cut: bool = False
    indexes: frozenset[int] = frozenset()

    def holds(self, fact: Fact) -> bool:
        """True when the fact begins inside the window, and in a turn that was read."""
        if fact.start_s < self.span.start_s or fact.start_s > self.span.end_s:
            return False
        if self.cut and fact.start_s == self.span.end_s:
            return False
        return fact.turn is None or fact.turn in self.indexes


@dataclass(frozen=True, slots=True)
class Stopped:
    """Where a flow of steps broke off: the step that is missing, and the last one that came.

    step: what was listened for; number: the step's place, from 1; before: None at the first step.
    """

    step: tuple[str, ...]
    number: int
    before: Hit | None


class Selected(NamedTuple):
    """What one condition found: hits sorted by time, the search, what it lacked.

    near: what sounds near, sure or not to be a possible hit. missing: (need, reason code) of a
    measurement that the call does not have; the condition is then unknown, whatever the hits.
    wanted: what was listened for; empty for what is measured or told. titles: what it is called
    where it has a name of its own. proof: places that show
    what the hits sum up, or how far it came. stopped: which step of a flow is missing.
    unproven: that nothing more is there is not proven, since only this share of the words that
    say so was heard well.
    """

    hits: tuple[Hit, ...] = ()
    search: Search | None = None
    near: tuple[Candidate, ...] = ()
    missing: tuple[str, str] | None = None
    wanted: tuple[str, ...] = ()
    titles: tuple[Text, ...] = ()
    proof: tuple[Hit, ...] = ()
    stopped: Stopped | None = None
    unproven: float | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What one derivation gave: its facts, and what is not known of them (as in Selected).

    title: the derivation's.
    """

    kind: str
    value: str | float | None
    hits: tuple[Hit, ...] = ()
    missing: tuple[str, str] | None = None
    unproven: float | None = None
    title: Text | None = None


def derived_hit(fact: DerivedFact) -> Hit:
    """The derived fact as a hit: possible where it follows only possibly."""
    return Hit(fact, "" if fact.certainty == "sure" else "derived")


class View:
    """One call's facts, indexed once for all conditions."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._facts: dict[str, list[Fact]] = {}
        self._near: dict[str, list[Candidate]] = {}
        self._given: dict[str, list[Given]] = {}
        # The window stands beside its search, so that no other one can get its id.
        self._searches: dict[tuple[Speaker | None, int], tuple[Window | None, Search]] = {}
        for fact in facts.facts:
            self._facts.setdefault(fact.kind, []).append(fact)
        for candidate in facts.candidates:
            self._near.setdefault(candidate.kind, []).append(candidate)
        begun = sorted((turn.start_s, turn.index) for turn in facts.turns)
        self._starts_s = [start_s for start_s, _ in begun]
        self._latest = list(accumulate((index for _, index in begun), max))
        self.end_s = max([facts.duration_s, *(turn.end_s for turn in facts.turns)])

    def of(self, kinds: Iterable[str]) -> list[Fact]:
        """Facts of these kinds."""
        found: list[Fact] = []
        for kind in kinds:
            found += self._facts.get(kind, ())
        return found

    def give(self, given: Iterable[Given]) -> None:
        """Adds what derivations gave; for the conditions of later levels."""
        for one in given:
            self._given.setdefault(one.kind, []).append(one)

    def given(self, kind: str) -> list[Given]:
        """What the derivations of earlier levels gave of this kind."""
        return self._given.get(kind, [])

    def near(self, kinds: Iterable[str]) -> list[Candidate]:
        """Candidates of these kinds."""
        found: list[Candidate] = []
        for kind in kinds:
            found += self._near.get(kind, ())
        return found

    def search(self, speaker: Speaker | None, window: Window | None) -> Search:
        """As `search_of`, once for each speaker and window."""
        key = (speaker, id(window))  # hashing a noun costs more than all else here
        if key not in self._searches:
            self._searches[key] = (window, search_of(self, speaker, window))
        return self._searches[key][1]

    def among(self, turns: Iterable[TurnHeard], start_s: float, end_s: float) -> Search:
        """A search of these turns and this stretch."""
        return _search(start_s, end_s, list(turns), frozenset(), cut=False)

    def turn_of(self, fact: Fact) -> int:
        """The fact's turn; for sounds, the last turn that began before; -1 before the first."""
        if fact.turn is not None:
            return fact.turn
        begun = bisect_right(self._starts_s, fact.start_s)
        return self._latest[begun - 1] if begun else -1


def heard_share(turns: Iterable[TurnHeard]) -> float:
    """Share (0-1) of the turns' words that were heard well; 1 where no word was said."""
    words = heard = 0
    for turn in turns:
        words += turn.words
        heard += turn.heard_words
    return heard / words if words else 1.0


def search_of(view: View, speaker: Speaker | None, window: Window | None) -> Search:
    """The stretch and the turns a condition searches; several bounds of one window all hold.

    Turns are counted among the speaker's own. A turn of an unknown speaker may be theirs or
    not: what it may bring into the window is searched, and unsure.
    """
    if window is None:
        theirs = (speaker, "unknown")
        own = [turn for turn in view.facts.turns if speaker is None or turn.speaker in theirs]
        return _search(0.0, view.end_s, own, frozenset(), cut=False)
    own = list(view.search(speaker, None).turns)
    start_s, end_s, cut = _bounds(window, view.end_s)
    unsure: frozenset[int] = frozenset()
    for count, ordered in (
        (window.first_turns, own),
        (window.last_turns, own[::-1]),
    ):
        if count is None:
            continue
        kept, doubtful = _counted(ordered, speaker, count)
        unsure |= doubtful
        own = [turn for turn in own if turn.index in kept]
        if not own:
            return _search(start_s, start_s, [], unsure, cut=True)
    if window.first_turns is not None and own[-1].end_s < end_s:
        end_s, cut = max(turn.end_s for turn in own), False
    if window.last_turns is not None:
        start_s = max(start_s, min(turn.start_s for turn in own))
    end_s = max(start_s, end_s)
    inside = [
        turn
        for turn in own
        if (turn.end_s > start_s or turn.start_s >= start_s)
        and (turn.start_s < end_s or (not cut and turn.start_s == end_s))
    ]
    return _search(start_s, end_s, inside, unsure, cut=cut)


def _search(
    start_s: float, end_s: float, turns: list[TurnHeard], unsure: frozenset[int], *, cut: bool
) -> Search:
    indexes = frozenset([turn.index for turn in turns])
    return Search(Span(start_s=start_s, end_s=end_s), tuple(turns), unsure, cut, indexes)


def _bounds(window: Window, whole_s: float) -> tuple[float, float, bool]:
    """Start and end in seconds, and whether the end is a bound (half-open, as every span)."""
    ends = [
        bound
        for bound in (
            window.first_s,
            None if window.first_share is None else whole_s * window.first_share,
        )
        if bound is not None and bound < whole_s
    ]
    starts = [0.0]
    if window.last_s is not None:
        starts.append(whole_s - window.last_s)
    if window.last_share is not None:
        starts.append(whole_s * (1 - window.last_share))
    return max(starts), min([whole_s, *ends]), bool(ends)


def _counted(
    ordered: list[TurnHeard], speaker: Speaker | None, count: int
) -> tuple[frozenset[int], frozenset[int]]:
    """Indexes of the turns that may be among the first `count`, and of those that may not be."""
    kept: list[int] = []
    unsure: list[int] = []
    surely_own = 0
    for number, turn in enumerate(ordered):
        if surely_own >= count:
            break
        kept.append(turn.index)
        if number >= count:
            unsure.append(turn.index)
        surely_own += speaker is None or turn.speaker == speaker
    return frozenset(kept), frozenset(unsure)


def sort_hits(
    found: Sequence[Fact], limits: Limits, search: Search | None = None, *, whose: bool = True
) -> tuple[Hit, ...]:
    """Hits in order of time, each sure or only possible.

    whose: whether it matters who the speaker is; then an unknown one is a doubt.
    """
    if not found:
        return ()
    hits = [Hit(fact, _doubt(fact, limits, search, whose=whose)) for fact in found]
    return in_order(hits)


def in_order(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in order of time."""
    return tuple(sorted(hits, key=_order) if len(hits) > 1 else hits)


def _doubt(fact: Fact, limits: Limits, search: Search | None, *, whose: bool) -> Doubt:
    if isinstance(fact, Candidate):
        return "near_sound"
    if whose and (fact.speaker == "unknown" or (search is not None and fact.turn in search.unsure)):
        return "unknown_speaker"
    return "" if fact.confidence >= limits.sure_hit_confidence else "low_confidence"


def _order(hit: Hit) -> tuple[float, float, str, bool, int, str, str, str, float]:
    """A total order, so that the order in which facts came does not matter."""
    fact = hit.fact
    return (
        fact.start_s,
        fact.end_s,
        fact.kind,
        not hit.sure,
        -1 if fact.turn is None else fact.turn,
        fact.speaker or "",
        fact.quote or "",
        str(fact.value),
        fact.confidence,
    )
