"""Titles of items, read without checking or compiling the packs."""

from pathlib import Path

from qa.domain.text import Text
from qa.packs.scorecards import read_scorecard
from transcribe.errors import CodedError, CodedErrors


def item_titles(root: Path) -> dict[str, Text]:
    """Item -> its title, of every scorecard under the root that can be read.

    A card with a fault gives no titles here; `qa check` tells what is wrong with it.
    """
    found: dict[str, Text] = {}
    for path in sorted((root / "scorecards").glob("*/*.yaml")):
        try:
            card, _ = read_scorecard(path, name=path.name)
        except (CodedError, CodedErrors):
            continue
        for item in card.items if card is not None else ():
            found.setdefault(item.ref_id, item.title)
    return found
