"""A pair's sheet from the store: the weakest skill that has a partner, with places to hear."""

from qa.coaching.peers import match_peers
from qa.domain.coaching import Window
from qa.domain.one_to_one import Clip
from qa.domain.packs import Packs
from qa.domain.pair_sheet import PairSheet
from qa.domain.text import Text
from qa.flow.advise import advise
from qa.flow.development import consenting
from qa.flow.examples import example_of
from qa.flow.standing import Centre
from qa.store.store import Store
from transcribe.errors import CodedError

MOST_PLACES = 3  # guess: what two people hear and rehearse in half an hour


def pair_sheet_of(store: Store, packs: Packs, centre: Centre, csr_id: str) -> PairSheet:
    """The sheet for a CSR. Raises QA850 without calls, QA897 where no colleague is a match."""
    if csr_id not in centre.marks.csrs:
        known = ", ".join(centre.marks.csrs) or "-"
        raise CodedError("QA850", place=csr_id, csr=csr_id, options=known)
    every = match_peers(centre.estimates())
    pairs = [one for one in every if one.csr_id == csr_id]
    if not pairs:
        options = ", ".join(dict.fromkeys(one.csr_id for one in every)) or "-"
        raise CodedError("QA897", place=csr_id, csr=csr_id, options=options)
    pair = pairs[0]
    advice = advise(store, packs, window=Window(), csr_id=csr_id)[0]
    mine = [r.weak_point for r in advice.recommendations if r.weak_point.skill == pair.skill]
    instances = mine[0].instances[:MOST_PLACES] if mine else ()
    willing = consenting(store) & {pair.peer_id}
    examples = []
    for item in dict.fromkeys(one.item for one in instances):
        found = example_of(
            store, centre, csr_id=csr_id, item=item,
            languages=mine[0].languages if mine else (), consenting=willing,
        )  # fmt: skip
        if found is not None:
            quote = Text(zh=f"“{found.quote}”", en=f"“{found.quote}”")
            examples.append(
                Clip(call_id=found.call_id, start_s=found.start_s, item=item, reason=quote)
            )
    titles = {skill.id: skill.title for skill in packs.skills}
    return PairSheet(
        csr_id=csr_id,
        peer_id=pair.peer_id,
        skill=titles.get(pair.skill, Text(zh=pair.skill, en=pair.skill)),
        why=pair.why,
        places=tuple(
            Clip(
                call_id=one.call_id,
                start_s=one.evidence[0].start_s if one.evidence else None,
                item=one.item,
                reason=one.reason,
                say=one.say[:1],
            )
            for one in instances
        ),
        examples=tuple(examples),
    )
