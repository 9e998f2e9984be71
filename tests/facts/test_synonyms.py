"""Synonym groups in phrases, regexes and lists; wordings with a tolerance; token patterns."""

import pytest

from qa.domain.limits import Limits
from qa.domain.patterns import Phrase, phrases_of
from qa.domain.synonyms import (
    MAX_WORDINGS,
    TooManyWordings,
    list_with,
    names_in,
    phrase_with,
    regex_with,
    wordings,
)
from tests.facts.calls import facts_of, near, patterns, said, transcript, words
from transcribe.errors import CodedError

GROUPS = {"card": ("银行卡", "卡"), "lost": ("丢了", "掉了", "a+b"), "many": ("x",) * 20}


@pytest.mark.parametrize(
    ("phrase", "made"),
    [
        ("我的<card><lost>", ["我的银行卡丢了", "我的银行卡掉了", "我的银行卡a+b", "我的卡丢了",
                          "我的卡掉了", "我的卡a+b"]),
        ("没有组", ["没有组"]),
        ("a < b > c", ["a < b > c"]),
    ],
)  # fmt: skip
def test_wordings(phrase: str, made: list[str]) -> None:
    assert list(wordings(phrase, GROUPS)) == made


def test_a_phrase_stands_for_a_bounded_number_of_wordings() -> None:
    with pytest.raises(TooManyWordings) as caught:
        wordings("<many><many>", GROUPS)
    assert caught.value.count == 400 > MAX_WORDINGS
    with pytest.raises(KeyError):
        wordings("<other>", GROUPS)


def test_regexes_hold_groups_as_alternatives_but_not_their_own_names() -> None:
    assert regex_with("(?P<card>x)(?<lost>y)", GROUPS) == "(?P<card>x)(?<lost>y)"
    assert regex_with("(?:我)?<lost>", GROUPS) == r"(?:我)?(?:丢了|掉了|a\+b)"
    assert names_in(r"\<card> <lost>") == ("lost",)


def test_lists_and_phrases_find_every_wording() -> None:
    written = list_with(words("k", "<card>不见", regexes=["补办.{0,3}<card>"]), GROUPS)
    assert {f.quote for f in said("银行卡不见了", "我要补办一张卡", found=patterns(written))} == {
        "银行卡不见", "补办一张卡"
    }  # fmt: skip
    phrase = phrase_with(Phrase(key="A", phrases=("<card><lost>",)), GROUPS)
    assert phrase.key == "A"
    (fact,) = said("我卡掉了", found=patterns(phrases=(phrase,)))
    assert (fact.value, fact.quote) == ("A", "卡掉了")


# Counted wordings ---------------------------------------------------------------------------


def test_counted_wordings_have_a_key_each() -> None:
    one = phrases_of({"phrases": ["a b", "c d"]})
    several = phrases_of({"phrases": ["a b", "c d"], "regex": "e+", "at_least": 2})
    assert [len(phrase.phrases) for phrase in one] == [2]
    assert [part.phrases or part.regex for part in several] == [("a b",), ("c d",), "e+"]
    assert len({phrase.key for phrase in (*one, *several)}) == 4
    assert phrases_of({"phrases": ["a b", "c d"], "regex": "e+", "all": True}) == several


@pytest.mark.parametrize(
    "params",
    [{"phrases": [1, {}]}, {"regex": ["a"]}, {"tokens": "x"}, {"tokens": [[1]], "all": True}],
)
def test_wrong_types_give_no_phrase(params: dict[str, object]) -> None:
    assert phrases_of(params) == ()


# Tolerance ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heard", "distance"),
    [
        ("请拨打幺二三一五", 0.0), ("请拨打12315", 0.0), ("请拨打一二三幺五", 0.0),
        ("请波打一二三一五", 0.0), ("请播打一二三一五", 0.0),
    ],
)  # fmt: skip
def test_digits_and_homophones_sound_the_same(heard: str, distance: float) -> None:
    wanted = Phrase(key="A", phrases=("请拨打一二三一五",), tolerance=0.0)
    (candidate,) = near(heard, found=patterns(phrases=(wanted,)))
    assert candidate.distance == distance


def test_exactly_said_is_sure_and_has_no_candidate() -> None:
    wanted = Phrase(key="A", phrases=("请拨打一二三一五",), tolerance=0.5)
    found = patterns(phrases=(wanted,))
    assert near("请拨打一二三一五", found=found) == ()
    assert [fact.value for fact in said("请拨打一二三一五", found=found)] == ["A"]


def test_a_wider_tolerance_keeps_every_turn_within_it() -> None:
    limits = Limits(near_distance=0.0)
    heard = transcript(
        ("csr", 0, 4, "不看宪宁的耐心等待"), ("csr", 5, 9, "感谢宁的耐性等待"), language="zh"
    )
    counts = []
    for tolerance in (None, 0.45):
        wanted = Phrase(key="A", phrases=("感谢您的耐心等待",), tolerance=tolerance)
        found = facts_of(heard, patterns(phrases=(wanted,)), limits=limits)
        counts.append(len(found.candidates))
    assert counts == [1, 2]


# Token patterns -----------------------------------------------------------------------------


def test_token_patterns_of_rules() -> None:
    refund = Phrase(
        key="A",
        tokens=(
            ({"LOWER": "refund"}, {"LIKE_NUM": True}, {"LOWER": {"IN": ["dollar", "dollars"]}}),
        ),
    )
    found = patterns(language="en", phrases=(refund,))
    assert [f.quote for f in said("We refund 50 dollars today", found=found)] == [
        "refund 50 dollars"
    ]
    assert said("We refund dollars", found=found) == ()


@pytest.mark.parametrize(
    "token",
    [
        {"POS": "VERB"},
        {"LEMMA": "be"},
        {"LOWER": {"SOME": 1}},
        {"OP": "??"},
        {"_": {"x": 1}},
        {"LOWER": {"REGEX": "(a+)+$"}},
    ],
)
def test_token_patterns_that_need_a_model_or_are_wrong(token: dict[str, object]) -> None:
    wrong = Phrase(key="A", tokens=((token,),), place="rules/en/x.yaml:7:9")
    with pytest.raises(CodedError) as caught:
        said("x", found=patterns(language="en", phrases=(wrong,)))
    assert (caught.value.code, caught.value.place) == ("QA303", "rules/en/x.yaml:7:9")
