"""Listening noises: the site's list says what takes nobody's word."""

from pathlib import Path

import pytest

from qa.domain.patterns import WordList
from qa.facts.back_channels import back_channels
from qa.packs.words import load_words
from tests.facts.calls import facts_of, patterns, transcript, words
from transcribe.errors import CodedError
from transcribe.transcript import Activity, Language, Turn, Word

LONG = "我跟您说这个问题真的不是这样的您听我说"


def shipped(language: Language) -> tuple[WordList, ...]:
    folder = Path(__file__).parents[2] / "rules" / "words" / language
    return tuple(one for one in load_words(folder) if one.kind == "back_channel")


NOISES = patterns(*shipped("zh"))


@pytest.mark.parametrize(
    ("language", "text", "listening"),
    [
        ("zh", "嗯", True), ("zh", "嗯嗯，对对", True), ("zh", "好的好的。", True),
        ("zh", "嗯 OK 好", True), ("zh", "...", True), ("zh", "對，對", True),
        ("zh", "对，但是我不同意", False), ("zh", "好的我要退款", False), ("zh", "对账单", False),
        ("en", "Uh-huh.", True), ("en", "yeah, right", True), ("en", "I see", True),
        ("en", "Mmm, okay okay", True), ("en", "Uh, yes.", True), ("en", "", True),
        ("en", "no wait", False), ("en", "righteous", False), ("en", "right, but I paid", False),
        ("en", "\udc80", True),
    ],
)  # fmt: skip
def test_back_channels_of_the_shipped_lists(language: Language, text: str, listening: bool) -> None:
    noises = back_channels(patterns(*shipped(language), language=language))
    assert noises is not None
    assert noises.has_only(text) is listening


def test_what_a_listening_noise_is_stands_in_the_sites_list() -> None:
    """The same overlap is talk-over or not, as the list says; without a list the need lacks."""
    heard = transcript(("customer", 0, 9, LONG), ("csr", 3, 4.5, "妥妥的"))
    assert len(facts_of(heard, NOISES).of("talk_over")) == 1
    known = patterns(words("back_channel", "妥妥的"))
    assert facts_of(heard, known).of("talk_over") == ()
    assert "back_channels" not in facts_of(heard, known).missing
    assert facts_of(heard).missing["back_channels"] == "no_word_list"
    empty = patterns(words("back_channel"))
    assert len(facts_of(heard, empty).of("talk_over")) == 1


def test_a_wrong_regex_among_the_listening_noises_is_told() -> None:
    with pytest.raises(CodedError, match="QA301"):
        back_channels(patterns(words("back_channel", regexes=["(嗯"])))


def test_only_the_words_within_the_overlap_make_it_a_listening_noise() -> None:
    """The CSR says "right" into the customer's words and speaks up when they are done."""
    said = Turn(
        speaker="csr", start_s=3.0, end_s=8.0, text="对 我马上给您查",
        words=(
            Word(start_s=3.0, end_s=3.4, text="对", probability=0.9),
            Word(start_s=5.2, end_s=8.0, text=" 我马上给您查", probability=0.9),
        ),
    )  # fmt: skip
    heard = transcript(("customer", 0, 5, LONG)).model_copy(
        update={
            "turns": (*transcript(("customer", 0, 5, LONG)).turns, said),
            "activity": (
                Activity(start_s=0, end_s=5, channel=1),
                Activity(start_s=3.0, end_s=3.4, channel=0),
                Activity(start_s=5.2, end_s=8.0, channel=0),
            ),
            "duration_s": 8.0,
        }
    )
    assert facts_of(heard, NOISES).of("talk_over") == ()
