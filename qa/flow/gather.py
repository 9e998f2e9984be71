"""通话 -> 中心: what each call tells, gathered once into the columns that views read."""

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from pydantic import Field

from qa.centre.settling import Later, settled
from qa.centre.workdays import Workdays, workdays_of
from qa.domain.contacts import Topic
from qa.domain.keys import digest_of
from qa.domain.limits import Limits
from qa.domain.promises import Promise
from qa.flow.site import Site
from qa.store.centre_views import LaterCall
from qa.store.graded import Told
from qa.store.store import Store
from transcribe.noun import Noun

VERSION = "5"  # raised when what is gathered of the same facts changes
BATCH = 100  # guess: calls a transaction
CUSTOMERS = 200  # guess: customers at once
UNIX_DAY = date(1970, 1, 1).toordinal()


class GatherRules(Noun):
    """What gathering needs of a site; its digest tells when all is to be gathered again."""

    time_zone: str
    country: str
    off: tuple[date, ...] = ()
    on: tuple[date, ...] = ()
    topics: tuple[Topic, ...] = ()
    sure: float = Field(default=Limits().sure_hit_confidence, ge=0, le=1)

    @property
    def digest(self) -> str:
        return digest_of([VERSION, self.model_dump(mode="json")])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def workdays(self) -> Workdays:
        return workdays_of(self.country, self.off, self.on)


def gather_rules(site: Site, topics: tuple[Topic, ...]) -> GatherRules:
    """The site's zone, working days, topics, and what it takes for surely heard."""
    ours = site.settings
    return GatherRules(
        time_zone=ours.time_zone,
        country=ours.holiday_country,
        off=ours.days_off,
        on=ours.extra_workdays,
        topics=topics,
        sure=ours.limits.sure_hit_confidence,
    )


def gather(store: Store, rules: GatherRules, *, told: Told | None = None) -> int:
    """How many calls were gathered: those that are new, graded again, corrected or whose topics,
    zone or working days changed. Again at once it finds nothing to do.

    told: hears how many calls were looked at, and how many are to be.
    """
    digest = rules.digest
    waiting, reach = store.centre.ungathered(digest)
    gatherer = None
    customers: set[str] = set()
    done = 0
    for start in range(0, len(waiting), BATCH):
        if told is not None:
            told(start, len(waiting))
        inputs = store.centre.gather_inputs(waiting[start : start + BATCH], digest)
        if not inputs:
            continue
        if gatherer is None:
            from qa.flow.gatherer import Gatherer  # what hears the words; most views need it not

            gatherer = Gatherer(rules.topics, rules.zone, rules.workdays, digest, sure=rules.sure)
        contacts = [gatherer.contact(one, gatherer.own_words(store, one)) for one in inputs]
        store.centre.save_contacts(contacts)
        customers.update(one.customer_key for one in contacts if one.customer_key)
        done += len(contacts)
    _settle(store, sorted(customers))
    if waiting:
        store.centre.save_reach(reach)
    return done


def _settle(store: Store, customers: Sequence[str]) -> None:
    """What the customers' later calls tell of the promises made to them."""
    for start in range(0, len(customers), CUSTOMERS):
        keys = customers[start : start + CUSTOMERS]
        promises, entered, calls = store.centre.customer_promises(keys)
        by_customer: dict[str, list[LaterCall]] = {}
        for call in calls:
            by_customer.setdefault(call.customer_key, []).append(call)
        changed = []
        for promise in promises:
            later = _later(promise, by_customer.get(promise.customer_key or "", ()))
            found = settled(promise, later, entered=promise.id in entered)
            if found != promise:
                changed.append(found)
        if changed:
            store.centre.save_settled(changed)


def _later(promise: Promise, calls: Iterable[LaterCall]) -> list[Later]:
    own = promise.call_id.split("#")[0]
    return [
        Later(call.call_id, call.at, call.outbound)
        for call in calls
        if promise.said_at is not None
        and call.at > promise.said_at
        and call.call_id.split("#")[0] != own
    ]
