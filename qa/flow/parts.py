"""The parts of a transferred call: each CSR answers for their own (contract 8)."""

from qa.domain.call import Call, CallEvent
from transcribe.transcript import Transcript


def parts_of(call: Call, transcript: Transcript) -> tuple[tuple[Call, Transcript], ...]:
    """The call itself, or one call a CSR where transfer events say when and to whom.

    The first part keeps the id; later ones are "id#2", "id#3". Times stay those of the
    recording. What follows a transfer to nobody named belongs to no CSR and is left out.
    """
    transfers = [e for e in call.events or () if e.kind == "transfer"]
    if not transfers:
        return ((call, transcript),)
    bounds_s = [0.0, *(event.start_s for event in transfers), transcript.duration_s]
    owners = [call.csr_id, *(event.to for event in transfers)]
    parts = []
    for number, owner in enumerate(owners):
        start_s, end_s = bounds_s[number], bounds_s[number + 1]
        if (number > 0 and owner is None) or end_s <= start_s:
            continue
        last = number == len(owners) - 1
        part = call.model_copy(
            update={
                "id": call.id if number == 0 else f"{call.id}#{number + 1}",
                "csr_id": owner,
                "csr_name": call.csr_name if number == 0 else None,
                "hung_up_by": call.hung_up_by if last else None,
                "events": _events(call.events or (), start_s, end_s, last=last),
            }
        )
        parts.append((part, _cut(transcript, start_s, end_s)))
    return tuple(parts)


def _events(
    events: tuple[CallEvent, ...], start_s: float, end_s: float, *, last: bool
) -> tuple[CallEvent, ...]:
    """The part's events; a transfer belongs to the part that it ends."""
    return tuple(
        event
        for event in events
        if (start_s <= event.start_s < end_s and event.kind != "transfer")
        or (event.kind == "transfer" and event.start_s == end_s and not last)
    )


def _cut(transcript: Transcript, start_s: float, end_s: float) -> Transcript:
    """Turns and activity that begin inside the stretch; the recording ends where it ends."""
    kept = [i for i, turn in enumerate(transcript.turns) if start_s <= turn.start_s < end_s]
    moved = {index: number for number, index in enumerate(kept)}
    return transcript.model_copy(
        update={
            "turns": tuple(transcript.turns[i] for i in kept),
            "activity": tuple(a for a in transcript.activity if start_s <= a.start_s < end_s),
            "masks": tuple(
                mask.model_copy(update={"turn": moved[mask.turn]})
                for mask in transcript.masks
                if mask.turn in moved
            ),
            "duration_s": min(end_s, transcript.duration_s),
        }
    )
