"""A rule's logic as the engine and the wording read it: conditions by their short names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import comb, prod
from typing import Literal

from qa.domain.logic import All, Any_, AtLeast, Exists, Leaf, Logic, Not, Relate

PARTS = ("only_if", "unless", "met_when")
Part = Literal["only_if", "unless", "met_when", "waived"]
MAX_CONJUNCTIONS = 64  # guess: far above any rule a person can read


class TooWide(Exception):
    """A logic that expands into more than MAX_CONJUNCTIONS conjunctions; `count` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


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
    """`all`, `any` or at least `n` of the parts, or `not` the only one."""

    op: Literal["all", "any", "at_least", "not"]
    parts: tuple["Node", ...]
    n: int = 1


Node = Branch | Twig


def leaves_of(tree: Logic) -> tuple[Leaf, ...]:
    """The leaves of a tree, in reading order."""
    if isinstance(tree, All | Any_ | AtLeast):
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
    return (leaf.find,) if isinstance(leaf, Exists) else ()


def truth_of(node: Node, truth: Mapping[str, bool | None]) -> Truth:
    """The node's value after Kleene; a leaf that `truth` lacks or has as None is unknown."""
    if isinstance(node, Twig):
        return truth.get(node.key)
    return combined(node, [truth_of(part, truth) for part in node.parts])


def combined(node: Branch, values: Sequence[Truth]) -> Truth:
    """The branch's value after Kleene, of its parts' values."""
    if node.op == "not":
        return None if values[0] is None else not values[0]
    wanted = {"all": len(values), "any": 1}.get(node.op, node.n)
    holding = values.count(True)
    if holding >= wanted:
        return True
    return None if holding + values.count(None) >= wanted else False


def normal_form(node: Node, value: bool) -> list[tuple[Literal_, ...]]:
    """Conjunctions of (leaf key, truth), any of which makes the node `value`.

    Raises TooWide, before they are spelled out: there may be more than fit in memory.
    """
    if isinstance(node, Twig):
        return [((node.key, value),)]
    if node.op == "not":
        return normal_form(node.parts[0], not value)
    parts = [normal_form(part, value) for part in node.parts]
    wanted = {"all": len(parts), "any": 1}.get(node.op, node.n)
    together = wanted if value else len(parts) - wanted + 1  # so many parts settle the branch
    if together == 1:
        lines = list(dict.fromkeys(chain.from_iterable(parts)))
        if len(lines) > MAX_CONJUNCTIONS:
            raise TooWide(len(lines))
        return lines
    count = comb(len(parts), max(together, 0))
    if count <= MAX_CONJUNCTIONS:
        chosen = list(combinations(parts, max(together, 0)))
        count = sum(prod(len(part) for part in some) for some in chosen)
    if count > MAX_CONJUNCTIONS:
        raise TooWide(count)
    joined = (
        tuple(dict.fromkeys(chain.from_iterable(one))) for some in chosen for one in product(*some)
    )
    # What holds a leaf both true and false never fires.
    return list(
        dict.fromkeys(one for one in joined if not any((key, not v) in one for key, v in one))
    )
