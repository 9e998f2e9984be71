"""The demo's simulated centre: thirty CSRs over three months, judged by the real rules."""

from datetime import date, datetime, timedelta
from pathlib import Path

from qa.domain.coaching import Window
from qa.domain.evaluations import Answer
from qa.domain.promises import PromiseEntry
from qa.flow.answering import give_answer
from qa.flow.appeals import decide_appeal, raise_appeal
from qa.flow.coaching import propose_plans
from qa.flow.development import ask, questions
from qa.flow.gathered import Gathered, day_of, gathered
from qa.flow.opened import Opened, open_site
from qa.flow.simulated import keep_scripts
from qa.flow.site import SETTINGS, init_site
from qa.flow.standing import Centre, centre_of
from qa.simulate.callbacks import with_callbacks
from qa.simulate.site import SiteSpec, simulate_site
from qa.store.centre_views import PromiseFilter

FOLDER = "centre"
# A call takes about 18 ms here, so twenty a CSR keep the demo's share under half a minute.
SPEC = SiteSpec(csrs=30, teams=3, calls_a_csr=20, days=90, seed=5)
KEPT_SHARE = 0.9  # of promised calls back are made; what is left fills the day's list (guess)
SETTLED_AFTER_DAYS = 3  # fatal items and promises older than this were seen to by then
LATE_OF = 8  # one of so many promises that no call could close was kept late (guess)
OWNER = "demo"
QA = "demo QA"


def open_centre(site: Path) -> tuple[Opened, bool]:
    """The simulated centre beside a demo site, and whether its calls are still to be made."""
    folder = site / FOLDER
    if not (folder / SETTINGS).exists():
        init_site(folder)
        settings = folder / SETTINGS
        text = settings.read_text("utf-8").replace("recorded_share: 1.0", "recorded_share: 0.02")
        settings.write_text(text.replace("# on_duty: 25", "on_duty: 25"), "utf-8")
    opened = open_site(str(folder))
    made = opened.store.graded_state().evaluations
    return opened, made < SPEC.csrs * SPEC.calls_a_csr


def fill_centre(opened: Opened, *, today: date) -> None:
    """Every call of the centre, made and judged; the last of them are of yesterday.

    Doing it again on the same day stores nothing twice; on a later one it moves the calls.
    """
    spec = SPEC.ending(today - timedelta(days=1))
    until = spec.start + timedelta(days=spec.days)
    scripts = simulate_site(spec).scripts
    made = with_callbacks(scripts, share=KEPT_SHARE, seed=spec.seed, until=until)
    keep_scripts(opened.store, opened.packs(), made, limits=opened.limits)


def centre_view(opened: Opened, *, now: datetime) -> tuple[Centre, Gathered]:
    """The centre as its views read it, with what people would have entered by now: fatal items
    confirmed, promises closed, plans proposed for who is surely weak, an appeal decided, another
    and a question that wait."""
    packs = opened.packs_to_read()
    site = gathered(str(opened.required.folder))
    if not questions(opened.store):
        _confirm_fatal(opened, site, now)
        _close_promises(opened, now)
        _contest(opened, now)
        ask(opened.store, "1003", "停机保号怎么收费？", call_id=None, owner="", now=now)
        site = gathered(str(opened.required.folder))
    centre = centre_of(opened.store, packs, Window(), file=opened.columns_file)
    if not opened.store.plans():
        propose_plans(opened.store, packs, centre, owner=OWNER, now=now)
    return centre, site


def _confirm_fatal(opened: Opened, site: Gathered, now: datetime) -> None:
    """The planted faults are real, so a person who listens finds the items not met."""
    packs = opened.packs()
    items = opened.store.centre.fatal_items()
    for one in opened.store.centre.fatal_pending():
        if one.day is None or (site.today(now) - day_of(one.day)).days < SETTLED_AFTER_DAYS:
            continue
        for item in items[one.call_id]:
            answer = Answer(ref_id=item, verdict="not_met", by=QA, reason="已听录音确认", at=now)
            give_answer(opened.store, packs, one.call_id, answer)


def _close_promises(opened: Opened, now: datetime) -> None:
    """What no later call closes, a refund for example, somebody looked up and entered."""
    settled_by = now - timedelta(days=SETTLED_AFTER_DAYS)
    ledger = opened.store.centre
    for one in ledger.promises(PromiseFilter(overdue=True), now=settled_by):
        late = one.id % LATE_OF == 0
        ledger.enter_promise(
            PromiseEntry(
                promise_id=one.id, status="late" if late else "kept", at=now, by=OWNER,
                note="系统查询：已办结" if not late else "系统查询：晚了两天",
            )
        )  # fmt: skip


def _contest(opened: Opened, now: datetime) -> None:
    """Two appeals about the latest marks for a wait without notice: one decided, one open."""
    settings = opened.required.settings
    graded = [
        one.record.call_id
        for one in opened.store.latest_evaluations()
        for item in one.record.evaluation.items
        if (item.ref_id, item.verdict, item.source) == ("HOLD-2", "not_met", "machine")
    ]
    for call_id in graded[-2:]:
        call = opened.store.call(call_id)
        raise_appeal(
            opened.store, call_id, "HOLD-2", wanted="met", role="csr",
            by=(call and call.csr_id) or "-", reason="客户自己去找合同，让我别挂",
            days=settings.appeal_days, answer_hours=settings.appeal_answer_hours,
            now=now,
        )  # fmt: skip
    if len(graded) > 1:
        decide_appeal(
            opened.store, opened.packs(), graded[-2], "HOLD-2", "upheld", by=QA,
            reason="等待前没有告知，客户也没有说要去找东西", now=now,
        )  # fmt: skip
