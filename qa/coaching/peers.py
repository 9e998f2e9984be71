"""Peers: who is steadily strong where a colleague is weak, and who could teach part-time."""

from collections import Counter
from collections.abc import Sequence

from pydantic import Field

from qa.domain.estimates import SkillEstimate
from qa.domain.text import Text
from transcribe.noun import Noun

MOST_PARTNERS = 2  # colleagues one strong CSR helps at once (guess, guard 2)
TRAINER_CHANCES = 60  # steadily strong: seen so often (guess)


class PeerPair(Noun):
    """A colleague strong in what a CSR is weak in, and why those two."""

    csr_id: str
    skill: str
    peer_id: str
    same_team: bool
    why: Text


class TrainerProposal(Noun):
    """A CSR steadily strong in a skill, who could train others part-time."""

    csr_id: str
    skill: str
    gap_low: float = Field(description="at least so far above the team, 97.5 % sure")
    chances: int
    why: Text


def match_peers(estimates: Sequence[SkillEstimate]) -> tuple[PeerPair, ...]:
    """A partner for each surely weak skill, the widest gap first, own team before others.

    A partner is surely above their team (the interval starts above 0), is not falling, and
    helps at most two colleagues. No partner: no pair.
    """
    busy: Counter[str] = Counter()
    found = []
    weak = [one for one in estimates if one.standing == "below"]
    for one in sorted(weak, key=lambda e: (e.gap, e.csr_id, e.skill)):
        partners = [
            peer
            for peer in estimates
            if peer.skill == one.skill and is_strong(peer) and busy[peer.csr_id] < MOST_PARTNERS
        ]
        best = min(
            partners,
            key=lambda p: (p.team != one.team, busy[p.csr_id], -p.gap_low, p.csr_id),
            default=None,
        )
        if best is None:
            continue
        busy[best.csr_id] += 1
        found.append(_pair(one, best))
    return tuple(found)


def propose_trainers(estimates: Sequence[SkillEstimate]) -> tuple[TrainerProposal, ...]:
    """CSRs with steady strength in a skill, surest first; for 兼职培训讲师 (T5)."""
    steady = [one for one in estimates if is_strong(one) and one.chances >= TRAINER_CHANCES]
    return tuple(
        TrainerProposal(
            csr_id=one.csr_id,
            skill=one.skill,
            gap_low=one.gap_low,
            chances=one.chances,
            why=Text(
                zh=f"{one.chances} 次机会，比同组同类通话至少高 {one.gap_low:.0%}，没有下滑。",
                en=f"{one.chances} chances, at least {one.gap_low:.0%} above the team on the "
                "same kinds of calls, and not falling.",
            ),
        )
        for one in sorted(steady, key=lambda e: (-e.gap_low, e.csr_id))
    )


def is_strong(one: SkillEstimate) -> bool:
    """True where a CSR is surely above the team and not surely falling."""
    return one.gap_low > 0 and one.trend_high >= 0


def _pair(one: SkillEstimate, peer: SkillEstimate) -> PeerPair:
    same = peer.team == one.team
    where = Text(zh="同组" if same else "外组", en="same team" if same else "another team")
    return PeerPair(
        csr_id=one.csr_id,
        skill=one.skill,
        peer_id=peer.csr_id,
        same_team=same,
        why=Text(
            zh=f"{one.csr_id} 比同组低 {-one.gap:.0%}；"
            f"{peer.csr_id}（{where.zh}）高 {peer.gap:.0%}，{peer.chances} 次机会。",
            en=f"{one.csr_id} is {-one.gap:.0%} under the team; {peer.csr_id} ({where.en}) is "
            f"{peer.gap:.0%} above it over {peer.chances} chances.",
        ),
    )
