"""Masks become facts that say what kind of thing was said, and nothing of it."""

from qa.facts.private import private
from transcribe.transcript import Mask, Transcript, Turn


def test_a_mask_is_a_fact_of_its_kind() -> None:
    turns = (
        Turn(start_s=0, end_s=2, speaker="csr", text="the number please"),
        Turn(start_s=2, end_s=9, speaker="customer", text="it is **** **** thanks"),
    )
    mask = Mask(turn=1, kind="pii_bank_card", start=6, end=15, start_s=3.0, end_s=7.5)
    said = Transcript(language="en", duration_s=10, channels=2, turns=turns, masks=(mask,))
    (fact,) = private(said)
    assert (fact.kind, fact.turn, fact.speaker) == ("pii_bank_card", 1, "customer")
    assert (fact.start_s, fact.end_s, fact.quote) == (3.0, 7.5, "**** ****")


def test_nothing_masked() -> None:
    assert private(Transcript(language="zh", duration_s=1, channels=1, turns=())) == ()
