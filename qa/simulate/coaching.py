"""A centre in which some CSRs were coached, with an effect that is known."""

from dataclasses import dataclass, replace

import numpy as np
from pydantic import Field

from qa.domain.effects import Coached
from qa.domain.marks import Marks
from qa.simulate.centre import SKILL_NAMES, CentreSpec, draw_marks, draw_people, true_share
from transcribe.noun import Noun


class CoachingSpec(Noun):
    """Who is coached and what it does; the centre's `calls_a_csr` count on each side of it."""

    centre: CentreSpec = CentreSpec(planted_a_csr=0, csr_spread=0.06, days=60)
    skill: str = "listening"
    effect: float = Field(default=0.0, description="shift of the coached CSRs' met-rate")
    coached_share: float = Field(default=0.35, gt=0, lt=1)
    drift: float = Field(default=0.03, description="everybody's change after that day, guess")
    chosen: float = Field(
        default=0.8, ge=0, le=1, description="share of the places that go to the lowest met-rates"
    )


@dataclass(frozen=True, eq=False)
class CoachedCentre:
    """Marks before and after `day`, who was coached then, and the truth.

    effect: the coached CSRs' true mean change; less than asked for where rates reach their top.
    effects: each one's own, in the order of `coached`.
    """

    marks: Marks
    coached: tuple[Coached, ...]
    effect: float
    effects: tuple[float, ...]


def simulate_coaching(spec: CoachingSpec) -> CoachedCentre:
    """A centre whose lowest CSRs in one skill were coached half-way; deterministic."""
    rng = np.random.default_rng(spec.centre.seed)
    people = draw_people(spec.centre, rng)
    before, _ = draw_marks(spec.centre, rng, people)
    index = SKILL_NAMES.index(spec.skill)
    inside = before.skill == index
    many = np.bincount(before.csr[inside], minlength=spec.centre.csrs)
    met = np.bincount(before.csr[inside], before.met[inside], spec.centre.csrs)
    places = max(1, round(spec.coached_share * spec.centre.csrs))
    worst = np.argsort(met / np.maximum(many, 1), kind="stable")
    lowest = worst[: round(places * spec.chosen)]
    rest = rng.permutation(np.setdiff1d(worst, lowest))[: places - len(lowest)]
    picked = np.concatenate([lowest, rest])
    ability = people.ability.copy()
    ability[:, index] += spec.drift
    ability[picked, index] += spec.effect
    trained = people._replace(ability=ability)
    after, shift = draw_marks(spec.centre, rng, trained)
    untrained = ability.copy()
    untrained[picked, index] -= spec.effect
    gain = true_share(spec.centre, shift, trained)
    gain -= true_share(spec.centre, shift, people._replace(ability=untrained))
    day = spec.centre.days
    marks = before.and_later(replace(after, day=after.day + day))
    coached = tuple(
        Coached(csr_id=people.names[csr], skill=spec.skill, day=day, course_id="C3")
        for csr in sorted(picked)
    )
    return CoachedCentre(
        marks=marks,
        coached=coached,
        effect=float(gain[picked, index].mean()),
        effects=tuple(float(gain[csr, index]) for csr in sorted(picked)),
    )
