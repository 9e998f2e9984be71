"""Private data that was masked before the transcript was written."""

from qa.domain.facts import Fact
from transcribe.transcript import Transcript

VERSION = "1"


def private(transcript: Transcript) -> tuple[Fact, ...]:
    """One fact of the mask's own kind (pii_bank_card, pii_phone ...) a mask; never its content.

    quote: what stands in the turn's text now, the masked characters.
    """
    found = []
    for mask in transcript.masks:
        turn = transcript.turns[mask.turn]
        found.append(
            Fact(
                kind=mask.kind,
                turn=mask.turn,
                speaker=turn.speaker,
                start_s=mask.start_s,
                end_s=mask.end_s,
                quote=turn.text[mask.start : mask.end] or None,
            )
        )
    return tuple(found)
