"""Holds: told by the switch, or heard."""

from collections.abc import Sequence

from qa.domain.call import Call
from qa.domain.facts import Fact
from qa.facts.voiced import Stretch, Voiced, gaps, merged, within_s
from transcribe.transcript import Transcript

VERSION = "1"
# A heard hold lasts at least this long; the same limit as dead air (guess).
_MIN_HEARD_S = 3.0
# The silence must begin this soon after the hold notice: time for the customer's "okay" (guess).
_AFTER_NOTICE_S = 6.0
# Without a notice only lasting sound (music) tells a hold: so much of the silence it must fill,
# and so long it must last, or breath and keyboard on an open line would be one (guess; read off
# recorded calls at hand, where a CSR's typing filled pauses of up to 5 s).
_MUSIC_SHARE = 0.8
_MIN_MUSIC_S = 8.0
_HEARD_CONFIDENCE = 0.8


def holds(
    call: Call, transcript: Transcript, voiced: Voiced, notices: Sequence[Fact]
) -> tuple[Fact, ...]:
    """Facts of kind "hold", value its seconds, sorted by start.

    notices: facts of kind "hold_notice"; only the CSR's and unknown speakers' count.
    The switch's events are exact; an event without an end lasts until speech begins again.
    Without events a hold is heard: nobody speaks for 3 s or more, soon after a hold notice or
    filled by lasting sound such as music for 8 s or more. Without activity nothing is heard.
    """
    if call.events is not None:
        spans = [
            Stretch(event.start_s, _end_s(event.start_s, event.end_s, transcript, voiced))
            for event in call.events
            if event.kind == "hold"
        ]
        return tuple(_fact(span, 1.0) for span in merged(spans) if span.duration_s > 0)
    if not transcript.activity:
        return ()
    ends_s = [fact.end_s for fact in notices if fact.speaker != "customer"]
    return tuple(
        _fact(gap, _HEARD_CONFIDENCE)
        for gap in gaps(voiced.anybody, transcript.duration_s)
        if gap.duration_s >= _MIN_HEARD_S and gap.start_s > 0 and _is_hold(gap, ends_s, voiced)
    )


def _is_hold(gap: Stretch, notices_end_s: Sequence[float], voiced: Voiced) -> bool:
    # Half a second back: the last word's time may lie a little after the voice's end.
    noticed = any(-0.5 <= gap.start_s - end_s <= _AFTER_NOTICE_S for end_s in notices_end_s)
    filled_s = within_s(voiced.other, gap.start_s, gap.end_s)
    music = gap.duration_s >= _MIN_MUSIC_S and filled_s >= _MUSIC_SHARE * gap.duration_s
    return noticed or music


def _end_s(start_s: float, end_s: float | None, transcript: Transcript, voiced: Voiced) -> float:
    if end_s is not None:
        return max(start_s, min(end_s, max(transcript.duration_s, start_s)))
    later = [s.start_s for s in voiced.anybody if s.start_s > start_s]
    later += [turn.start_s for turn in transcript.turns if turn.start_s > start_s]
    return min(later, default=max(transcript.duration_s, start_s))


def _fact(span: Stretch, confidence: float) -> Fact:
    return Fact(
        kind="hold",
        start_s=round(span.start_s, 3),
        end_s=round(span.end_s, 3),
        value=round(span.duration_s, 3),
        unit="s",
        confidence=confidence,
    )
