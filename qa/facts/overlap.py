"""Both sides speaking at once: talk-over, and interruption."""

from typing import NamedTuple

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.facts.back_channels import BackChannels
from qa.facts.voiced import BREATH_S, Stretch, Voiced, merged
from transcribe.transcript import Speaker, Transcript, Turn

VERSION = "2"
# Voice detectors find edges to about this, so an overlap may be so much shorter than the limit.
_EDGE_S = 0.05
# Who interrupts goes on at least this long after the other stopped (guess: a syllable or two).
_GOES_ON_S = 0.3


class Overlap(NamedTuple):
    """Two stretches of talking that overlap; `second` began second."""

    span: Stretch
    first: tuple[Speaker, Stretch]
    second: tuple[Speaker, Stretch]


def overlaps(voiced: Voiced) -> tuple[Overlap, ...]:
    """Where CSR and customer speak at once, sorted. Empty unless both are known apart."""
    csr = merged(voiced.by.get("csr", ()), gap_s=BREATH_S)
    customer = merged(voiced.by.get("customer", ()), gap_s=BREATH_S)
    found = []
    i = j = 0
    while i < len(csr) and j < len(customer):
        a, b = csr[i], customer[j]
        start_s, end_s = max(a.start_s, b.start_s), min(a.end_s, b.end_s)
        if start_s < end_s:
            sides: list[tuple[Speaker, Stretch]] = [("csr", a), ("customer", b)]
            if b.start_s < a.start_s:
                sides.reverse()
            found.append(Overlap(Stretch(start_s, end_s), sides[0], sides[1]))
        if a.end_s <= b.end_s:
            i += 1
        else:
            j += 1
    return tuple(found)


def talk_over(
    transcript: Transcript, voiced: Voiced, limits: Limits, noises: BackChannels | None
) -> tuple[Fact, ...]:
    """Facts of kind "talk_over" (both speak at once) and "interruption", value seconds.

    speaker: who started second; turn: that speaker's turn there, where there is one.
    A talk-over in which the second speaker makes listening noises only (嗯, right) is none. An
    interruption is one of `min_interruption_s` or more in which the first speaker stops and the
    second goes on, and said more than listening noises.
    One channel gives none, since nobody can tell who interrupts whom.
    noises: the site's listening noises; None where it has no list: everything counts.
    """
    found = []
    for overlap in overlaps(voiced):
        if overlap.span.duration_s < limits.min_talk_over_s:
            continue
        index, turn = _turn_of(transcript, overlap)
        if not _only_listens(_said_meanwhile(turn, overlap.span), noises):
            found.append(_fact("talk_over", overlap, index))
        if (
            overlap.span.duration_s >= limits.min_interruption_s - _EDGE_S
            and overlap.second[1].end_s - overlap.first[1].end_s >= _GOES_ON_S
            and not _only_listens(turn.text if turn else None, noises)
        ):
            found.append(_fact("interruption", overlap, index))
    return tuple(found)


def _only_listens(text: str | None, noises: BackChannels | None) -> bool:
    return text is not None and noises is not None and noises.has_only(text)


def _said_meanwhile(turn: Turn | None, span: Stretch) -> str | None:
    """The turn's words within the overlap; the whole turn where its words have no times."""
    if turn is None or not turn.words:
        return None if turn is None else turn.text
    said = [w.text for w in turn.words if w.start_s < span.end_s and w.end_s > span.start_s]
    return " ".join(said) if said else turn.text


def _turn_of(transcript: Transcript, overlap: Overlap) -> tuple[int | None, Turn | None]:
    """The second speaker's turn that shares most time with their stretch of talking."""
    speaker, stretch = overlap.second
    best: tuple[float, int] | None = None
    for index, turn in enumerate(transcript.turns):
        if turn.start_s >= stretch.end_s:
            break
        shared_s = min(turn.end_s, stretch.end_s) - max(turn.start_s, stretch.start_s)
        if turn.speaker == speaker and shared_s > 0 and (best is None or shared_s > best[0]):
            best = (shared_s, index)
    return (None, None) if best is None else (best[1], transcript.turns[best[1]])


def _fact(kind: str, overlap: Overlap, turn: int | None) -> Fact:
    return Fact(
        kind=kind,
        turn=turn,
        speaker=overlap.second[0],
        start_s=round(overlap.span.start_s, 3),
        end_s=round(overlap.span.end_s, 3),
        value=round(overlap.span.duration_s, 3),
        unit="s",
    )
