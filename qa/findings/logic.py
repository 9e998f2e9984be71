"""A rule's logic as the engine and the wording read it: conditions by their short names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product
from typing import Literal

from qa.domain.logic import All, Any_, Leaf, Logic, Not, Relate, Verdict

PARTS = ("only_if", "unless", "met_when")
Part = Literal["only_if", "unless", "met_when"]
MAX_CONJUNCTIONS = 64  # guess: far above any rule a person can read

Truth = bool | None
Literal_ = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Twig:
    """A leaf of a rule's logic. `leaf` names uses ("c3"), not the rule's own names; equal
    leaves of all rules share one `key` ("l5")."""

    key: str
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Branch:
    """`all` or `any` of the parts, or `not` the only one."""

    op: Literal["all", "any", "not"]
    parts: tuple["Node", ...]


Node = Branch | Twig


def leaves_of(tree: Logic) -> tuple[Leaf, ...]:
    """The leaves of a tree, in reading order."""
    if isinstance(tree, All | Any_):
        return tuple(leaf for part in tree.parts for leaf in leaves_of(part))
    return leaves_of(tree.part) if isinstance(tree, Not) else (tree,)


def twigs_of(node: Node) -> Iterator[Twig]:
    """The leaves of a node, in reading order."""
    if isinstance(node, Twig):
        yield node
    else:
        for part in node.parts:
            yield from twigs_of(part)


def names_in(leaf: Leaf) -> tuple[str, ...]:
    """The conditions a leaf speaks of: `find`, then `anchor`."""
    if isinstance(leaf, Relate):
        return (leaf.find, leaf.anchor)
    return () if isinstance(leaf, Verdict) else (leaf.find,)


def truth_of(node: Node, truth: Mapping[str, bool | None]) -> Truth:
    """The node's value after Kleene; a leaf that `truth` lacks or has as None is unknown."""
    if isinstance(node, Twig):
        return truth.get(node.key)
    values = [truth_of(part, truth) for part in node.parts]
    if node.op == "not":
        return None if values[0] is None else not values[0]
    strong = node.op == "any"
    if strong in values:
        return strong
    return None if None in values else not strong


def normal_form(node: Node, value: bool) -> list[tuple[Literal_, ...]]:
    """Conjunctions of (leaf key, truth), any of which makes the node `value`.

    More than MAX_CONJUNCTIONS are not spelled out: the list is then only too long.
    """
    if isinstance(node, Twig):
        return [((node.key, value),)]
    if node.op == "not":
        return normal_form(node.parts[0], not value)
    parts = [normal_form(part, value) for part in node.parts]
    if (node.op == "any") == value:
        return list(dict.fromkeys(chain.from_iterable(parts)))
    count = 1
    for part in parts:
        count *= len(part)
    if count > MAX_CONJUNCTIONS:
        return [()] * count
    joined = (tuple(dict.fromkeys(chain.from_iterable(one))) for one in product(*parts))
    # What holds a leaf both true and false never fires.
    return list(
        dict.fromkeys(one for one in joined if not any((key, not v) in one for key, v in one))
    )
