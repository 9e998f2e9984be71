"""How long each coaching view takes on a large centre, beside reading every form's JSON.

python -m bench.views [SITE]: an existing site, or a drawn one of 500 CSRs over a year in a
temporary folder (some minutes to make). The rival reads each evaluation as its noun, as the views
did before columns; it is timed on a sample of calls and scaled to all.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from qa.domain.coaching import Window
from qa.flow.advise import advise, evaluated_of
from qa.flow.curriculum import gap_matrix, hours_of
from qa.flow.development import developments, praise_of
from qa.flow.drawn_centre import keep_plans
from qa.flow.opened import Opened, open_site
from qa.flow.site import init_site
from qa.flow.standing import Centre, centre_of, estimates_of, overview
from qa.simulate.site import SiteSpec, plan_site
from qa.store.records import CallFilter

CSRS, CALLS, DAYS = 500, 240, 365
SAMPLE = 1000
COMMANDS = ("coach", "coach 1000", "curriculum", "curriculum hours", "plan", "develop 1000")


def made(folder: Path) -> Opened:
    init_site(folder)
    opened = open_site(str(folder))
    began_s = time.perf_counter()
    spec = SiteSpec(csrs=CSRS, teams=CSRS // 15, calls_a_csr=CALLS, days=DAYS)
    kept = keep_plans(opened.store, opened.packs_to_read(), plan_site(spec).plans)
    print(f"{kept} calls drawn and kept in {time.perf_counter() - began_s:.0f} s")
    return opened


def timed(name: str, view: Callable[[], object], rival_s: float) -> object:
    began_s = time.perf_counter()
    shown = view()
    took_s = time.perf_counter() - began_s
    print(f"{name:44} {took_s:7.2f} s   {rival_s / max(took_s, 1e-9):7.0f} x")
    return shown


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
        measure(opened)


def measure(opened: Opened) -> None:
    store, packs, now_s = opened.store, opened.packs_to_read(), rival(opened)
    print(f"rival, JSON of every form: {now_s:.0f} s\n\nin one process (a web view), x against it")
    for file in (opened.columns_file, opened.estimates_file):
        if file is not None:
            file.unlink(missing_ok=True)

    now = datetime(2026, 1, 5, tzinfo=UTC)

    def centre() -> Centre:
        return centre_of(store, packs, Window(), file=opened.columns_file)

    timed("columns, read from the database once", centre, now_s)
    found = timed("columns, read from the file", centre, now_s)
    assert isinstance(found, Centre)
    print(f"  {found.counts.columns.size} calls, {found.marks.size} marks")
    file = opened.estimates_file
    timed("estimates, first time", lambda: estimates_of(found, packs, file=file), now_s)
    timed("estimates, kept", lambda: estimates_of(found, packs, file=file), now_s)
    timed("list of every CSR", lambda: overview(found, packs), now_s)
    timed("one CSR with places and wording",
          lambda: advise(store, packs, window=Window(), csr_id="1000"), now_s)  # fmt: skip
    timed("gaps of teams and queues, cohorts",
          lambda: gap_matrix(store, packs, found, today=now.date()), now_s)  # fmt: skip
    timed("quiet hours", lambda: hours_of(found, opened.required.settings), now_s)
    timed("praise", lambda: praise_of(found), now_s)
    timed("one CSR's path",
          lambda: developments(opened, packs, found, now=now, csr_id="1000"), now_s)  # fmt: skip
    print("\nas commands, each a process of its own")
    for words in COMMANDS:
        run = [sys.executable, "-m", "qa", *words.split(), "--site", str(opened.root)]
        timed("qa " + words, lambda run=run: subprocess.run(run, capture_output=True), now_s)  # type: ignore[misc]


if __name__ == "__main__":
    main()
