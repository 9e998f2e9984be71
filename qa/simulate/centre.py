"""A centre at the level of marks: CSRs, teams and queues with planted weaknesses."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from pydantic import Field

from qa.domain.marks import Floats, Ints, Marks
from transcribe.noun import Noun


class SimItem(NamedTuple):
    """An item, the points it gives, how often it applies, how often it is met."""

    id: str
    skill: str
    points: float
    applies_share: float
    met_share: float


# The shape of the Mandarin inbound form we ship; shares are guesses of an ordinary centre, with
# items that everybody finds hard (LIS-3, EMP-1, CLO-1) and easy (CLO-3, COU-1).
FORM = (
    SimItem("OPEN-1", "opening", 5, 1.0, 0.93),
    SimItem("OPEN-2", "opening", 3, 1.0, 0.85),
    SimItem("ID-1", "verification", 10, 0.7, 0.93),
    SimItem("HOLD-1", "process", 4, 0.4, 0.80),
    SimItem("HOLD-2", "process", 5, 1.0, 0.88),
    SimItem("PRO-1", "process", 5, 0.5, 0.75),
    SimItem("LIS-1", "listening", 5, 1.0, 0.86),
    SimItem("LIS-2", "listening", 5, 1.0, 0.94),
    SimItem("LIS-3", "listening", 5, 0.9, 0.62),
    SimItem("VOI-1", "voice", 4, 1.0, 0.88),
    SimItem("VOI-2", "voice", 3, 1.0, 0.94),
    SimItem("VOI-3", "voice", 3, 1.0, 0.84),
    SimItem("COU-1", "courtesy", 5, 1.0, 0.96),
    SimItem("COU-2", "courtesy", 3, 1.0, 0.82),
    SimItem("EMP-1", "empathy", 5, 0.3, 0.66),
    SimItem("ACC-1", "knowledge", 15, 1.0, 0.88),
    SimItem("ACC-2", "knowledge", 5, 1.0, 0.76),
    SimItem("REC-1", "record_keeping", 5, 1.0, 0.87),
    SimItem("CLO-1", "closing", 2, 1.0, 0.72),
    SimItem("CLO-2", "closing", 2, 1.0, 0.90),
    SimItem("CLO-3", "closing", 1, 1.0, 0.97),
)
SKILL_NAMES = tuple(dict.fromkeys(item.skill for item in FORM))
QUEUES = ("billing", "fault", "sales")
QUEUE_EFFECT = (0.0, -0.05, 0.02)  # guess: fault calls are harder
COMPLAINT_EFFECT = -0.10  # guess
COMPLAINT_SHARE = (0.08, 0.30, 0.04)  # by queue; guess
LONG_SHARE = 0.25
LONG_EFFECT = -0.03


class CentreSpec(Noun):
    """What a centre looks like; the same seed gives the same centre."""

    csrs: int = Field(default=30, ge=1)
    teams: int = Field(default=3, ge=1)
    calls_a_csr: int = Field(default=60, ge=0)
    days: float = Field(default=90, gt=0)
    planted_a_csr: int = Field(default=2, ge=0)
    planted_gap: float = Field(default=0.15, ge=0, le=1)
    planted_among: tuple[str, ...] = Field(default=(), description="empty: any skill")
    csr_spread: float = Field(default=0.03, ge=0, description="sd of natural differences, guess")
    team_spread: float = Field(default=0.02, ge=0, description="sd between teams, guess")
    call_spread: float = Field(default=0.05, ge=0, description="sd of a call's own luck, guess")
    team_faults: tuple[tuple[int, str, float], ...] = Field(
        default=(), description="(team, item, points of met-rate lost): a common cause"
    )
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Centre:
    """Marks and the truth behind them.

    true_share: [csr, skill] the met-rate each CSR has on the centre's own mix of calls.
    """

    marks: Marks
    planted: frozenset[tuple[str, str]]
    true_share: Floats


def simulate_centre(spec: CentreSpec) -> Centre:
    """A centre of `spec`; deterministic from its seed."""
    rng = np.random.default_rng(spec.seed)
    people = draw_people(spec, rng)
    marks, shift = draw_marks(spec, rng, people)
    return Centre(marks=marks, planted=people.planted, true_share=true_share(spec, shift, people))


class People(NamedTuple):
    """CSRs as they truly are. ability: [csr, skill] shift of the met-rate; queue: the main one."""

    names: tuple[str, ...]
    team_of: Ints
    queue: Ints
    ability: Floats
    planted: frozenset[tuple[str, str]]


def draw_people(spec: CentreSpec, rng: np.random.Generator) -> People:
    """The CSRs of a centre, with their planted weaknesses."""
    skills = SKILL_NAMES
    team_of = np.arange(spec.csrs) % spec.teams
    ability = rng.normal(0, spec.csr_spread, (spec.csrs, len(skills)))
    ability += rng.normal(0, spec.team_spread, (spec.teams, len(skills)))[team_of]
    names = tuple(f"{1000 + n}" for n in range(spec.csrs))
    planted = set()
    among = [skills.index(one) for one in spec.planted_among or skills]
    for csr in range(spec.csrs):
        for skill in rng.choice(among, min(spec.planted_a_csr, len(among)), replace=False):
            ability[csr, skill] -= spec.planted_gap
            planted.add((names[csr], skills[skill]))
    queue = rng.integers(0, len(QUEUES), spec.csrs)
    return People(names, team_of, queue, ability, frozenset(planted))


LOWEST, HIGHEST = 0.02, 0.995  # nobody always fails or never does (guess)
TRUTH_CALLS = 500  # calls over which the truth is averaged


def _share(spec: CentreSpec, item: SimItem, shift: Floats, team: Ints, ability: Floats) -> Floats:
    lost = sum(
        (loss * (team == index) for index, faulty, loss in spec.team_faults if faulty == item.id),
        np.zeros(len(team)),
    )
    return np.clip(item.met_share + shift + ability - lost, LOWEST, HIGHEST)


def true_share(spec: CentreSpec, shift: Floats, people: People) -> Floats:
    """[csr, skill] met-rates on calls with these shifts."""
    team_of, ability, skills = people.team_of, people.ability, SKILL_NAMES
    some = shift[:: max(1, len(shift) // TRUTH_CALLS)] if len(shift) else np.zeros(1)
    truth = np.zeros_like(ability)
    weight = np.zeros(len(skills))
    for item in FORM:
        column = skills.index(item.skill)
        weight[column] += item.applies_share
        for csr in range(spec.csrs):
            team = np.full(len(some), team_of[csr])
            share = _share(spec, item, some, team, np.full(len(some), ability[csr, column]))
            truth[csr, column] += item.applies_share * share.mean()
    return truth / weight


def draw_marks(spec: CentreSpec, rng: np.random.Generator, people: People) -> tuple[Marks, Floats]:
    """Marks of `calls_a_csr` calls of each CSR, and every call's shift of the met-rate."""
    names, team_of, ability, skills = people.names, people.team_of, people.ability, SKILL_NAMES
    calls = spec.csrs * spec.calls_a_csr
    csr_of_call = np.repeat(np.arange(spec.csrs), spec.calls_a_csr)
    day = rng.uniform(0, spec.days, calls)
    # each CSR has a main queue, so that call mix is unequal
    main = people.queue[csr_of_call]
    queue = np.where(rng.random(calls) < 0.6, main, rng.integers(0, len(QUEUES), calls))
    complaint = rng.random(calls) < np.array(COMPLAINT_SHARE)[queue]
    long = rng.random(calls) < LONG_SHARE
    shift = np.array(QUEUE_EFFECT)[queue] + complaint * COMPLAINT_EFFECT + long * LONG_EFFECT
    shift = shift - shift.mean() if calls else shift
    shift = shift + rng.normal(0, spec.call_spread, calls)
    mixes = tuple(
        f"{name}{'/long' if length else ''}{'/complaint' if angry else ''}"
        for name in QUEUES
        for length in (False, True)
        for angry in (False, True)
    )
    mix = queue * 4 + long * 2 + complaint
    columns: list[tuple[Ints, Ints, Floats]] = []
    for index, item in enumerate(FORM):
        own = ability[csr_of_call, skills.index(item.skill)]
        share = _share(spec, item, shift, team_of[csr_of_call], own)
        applies = np.flatnonzero(rng.random(calls) < item.applies_share)
        met = rng.random(len(applies)) < share[applies]
        columns.append((applies, np.full(len(applies), index), met.astype(np.float64)))
    call = np.concatenate([one[0] for one in columns])
    marks = Marks(
        csrs=names,
        teams=tuple(f"T{n + 1}" for n in range(spec.teams)),
        items=tuple(item.id for item in FORM),
        skills=skills,
        mixes=mixes,
        team_of=team_of,
        skill_of=np.array([skills.index(item.skill) for item in FORM]),
        points_of=np.array([item.points for item in FORM], dtype=np.float64),
        csr=csr_of_call[call],
        item=np.concatenate([one[1] for one in columns]),
        mix=mix[call],
        call=call,
        day=day[call],
        met=np.concatenate([one[2] for one in columns]),
    )
    return marks, shift
