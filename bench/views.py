"""How long each view takes on a large centre, in a process that runs and as a command of its own.

python -m bench.views [SITE]: an existing site, or a drawn one of 500 CSRs over a year in a
temporary folder (some minutes to make). The rival reads each evaluation as its noun, as the views
did before columns; it is timed on a sample of calls and scaled to all. Kept files of the site are
made anew.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from qa.domain.coaching import Window
from qa.domain.training import TrainingEvent
from qa.flow.advise import advise, evaluated_of
from qa.flow.centre_report import report_of
from qa.flow.coaching import effects_of, plan_effects_of, propose_plans
from qa.flow.curriculum import gap_matrix, hours_of
from qa.flow.day_list import day_list
from qa.flow.development import developments, praise_of
from qa.flow.drawn_centre import keep_plans
from qa.flow.gathered import gathered
from qa.flow.opened import Opened, open_site
from qa.flow.outcomes import beside
from qa.flow.radar import radar_of
from qa.flow.site import init_site
from qa.flow.standing import Centre, centre_of, estimates_of, overview
from qa.packs.titles import item_titles
from qa.simulate.site import SiteSpec, plan_site
from qa.store.records import CallFilter

CSRS, CALLS, DAYS = 500, 240, 365
SAMPLE = 1000
NOW = datetime(2026, 1, 5, tzinfo=UTC)
NEW_CALLS_A_CSR = 1
COMMANDS = (
    "--version", "coach", "coach 1000", "plan", "curriculum", "curriculum hours", "course peers",
    "effect", "develop", "develop 1000", "praise", "ask", "today --on 2026-01-05", "promises",
    "complaints", "outcomes", "target", "report --month", "distributions",
)  # fmt: skip


def made(folder: Path) -> Opened:
    """A drawn site where every third CSR was trained and everybody weak has a plan."""
    init_site(folder)
    opened = open_site(str(folder))
    began_s = time.perf_counter()
    spec = SiteSpec(csrs=CSRS, teams=CSRS // 15, calls_a_csr=CALLS, days=DAYS)
    kept = keep_plans(opened.store, opened.packs_to_read(), plan_site(spec).plans)
    print(f"{kept} calls drawn and kept in {time.perf_counter() - began_s:.0f} s")
    train(opened)
    return opened


def train(opened: Opened) -> None:
    """Courses in turn for every third CSR in the middle of the year, and the year's plans."""
    packs = opened.packs_to_read()
    centre = centre_of(opened.store, packs, Window(), file=opened.columns_file)
    for number, csr in enumerate(centre.marks.csrs[::3]):
        course = packs.courses[number % len(packs.courses)]
        at = NOW - timedelta(days=170 + number % 30)
        event = TrainingEvent(csr_id=csr, course_id=course.id, kind="attended", at=at)
        opened.store.save_training(event, at=at, by="bench")
    propose_plans(opened.store, packs, centre, owner="bench", now=NOW)


def timed(name: str, view: Callable[[], object], rival_s: float) -> object:
    began_s, before_s = time.perf_counter(), time.process_time()
    shown = view()
    took_s, used_s = time.perf_counter() - began_s, time.process_time() - before_s
    print(f"{name:46} {took_s:6.2f} s {used_s:6.2f} s {rival_s / max(took_s, 1e-9):6.0f} x",
          flush=True)  # fmt: skip
    return shown


def timed_command(words: str, opened: Opened) -> None:
    """Wall and processor seconds of the whole command, the better of two runs."""
    run = [sys.executable, "-m", "qa", *words.split()]
    if not words.startswith("-"):
        run += ["--site", str(opened.root)]
    best = (float("inf"), float("inf"))
    for _ in range(2):
        began_s, before = time.perf_counter(), os.times()
        done = subprocess.run(run, capture_output=True, check=False)
        after = os.times()
        used_s = (after.children_user + after.children_system) - (
            before.children_user + before.children_system
        )
        best = min(best, (time.perf_counter() - began_s, used_s))
    failed = f"   exit status {done.returncode}" if done.returncode else ""
    print(f"qa {words:43} {best[0]:6.2f} s {best[1]:6.2f} s{failed}", flush=True)


def rival(opened: Opened) -> float:
    """Seconds that reading every evaluation as JSON would take."""
    ids = [str(one) for one in opened.store.graded_columns().call_id]
    sample = tuple(ids[:: max(1, len(ids) // SAMPLE)][:SAMPLE])
    packs = opened.packs_to_read()
    began_s = time.perf_counter()
    evaluated_of(opened.store.latest_evaluations(CallFilter(call_ids=sample)), opened.store, packs)
    return (time.perf_counter() - began_s) * len(ids) / len(sample)


def main() -> None:
    with tempfile.TemporaryDirectory() as held:
        opened = open_site(sys.argv[1]) if len(sys.argv) > 1 else made(Path(held) / "site")
        now_s = rival(opened)
        print(f"rival, JSON of every form: {now_s:.0f} s")
        print("\nin one process (a web view): wall, processor, the rival over wall")
        forget(opened)
        coaching_views(opened, now_s)
        centre_views(opened, now_s)
        print("\nas commands, each a process of its own: wall, processor")
        for words in COMMANDS:
            timed_command(words, opened)


def forget(opened: Opened) -> None:
    """Removes what views keep beside the database, but not the packs that were checked."""
    file = opened.columns_file
    if file is not None:
        for kept in (file, *file.parent.glob("*.json")):
            if kept.name not in ("packs.json", "shipped.json"):
                kept.unlink(missing_ok=True)


def coaching_views(opened: Opened, now_s: float) -> None:
    store, packs = opened.store, opened.packs_to_read()

    def centre() -> Centre:
        return centre_of(store, packs, Window(), file=opened.columns_file)

    timed("evaluations, read from the database once", centre, now_s)
    spec = SiteSpec(csrs=CSRS, teams=CSRS // 15, calls_a_csr=NEW_CALLS_A_CSR, days=1, seed=99)
    fresh = keep_plans(store, packs, plan_site(spec).plans)
    timed(f"evaluations, {fresh} new calls", centre, now_s)
    timed("evaluations, nothing new", centre, now_s)
    found = centre()
    print(f"  {found.counts.columns.size} calls, {len(found.counts.columns.at)} items")
    for when in ("first time", "kept"):
        found = centre()  # as the next view of a process would begin
        views: dict[str, Callable[[Centre], object]] = {
            "estimates": lambda of: estimates_of(of, packs),
            "list of every CSR": lambda of: overview(of, packs),
            "gaps of teams and queues, cohorts": lambda of: gap_matrix(
                store, packs, of, today=NOW.date()
            ),
            "praise": praise_of,
            "effects of courses and trainers": lambda of: effects_of(store, packs, of),
            "effects of plans": lambda of: plan_effects_of(store, packs, of),
        }
        for name, view in views.items():
            timed(f"{name}, {when}", lambda view=view, of=found: view(of), now_s)  # type: ignore[misc]
    timed("one CSR with places and wording",
          lambda: advise(store, packs, window=Window(), csr_id="1000"), now_s)  # fmt: skip
    timed("quiet hours", lambda: hours_of(found, opened.required.settings), now_s)
    timed("everybody's path", lambda: developments(opened, packs, found, now=NOW), now_s)
    timed("one CSR's path",
          lambda: developments(opened, packs, found, now=NOW, csr_id="1000"), now_s)  # fmt: skip


def centre_views(opened: Opened, now_s: float) -> None:
    option = str(opened.root)
    timed("calls gathered, what was new", lambda: gathered(option), now_s)
    timed("calls gathered, nothing new", lambda: gathered(option), now_s)
    site, last = gathered(option), NOW.date() - timedelta(days=5)
    first = last - timedelta(days=89)
    timed("the day's list", lambda: day_list(site, now=NOW), now_s)
    timed("complaint radar", lambda: radar_of(site, to_day=last, days=7), now_s)
    timed("outcomes of a quarter", lambda: beside(site, first=first, last=last), now_s)
    titles = lambda: item_titles(opened.root)  # noqa: E731
    timed("report of a month", lambda: report_of(site, "month", last, titles=titles), now_s)


if __name__ == "__main__":
    main()
