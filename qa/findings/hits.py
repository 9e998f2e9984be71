"""Hits: the facts a condition selects, and the window it searched."""

from dataclasses import dataclass, field

from qa.domain.facts import Candidate, Fact, Facts, TurnHeard
from qa.domain.limits import Limits
from qa.domain.rules import Window
from transcribe.transcript import Span, Speaker


@dataclass(frozen=True, slots=True)
class Hit:
    """One fact that fits a condition. `sure` is false for a near sound, a low confidence
    or an unknown speaker: such a hit may decide nothing alone (contract 1)."""

    fact: Fact
    sure: bool

    @property
    def possible_because(self) -> str:
        """ "" when sure, else near_sound, low_confidence or unknown_speaker."""
        if self.sure:
            return ""
        if isinstance(self.fact, Candidate):
            return "near_sound"
        return "unknown_speaker" if self.fact.speaker == "unknown" else "low_confidence"


@dataclass(frozen=True, slots=True)
class Search:
    """Where a condition looked: the time, the turns it read, and how well they were heard."""

    span: Span
    turns: tuple[TurnHeard, ...] = ()

    def holds(self, fact: Fact) -> bool:
        """True when the fact begins inside the window, and in a turn that was read."""
        if not self.span.start_s <= fact.start_s <= self.span.end_s:
            return False
        return fact.turn is None or any(turn.index == fact.turn for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Selected:
    """What one condition found: hits sorted by time, the search, what it lacked.

    missing: (need, reason code) of a measurement that the call does not have; the condition
    is then unknown, whatever the hits.
    """

    hits: tuple[Hit, ...] = ()
    search: Search | None = None
    nearest: Candidate | None = None
    missing: tuple[str, str] | None = None
    wanted: tuple[str, ...] = field(default=())


def heard_share(turns: tuple[TurnHeard, ...]) -> float:
    """Share (0-1) of the turns' words that were heard well; 1 where no word was said."""
    words = sum(turn.words for turn in turns)
    return sum(turn.heard_words for turn in turns) / words if words else 1.0


def search_of(facts: Facts, speaker: Speaker | None, window: Window | None) -> Search:
    """The stretch and the turns a condition searches.

    Turns are counted among the speaker's own; several bounds of one window all hold.
    """
    own = tuple(t for t in facts.turns if speaker is None or t.speaker in (speaker, "unknown"))
    start_s, end_s = 0.0, max([facts.duration_s, *(turn.end_s for turn in facts.turns)])
    if window is None:
        return Search(Span(start_s=start_s, end_s=end_s), own)
    whole_s = end_s
    if window.first_s is not None:
        end_s = min(end_s, window.first_s)
    if window.last_s is not None:
        start_s = max(start_s, whole_s - window.last_s)
    if window.first_share is not None:
        end_s = min(end_s, whole_s * window.first_share)
    if window.last_share is not None:
        start_s = max(start_s, whole_s * (1 - window.last_share))
    if window.first_turns is not None and own:
        own = own[: window.first_turns]
        end_s = min(end_s, own[-1].end_s)
    if window.last_turns is not None and own:
        own = own[-window.last_turns :]
        start_s = max(start_s, own[0].start_s)
    end_s = max(start_s, end_s)
    inside = tuple(turn for turn in own if turn.end_s > start_s and turn.start_s <= end_s)
    return Search(Span(start_s=start_s, end_s=end_s), inside)


def sort_hits(facts: list[Fact], limits: Limits) -> tuple[Hit, ...]:
    """Hits in order of time, each sure or only possible."""
    hits = [
        Hit(
            fact,
            sure=not isinstance(fact, Candidate)
            and fact.confidence >= limits.sure_hit_confidence
            and fact.speaker != "unknown",
        )
        for fact in facts
    ]
    return tuple(
        sorted(
            hits,
            key=lambda h: (h.fact.start_s, h.fact.end_s, h.fact.kind, h.sure, h.fact.quote or ""),
        )
    )
