"""A centre of whole calls: CSRs in teams and queues, weak where we planted it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

import numpy as np
from pydantic import AwareDatetime, Field

from qa.domain.call import Call
from qa.domain.rules import Verdict
from qa.domain.script import Script
from qa.simulate.calls import FAULTS, CallPlan, expected_of, simulate_call
from qa.simulate.centre import QUEUES
from transcribe.noun import Noun
from transcribe.transcript import Language

# How often an ordinary CSR breaks each rule when it applies (guess).
USUAL_SHARE = {
    "OPEN-001": 0.06, "OPEN-002": 0.10, "EMP-001": 0.25, "LIS-001": 0.08, "LIS-003": 0.20,
    "ID-001": 0.06, "HOLD-001": 0.12, "HOLD-002": 0.15, "HOLD-003": 0.08, "COU-001": 0.02,
    "PRO-001": 0.20, "CLO-001": 0.18, "CLO-002": 0.08, "CLO-003": 0.03, "VOI-001": 0.08,
    "VOI-003": 0.10,
}  # fmt: skip
# Faults that belong to one skill; a weak CSR has all of a skill's.
SKILL_FAULTS = {
    "opening": ("OPEN-001", "OPEN-002"),
    "verification": ("ID-001",),
    "process": ("HOLD-001", "HOLD-002", "HOLD-003", "PRO-001"),
    "listening": ("LIS-001", "LIS-003"),
    "voice": ("VOI-001", "VOI-003"),
    "empathy": ("EMP-001",),
    "closing": ("CLO-001", "CLO-002"),
}
COMPLAINT_SHARE = (0.10, 0.35, 0.05)  # by queue; guess
HOLD_SHARE = 0.45
PROMISE_SHARE = 0.55
NAMES_ZH = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


class SiteSpec(Noun):
    """What a simulated centre of whole calls looks like; the same seed gives the same calls."""

    csrs: int = Field(default=30, ge=1)
    teams: int = Field(default=3, ge=1)
    calls_a_csr: int = Field(default=30, ge=0)
    days: int = Field(default=90, ge=1)
    weak_a_csr: int = Field(default=1, ge=0)
    weak_gap: float = Field(default=0.35, ge=0, le=1, description="more faults in a weak skill")
    team_fault: tuple[int, str] | None = Field(
        default=(1, "CLO-001"), description="a team that mostly breaks one rule"
    )
    language: Language = "zh"
    start: AwareDatetime = datetime(2025, 1, 6, tzinfo=timezone(timedelta(hours=8)))
    seed: int = 0

    def ending(self, last: date) -> "SiteSpec":
        """The same centre moved in time: its last day with calls is `last`."""
        first = datetime.combine(last - timedelta(days=self.days - 1), time(), self.start.tzinfo)
        return self.model_copy(update={"start": first})


class SimulatedSite(NamedTuple):
    """The planted weaknesses, (csr, skill), and the calls in the order they started."""

    planted: frozenset[tuple[str, str]]
    scripts: Iterator[Script]


class SimulatedPlan(NamedTuple):
    """A call and what each rule would say of it, without a word spoken."""

    call: Call
    verdicts: dict[str, Verdict]


class PlannedSite(NamedTuple):
    """The planted weaknesses and the calls' plans; no script is written."""

    planted: frozenset[tuple[str, str]]
    plans: Iterator[SimulatedPlan]


def plan_site(spec: SiteSpec) -> PlannedSite:
    """A centre of `spec` without its words, for sizes whose every call nobody would read."""
    rng, planted, main_queue, order = _drawn(spec)
    plans = (
        SimulatedPlan(
            call.model_copy(update={"duration_s": 60.0 + 120.0 * plan.hold}), expected_of(plan)
        )
        for call, plan in _planned(spec, rng, planted, main_queue, order)
    )
    return PlannedSite(frozenset(planted), plans)


def simulate_site(spec: SiteSpec) -> SimulatedSite:
    """A centre of `spec`: its truth at once, its calls one by one; deterministic."""
    rng, planted, main_queue, order = _drawn(spec)
    scripts = (
        simulate_call(call, plan, rng, badge=int(call.csr_id or 0))
        for call, plan in _planned(spec, rng, planted, main_queue, order)
    )
    return SimulatedSite(frozenset(planted), scripts)


def _drawn(
    spec: SiteSpec,
) -> tuple[np.random.Generator, set[tuple[str, str]], list[int], list[tuple[int, float, int]]]:
    """The randomness left, planted weaknesses, main queues, and calls by day, hour and CSR."""
    rng = np.random.default_rng(spec.seed)
    skills = tuple(SKILL_FAULTS)
    planted = {
        (f"{1000 + csr}", skills[index])
        for csr in range(spec.csrs)
        for index in rng.choice(len(skills), min(spec.weak_a_csr, len(skills)), replace=False)
    }
    main_queue = rng.integers(0, len(QUEUES), spec.csrs)
    moments = rng.uniform(0, 10, (spec.csrs, spec.calls_a_csr))  # hours after eight
    days = rng.integers(0, spec.days, (spec.csrs, spec.calls_a_csr))
    order = sorted(
        (int(days[csr, n]), float(moments[csr, n]), csr)
        for csr in range(spec.csrs)
        for n in range(spec.calls_a_csr)
    )
    return rng, planted, [int(one) for one in main_queue], order


def _planned(
    spec: SiteSpec,
    rng: np.random.Generator,
    planted: set[tuple[str, str]],
    main_queue: list[int],
    order: list[tuple[int, float, int]],
) -> Iterator[tuple[Call, CallPlan]]:
    for number, (day, hour, csr) in enumerate(order):
        csr_id = f"{1000 + csr}"
        team = csr % spec.teams
        queue = main_queue[csr] if rng.random() < 0.6 else int(rng.integers(len(QUEUES)))
        weak = {fault for skill, faults in SKILL_FAULTS.items() for fault in faults
                if (csr_id, skill) in planted}  # fmt: skip
        shares = [
            USUAL_SHARE[rule]
            + spec.weak_gap * (rule in weak)
            + 0.6 * (spec.team_fault == (team, rule))
            for rule in FAULTS
        ]
        broken = rng.random(len(FAULTS)) < np.array(shares)
        plan = CallPlan(
            complaint=bool(rng.random() < COMPLAINT_SHARE[queue]),
            hold=bool(rng.random() < HOLD_SHARE),
            promise=bool(rng.random() < PROMISE_SHARE),
            faults=frozenset(rule for rule, bad in zip(FAULTS, broken, strict=True) if bad),
        )
        call = Call(
            id=f"sim-{spec.seed}-{number:05d}",
            source=f"sim-{spec.seed}-{number:05d}.call",
            csr_id=csr_id,
            csr_name=f"小{NAMES_ZH[csr % len(NAMES_ZH)]}" if spec.language == "zh" else None,
            team=f"T{team + 1}",
            queue=QUEUES[queue],
            customer_key=f"customer-{int(rng.integers(spec.csrs * 20)):05d}",
            started_at=spec.start + timedelta(days=day, hours=8 + hour),
            language=spec.language,
        )
        yield call, plan
