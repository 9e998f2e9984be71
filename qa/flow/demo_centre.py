"""The demo's simulated centre: thirty CSRs over three months, judged by the real rules."""

from datetime import UTC, datetime
from pathlib import Path

from qa.domain.coaching import Window
from qa.flow.coaching import propose_plans
from qa.flow.opened import Opened, open_site
from qa.flow.simulated import keep_scripts
from qa.flow.site import SETTINGS, init_site
from qa.flow.standing import Centre, centre_of
from qa.simulate.site import SiteSpec, simulate_site

FOLDER = "centre"
# A call takes about 18 ms here, so twenty a CSR keep the demo's share under a quarter minute.
SPEC = SiteSpec(csrs=30, teams=3, calls_a_csr=20, days=90, seed=5)
TODAY = datetime(2025, 4, 7, 1, tzinfo=UTC)  # the Monday after the simulated three months
OWNER = "demo"


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


def fill_centre(opened: Opened) -> None:
    """Every call of the centre, made and judged; doing it again stores nothing twice."""
    keep_scripts(opened.store, opened.packs(), simulate_site(SPEC).scripts, limits=opened.limits)


def centre_view(opened: Opened) -> Centre:
    """The centre as its views read it, with plans proposed for who is surely weak."""
    packs = opened.packs_to_read()
    centre = centre_of(opened.store, packs, Window(), file=opened.columns_file)
    if not opened.store.plans():
        propose_plans(opened.store, packs, centre, owner=OWNER, now=TODAY)
    return centre
