"""Topic files: ours are sound, and every fault of a site's own is told at its place."""

from pathlib import Path

import pytest

from qa.flow.topics import topic_faults
from qa.packs.topics import load_topics
from qa.packs.topics_error_texts import TEXTS
from transcribe.errors import CodedErrors

ROOT = Path(__file__).parents[2]
GOOD = """topics:
  - id: delivery
    title: {zh: 物流, en: Delivery}
    department: {zh: 物流部, en: Logistics}
    phrases: [快递]
"""


def test_ours_compile_and_are_the_same_in_both_languages() -> None:
    topics = load_topics(ROOT)
    by_language = {
        language: [one for one in topics if one.language == language] for language in ("zh", "en")
    }
    assert {one.id for one in by_language["zh"]} == {one.id for one in by_language["en"]}
    for zh, en in zip(by_language["zh"], by_language["en"], strict=True):
        assert (zh.title, zh.department) == (en.title, en.department)


def faults(folder: Path, text: str) -> list[str]:
    path = folder / "rules" / "topics" / "zh.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    with pytest.raises(CodedErrors) as caught:
        load_topics(folder)
    for error in caught.value.errors:
        if error.code in TEXTS:
            assert error.text("zh", TEXTS) != error.text("en", TEXTS)
    return [f"{error.code} {error.place}" for error in caught.value.errors]


def test_a_wording_that_is_no_pattern_is_told() -> None:
    wrong = load_topics(ROOT)[0].model_copy(update={"regexes": ("(",)})
    assert [one.code for one in topic_faults([wrong])] == ["QA301"]
    assert topic_faults(load_topics(ROOT)) == []


def test_a_site_without_topics_has_none(tmp_path: Path) -> None:
    assert load_topics(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("topic: []", "QA213 rules/topics/zh.yaml:1:1"),
        (GOOD + GOOD.removeprefix("topics:\n"), "QA258 rules/topics/zh.yaml:6:5"),
        (GOOD.replace("delivery", "other"), "QA258 rules/topics/zh.yaml:2:5"),
        (GOOD.replace("    phrases: [快递]\n", ""), "QA259 rules/topics/zh.yaml:2:5"),
        (GOOD.replace("phrases", "words"), "QA210 rules/topics/zh.yaml:5:5"),
    ],
)
def test_faults_are_told_at_their_place(tmp_path: Path, text: str, wanted: str) -> None:
    assert wanted in faults(tmp_path, text)
