"""How much of what leads write about people is praise (duty M2)."""

from datetime import datetime

from qa.flow.development import ledger
from qa.store.store import Store


def praise_and_plans(store: Store, *, since: datetime, now: datetime) -> tuple[int, int]:
    """Recognitions given and coaching plans made in the time, since <= t <= now."""
    praised = sum(
        one.given_at is not None and since <= one.given_at <= now for one in ledger(store)
    )
    plans = sum(since.date() <= one.made_on <= now.date() for one in store.plans())
    return praised, plans
