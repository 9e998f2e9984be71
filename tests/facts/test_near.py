"""Near sounds: what a recogniser may have misheard."""

import pytest

from qa.domain.limits import Limits
from qa.domain.patterns import Patterns, Phrase
from qa.facts.near import NEAREST_LIMIT
from qa.facts.pinyin import difference, syllables
from tests.facts.calls import near, patterns, words

ZH = patterns(
    words("hold_thanks", "感谢您的耐心等待", "让您久等了", near=True),
    words("apology", "对不起", "非常抱歉", "抱歉", near=True),
    words("closing", "祝您生活愉快", near=True),
)
EN = patterns(
    words("hold_thanks", "thank you for your patience", language="en", near=True),
    words("closing", "have a great day", "goodbye", language="en", near=True),
    language="en",
)


@pytest.mark.parametrize(
    ("found", "heard", "kind"),
    [
        # What the base model made of 感谢您的耐心等待.
        (ZH, "不看宪宁的耐心等待", "hold_thanks"),
        (ZH, "让您就等了", "hold_thanks"),
        (ZH, "对不齐给您添麻烦", "apology"),
        (ZH, "飞常抱欠", "apology"),
        (ZH, "主您声活于快", "closing"),
        (EN, "thank you for your patients", "hold_thanks"),
        (EN, "have a grate day", "closing"),
    ],
)
def test_misheard_wordings_are_possible_hits(found: Patterns, heard: str, kind: str) -> None:
    (candidate,) = [c for c in near(heard, found=found) if c.kind == kind]
    assert candidate.distance <= Limits().near_distance
    assert candidate.quote
    assert candidate.quote in heard


@pytest.mark.parametrize(
    "heard", ["您的余额是三百二十元", "这款手机有三种颜色", "我帮您查一下物流", "好的", "嗯"]
)
def test_other_words_are_not_near(heard: str) -> None:
    assert [c for c in near(heard, found=ZH) if c.distance <= Limits().near_distance] == []


def test_a_sure_hit_leaves_no_candidate() -> None:
    assert [c.kind for c in near("感谢您的耐心等待", found=ZH)] == []


def test_words_surely_heard_as_another_wording_are_no_candidate() -> None:
    both = patterns(
        words("closing", "感谢您的来电", near=True),
        words("hold_thanks", "感谢您的耐心等待", near=True),
    )
    assert near("感谢您的来电", found=both) == ()


@pytest.mark.parametrize(
    ("pattern", "heard"),
    [
        # A wording that runs through the whole sentence, and one inside what was misheard.
        ("给您登记[^。]*答复", "给您登记了，手里边号是八八二，七天内给您答复"),
        ("八八二", "给您登记了，手里边号是八八二"),
    ],
)
def test_a_longer_or_shorter_wording_around_it_leaves_the_candidate(
    pattern: str, heard: str
) -> None:
    both = patterns(
        words("promise", regexes=(pattern,)),
        words("case_number", "受理编号是八八", near=True),
    )
    found = [c for c in near(heard, found=both) if c.kind == "case_number"]
    assert [c.quote for c in found] == ["手里边号是八八"]


def test_what_is_excluded_is_no_near_sound_either() -> None:
    ours = patterns(words("refund", "给您退款", excludes=("(不能|没法)给您退.",), near=True))
    assert near("我们不能给您退款", found=ours) == ()
    assert near("我们没法给您退宽", found=ours) == ()
    (candidate,) = near("我们马上给您退宽", found=ours)
    assert candidate.quote == "给您退宽"


def test_short_wordings_must_sound_the_same() -> None:
    short = patterns(words("k", "抱歉", "嗯哼", near=True))
    assert [c.distance for c in near("很报欠", found=short)] == [0.0]
    assert near("很抱团", found=short) == ()
    assert near("good buy", found=patterns(words("k", "goodbye", language="en", near=True),
                                           language="en")) == ()  # fmt: skip


def test_beyond_the_limit_only_the_nearest_of_the_call_is_kept() -> None:
    got = near("感谢您的来电", "感谢您的支持", "他的耐性不错", found=ZH)
    far = [c for c in got if c.distance > Limits().near_distance]
    assert len({c.kind for c in far}) == len(far)
    assert all(c.distance <= NEAREST_LIMIT for c in got)


def test_wanted_is_the_wording_as_people_wrote_it() -> None:
    (candidate,) = near("不看宪宁的耐心等待", found=patterns(ZH.lists[0]))
    assert candidate.wanted == "感谢您的耐心等待"


def test_phrases_of_rules_have_candidates_of_their_own() -> None:
    phrases = (
        Phrase(key="A", phrases=("稍后会有专人联系您",)),
        Phrase(key="B", phrases=("稍后会有专人联系您",), near=False),
    )
    got = near("烧后会有专人连系您", found=patterns(phrases=phrases))
    assert [(c.kind, c.value) for c in got] == [("phrase", "A")]


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("是", "事", 0, 0), ("是", "四", 0.01, 0.1), ("您", "宁", 0.01, 0.1),
        ("行", "航", 0, 0), ("来", "电", 0.6, 1), ("a", "是", 1, 1),
    ],
)  # fmt: skip
def test_syllables(one: str, other: str, least: float, most: float) -> None:
    assert least <= difference(one, other) <= most
    assert difference(one, other) == difference(other, one)


def test_polyphones_have_all_readings() -> None:
    assert {"xing", "hang"} <= {initial + final for initial, final in syllables("行")}
