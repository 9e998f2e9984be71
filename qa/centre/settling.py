"""What later calls tell of a promise."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from qa.domain.promises import Promise, PromiseStatus


class Later(NamedTuple):
    """A later call of the same customer: `to_customer` when we called them."""

    call_id: str
    at: datetime
    to_customer: bool


def settled(promise: Promise, later: Sequence[Later], *, entered: bool) -> Promise:
    """The promise after what the customer's later calls tell of it.

    later: calls with the customer that began after it was said, by time. A promise to get in
    touch is kept by the first call to the customer, late when that came after its due time. Any
    other promise stays open: a call to the customer may have kept it and is noted for a person.
    The customer's own calls while it is open are counted. What a person entered stands.
    """
    if promise.said_at is None:
        return promise
    ours = next((one for one in later if one.to_customer), None)
    end = ours.at if ours and promise.in_touch else None
    chased = sum(not one.to_customer and (end is None or one.at < end) for one in later)
    changes: dict[str, object] = {"chased": chased, "followed_by": ours and ours.call_id}
    if not entered:
        status: PromiseStatus = "open"
        if ours and promise.in_touch:
            late = promise.due_at is not None and ours.at > promise.due_at
            status = "late" if late else "kept"
        closed = status != "open" and ours is not None
        changes |= {
            "status": status,
            "closed_at": ours.at if closed and ours else None,
            "closed_by": ours.call_id if closed and ours else None,
        }
    return promise.model_copy(update=changes)
