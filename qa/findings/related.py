"""Which hits stand to each other: the facts that the engine is told, and its answer as hits."""

from collections.abc import Container, Mapping
from typing import NamedTuple

from qa.domain.facts import Fact
from qa.domain.logic import Relate
from qa.findings.engine import Slim, relate
from qa.findings.hits import Hit, Selected, View
from qa.findings.rulesets import Shard

# A join costs the product of its hits; a condition with more of them in one call is not related
# to others: such a leaf is unknown. 100 hits joined with 100 take 0.2 s, 200 with 200 0.6 s
# (measured); a call of an hour has some 30 hits of its commonest wording.
MAX_JOINED = 100

Hits = Mapping[str, tuple[Hit, ...]]
Relations = Mapping[str, Relate]


class Related(NamedTuple):
    """What stands to what. pairs: relation -> (find, anchor) hits that stand so. lacking: `every`
    relation -> anchors that lack their `find`."""

    pairs: Mapping[str, tuple[tuple[Hit, Hit], ...]]
    lacking: Mapping[str, tuple[Hit, ...]]

    def without(self, relations: Container[str]) -> "Related":
        """What is left when nothing is known of these relations."""
        return Related(
            {key: found for key, found in self.pairs.items() if key not in relations},
            {key: found for key, found in self.lacking.items() if key not in relations},
        )

    def __or__(self, other: "Related") -> "Related":
        return Related({**self.pairs, **other.pairs}, {**self.lacking, **other.lacking})


def related_hits(
    shard: Shard,
    relations: Relations,
    hits: Hits,
    view: View,
    selected: Mapping[str, Selected],
    *,
    each: str | None = None,
) -> Related:
    """How hits of the shard's joined uses stand to each other, by these of its relations.

    What could not be measured stands to nothing. each: a use of which every hit is the first and
    the last.
    """
    wanted = _worth_relating(relations, hits)
    found = {use: hits[use] for use in shard.joined if use in wanted and not selected[use].missing}
    if not found:
        return Related({}, {})
    slim, by_id = _slim(shard, found, view, each)
    pairs, lacking = relate(shard, slim)
    return Related(
        {k: tuple([(by_id[f], by_id[a]) for f, a in pairs[k]]) for k in relations if k in pairs},
        {k: tuple([by_id[a] for a in lacking[k]]) for k in relations if k in lacking},
    )


def _worth_relating(relations: Relations, hits: Hits) -> set[str]:
    """The uses whose hits may settle a relation: to what is not there, nothing stands."""
    wanted: set[str] = set()
    for leaf in relations.values():
        if hits[leaf.anchor] and hits[leaf.find]:
            wanted |= {leaf.find, leaf.anchor}
        elif leaf.hit == "every":
            wanted.add(leaf.anchor)
    return wanted


def _slim(
    shard: Shard, hits: Hits, view: View, each: str | None
) -> tuple[list[Slim], dict[str, Hit]]:
    """The hits as the engine's facts, and by the ids they have there.

    Times in whole ms, turns as indexes; only what some rule of the shard tests.
    """
    slim: list[Slim] = []
    by_id: dict[str, Hit] = {}
    numbers: dict[Fact, int] = {}
    for use, found in hits.items():
        last = min(len(found), MAX_JOINED)
        for at, hit in enumerate(found[:MAX_JOINED], start=1):
            own_id = f"{use}h{at:03d}"  # ids sort in order of time
            by_id[own_id] = hit
            fact: dict[str, int | str] = {
                "k": "h",
                "c": use,
                "f": own_id,
                "s": round(hit.fact.start_s * 1000),
                "e": round(hit.fact.end_s * 1000),
                "t": view.turn_of(hit.fact),
            }
            if shard.ranked:
                alone = use == each
                fact |= {"n": 1 if alone else at, "z": int(alone or at == last)}
            if shard.same_turn:
                fact["i"] = numbers.setdefault(hit.fact, len(numbers))
            slim.append(fact)
    return slim, by_id


def beside(own: Hit, related: Related, shard: Shard, each: str) -> Related:
    """What is left of what is related when the use `each` has no other hit."""

    def stands(key: str, find: Hit | None, anchor: Hit) -> bool:
        leaf = shard.relations[key]
        return (leaf.find != each or find is own) and (leaf.anchor != each or anchor is own)

    pairs = {
        key: tuple([pair for pair in found if stands(key, *pair)])
        for key, found in related.pairs.items()
    }
    lacking = {
        key: tuple([anchor for anchor in found if stands(key, None, anchor)])
        for key, found in related.lacking.items()
    }
    return Related(
        {key: found for key, found in pairs.items() if found},
        {key: found for key, found in lacking.items() if found},
    )
