"""A site whose calls are gathered: what every view over the centre begins with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from qa.domain.contacts import OTHER, Topic
from qa.domain.text import Text
from qa.flow.gather import UNIX_DAY, GatherRules, gather, gather_rules
from qa.flow.opened import Opened, open_site
from qa.packs.topics import load_topics
from qa.store.graded import Told
from qa.store.store import Store
from transcribe.errors import CodedError

OTHER_TITLE = Text(zh="其他", en="other")
NO_DEPARTMENT = Text(zh="未分部门", en="no department")


@dataclass(frozen=True)
class Gathered:
    """An open site with its topics; everything stored of its calls is gathered."""

    opened: Opened
    rules: GatherRules

    @property
    def store(self) -> Store:
        return self.opened.store

    @property
    def zone(self) -> ZoneInfo:
        return self.rules.zone

    @property
    def topics(self) -> tuple[Topic, ...]:
        return self.rules.topics

    def title_of(self, topic: str) -> Text:
        """The topic's title; its id where the file no longer has it."""
        return next((one.title for one in self.topics if one.id == topic), _unknown(topic))

    def department_of(self, topic: str) -> Text:
        """Who can do something about the topic."""
        return next((one.department for one in self.topics if one.id == topic), NO_DEPARTMENT)

    def today(self, now: datetime) -> date:
        """The day it is at the site."""
        return now.astimezone(self.zone).date()

    def last_day(self, now: datetime) -> date:
        """Today, or the last day that has calls where that is earlier: a site that stands still
        is looked at as of its last day."""
        days = self.store.centre.day_range()
        today = self.today(now)
        return min(today, day_of(days[1])) if days else today


def gathered(option: str | None, *, told: Told | None = None) -> Gathered:
    """The site named by `--site`, gathered. Raises QA852, those of `open_site`, `load_topics`.

    told: see `gather`.
    """
    opened = open_site(option)
    site = opened.required
    rules = gather_rules(site, load_topics(opened.root, name=opened.place))
    gather(opened.store, rules, told=told)
    return Gathered(opened, rules)


def require_csr(site: Gathered, csr_id: str) -> None:
    """Raises QA850 for a CSR without calls."""
    if not site.store.centre.has_csr(csr_id):
        known = ", ".join(site.store.centre.csr_ids()[:20]) or "-"
        raise CodedError("QA850", place=csr_id, csr=csr_id, options=known)


def require_team(site: Gathered, team: str) -> None:
    """Raises QA880 for a team without calls."""
    known = site.store.centre.teams()
    if team not in known:
        raise CodedError("QA880", place=team, team=team, options=", ".join(known[:20]) or "-")


def number_of(day: date) -> int:
    """Days from 1970, as calls carry them."""
    return day.toordinal() - UNIX_DAY


def day_of(number: int) -> date:
    """The day of a number of days from 1970."""
    return date.fromordinal(number + UNIX_DAY)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment the day begins at the site, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _unknown(topic: str) -> Text:
    return OTHER_TITLE if topic == OTHER else Text(zh=topic, en=topic)
