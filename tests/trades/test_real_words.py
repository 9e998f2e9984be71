"""The trades' lists on dialogues that others wrote: MultiDoGO's finance intents, CrossWOZ replies.

First looked at when the lists stood: precision/recall 53/54 and 53/65 (card_lost), 3/4 and 3/19
(disputes), 76/86 and 76/112 (account_change). What it showed was mended since, so the floors
below guard against getting worse and are no measure of unseen calls.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from qa.domain.patterns import Patterns
from qa.facts.matcher import Matcher
from qa.facts.reading import read
from qa.flow.shipped import shipped_root
from qa.packs.words import load_words
from transcribe.transcript import Language

DATA = Path(__file__).parents[3] / "shared" / "data"
MULTIDOGO = DATA / "multidogo" / "dev.jsonl"
CROSSWOZ = DATA / "crosswoz_zh" / "val.jsonl"
# Lists that speak against the CSR; none has a use in giving directions and restaurants.
ACCUSING = (
    "blame_shift", "complaint_refused", "denial", "cancel_obstructed", "guaranteed_return",
    "review_pressure", "address_read_out",
)  # fmt: skip


def matcher(language: Language, kinds: Iterable[str]) -> Matcher:
    wanted = set(kinds)
    lists = load_words(shipped_root() / "rules" / "words" / language)
    kept = tuple(words for words in lists if words.kind in wanted)
    assert {words.kind for words in kept} == wanted
    return Matcher(Patterns(language=language, lists=kept, digest="some"))


def rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("kinds", "intents", "precision", "recall"),
    [
        (("card_lost",), {"reportlostcard"}, 0.95, 0.85),
        (("dispute_raised", "unauthorised_use", "charge_dispute"), {"disputecharge"}, 0.75, 0.75),
        (("account_change",), {"updateaddress", "transfermoney", "closeaccount"}, 0.87, 0.75),
    ],
)
def test_customers_of_a_bank(
    kinds: tuple[str, ...], intents: set[str], precision: float, recall: float
) -> None:
    lists = matcher("en", kinds)
    every = range(len(lists.entries))
    found = [
        (bool(lists.find(read(row["text"], "en"), every)), bool(intents & set(row["intent"])))
        for row in rows(MULTIDOGO)
        if row["domain"] == "finance" and row["text"]
    ]
    hits = found.count((True, True))
    assert hits / (hits + found.count((True, False))) >= precision
    assert hits / (hits + found.count((False, True))) >= recall


def test_helpful_replies_are_not_accused() -> None:
    lists = matcher("zh", ACCUSING)
    every = range(len(lists.entries))
    replies = [
        turn["text"]
        for row in rows(CROSSWOZ)
        for turn in row["turns"]
        if turn["role"] != "customer"
    ]
    assert len(replies) > 4000
    assert [text for text in replies if lists.find(read(text, "zh"), every)] == []
