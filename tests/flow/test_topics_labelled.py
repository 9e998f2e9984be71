"""The topic lists on labelled complaints: what they find, and what they call by a wrong name."""

from pathlib import Path
from typing import NamedTuple

import pytest

from qa.facts.behaviours import behaviours
from qa.facts.said import said
from qa.flow.topics import topic_matchers
from qa.packs.topics import load_topics
from transcribe.transcript import Language, Turn

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "labelled_topics"


class Counted(NamedTuple):
    """Topics labelled, topics told, and how many of both agree; wrong: (text, labels, told)."""

    labelled: int
    told: int
    right: int
    wrong: list[tuple[str, set[str], set[str]]]

    @property
    def recall(self) -> float:
        return self.right / self.labelled

    @property
    def precision(self) -> float:
        return self.right / self.told


def turns_of(language: Language, part: str = "") -> list[tuple[set[str], str]]:
    """(topics, words) of every labelled turn."""
    found = []
    for line in (FOLDER / f"{language}{part}.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            topics, _, text = line.partition("|")
            found.append(({one.strip() for one in topics.split(",")} - {"-"}, text.strip()))
    return found


def counted(language: Language, part: str = "") -> Counted:
    """How the shipped lists do on the language's labelled turns."""
    matcher = topic_matchers(load_topics(ROOT))[language]
    labelled = told = right = 0
    wrong = []
    for topics, text in turns_of(language, part):
        turn = Turn(speaker="customer", start_s=0, end_s=9, text=text)
        found = {hit.kind for hit in behaviours(said((turn,), language), matcher) if hit.quote}
        labelled, told, right = (
            labelled + len(topics), told + len(found), right + len(topics & found),
        )  # fmt: skip
        if found != topics:
            wrong.append((text, topics, found))
    return Counted(labelled, told, right, wrong)


# Mended on these turns, so the floors say only that nothing was lost since.
@pytest.mark.parametrize("language", ["zh", "en"])
def test_labelled_complaints_find_their_topics(language: Language) -> None:
    found = counted(language)
    assert len(turns_of(language)) >= 60
    assert found.recall >= 0.95
    assert found.precision >= 0.90


# Not mended on: complaints told without the topic's own words, of which lists find a few.
@pytest.mark.parametrize(
    ("language", "recall", "precision"), [("zh", 0.18, 0.8), ("en", 0.14, 0.5)]
)
def test_complaints_without_cue_words_are_seldom_given_a_wrong_topic(
    language: Language, recall: float, precision: float
) -> None:
    found = counted(language, "_hard")
    assert found.recall >= recall
    assert found.precision >= precision


def test_every_label_is_a_topic_and_every_topic_is_labelled() -> None:
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        topics = {one.id for one in load_topics(ROOT) if one.language == language}
        labels = {one for topics_, _ in turns_of(language) for one in topics_}
        assert labels == topics


# Sentences that only look like a topic: each was told wrongly once.
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "评分4.5分以上，门票免费的景点有吗"),
        ("zh", "那就去十渡孤山寨吧"),
        ("zh", "回音壁的评分高吗"),
        ("zh", "我打过来问一下，上次说的事情有结果了吗"),
        ("zh", "我的合同什么时候到期"),
        ("en", "can you tell me what you offer for students"),
        ("en", "I will deal with it tomorrow"),
    ],
)
def test_what_only_looks_like_a_topic_is_none(language: Language, text: str) -> None:
    matcher = topic_matchers(load_topics(ROOT))[language]
    turn = Turn(speaker="customer", start_s=0, end_s=9, text=text)
    assert [hit.kind for hit in behaviours(said((turn,), language), matcher) if hit.quote] == []
