from pathlib import Path

import numpy as np
import pytest

from qa.domain.call import Call
from qa.domain.script import read_script
from qa.flow.stages import judge
from qa.packs.load import load_packs
from qa.simulate.calls import FAULTS, CallPlan, script_text, simulate_call
from qa.simulate.site import SiteSpec, simulate_site
from transcribe.transcript import Language

PACKS = load_packs(Path(__file__).parents[2])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seed", range(12))
def test_the_real_rules_find_what_was_planted_and_nothing_else(
    language: Language, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    plan = CallPlan(
        complaint=bool(seed % 3 == 0),
        hold=bool(seed % 2),
        promise=bool(seed % 4),
        faults=frozenset(rule for rule in FAULTS if rng.random() < 0.2),
    )
    script = simulate_call(Call(id="s", source="s.call", language=language), plan, rng)
    found = judge(script.call, script.transcript, PACKS).findings
    verdicts = {finding.rule_id: finding.verdict for finding in found}
    wanted = {one.rule_id: one.verdict for one in script.expectations}
    assert {rule: verdicts[rule] for rule in wanted} == wanted


def test_a_simulated_call_can_be_written_and_read_back() -> None:
    rng = np.random.default_rng(0)
    script = simulate_call(Call(id="s", source="s.call"), CallPlan(hold=True), rng)
    back = read_script(script_text(script), name="s.call")
    assert back.transcript.turns == script.transcript.turns
    assert back.call.events == script.call.events


def test_the_same_seed_gives_the_same_calls() -> None:
    spec = SiteSpec(csrs=3, teams=1, calls_a_csr=2)
    first, second = (
        [script_text(script) for script in simulate_site(spec).scripts] for _ in range(2)
    )
    assert first == second
    assert len(first) == 6


def test_a_centre_without_calls_has_none() -> None:
    site = simulate_site(SiteSpec(csrs=2, teams=1, calls_a_csr=0, weak_a_csr=2))
    assert list(site.scripts) == []
    assert len(site.planted) == 4
