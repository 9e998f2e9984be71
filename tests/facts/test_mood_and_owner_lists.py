"""Shipped lists that operators read beside the behaviours: looking up, satisfaction, owners.

Sentences written by hand beside the lists: they hold what the lists must keep, not how often
they are right on calls.
"""

from functools import cache
from pathlib import Path

import pytest

from qa.domain.facts import Fact
from qa.domain.patterns import Patterns
from qa.packs.words import load_words
from tests.facts.calls import facts_of, patterns, transcript
from transcribe.transcript import Language, Speaker

ROOT = Path(__file__).parents[2] / "rules" / "words"


@cache
def shipped(language: Language) -> Patterns:
    return patterns(*load_words(ROOT / language), language=language)


def found(language: Language, speaker: Speaker, kind: str, text: str) -> tuple[Fact, ...]:
    heard = transcript((speaker, 0, 5, text), language=language)
    return facts_of(heard, shipped(language)).of(kind)


@pytest.mark.parametrize(
    ("language", "kind", "text", "hit"),
    [
        ("zh", "looking_up", "户号我找一下啊", True),
        ("zh", "looking_up", "你等一下，我去拿身份证", True),
        ("zh", "looking_up", "稍等我看看短信", True),
        ("zh", "looking_up", "让我先登录一下", True),
        ("zh", "looking_up", "我想查一下账单", False),
        ("zh", "looking_up", "我昨天找过了没有", False),
        ("zh", "looking_up", "等了半天都没人理我", False),
        ("en", "looking_up", "Hold on, let me find my card.", True),
        ("en", "looking_up", "One second, I'm looking for it.", True),
        ("en", "looking_up", "I have to go and get the letter", True),
        ("en", "looking_up", "I was kept on hold for an hour", False),
        ("en", "looking_up", "I would like to check my bill", False),
        ("zh", "satisfaction", "那太好了，你的态度真好", True),
        ("zh", "satisfaction", "你解释得很清楚", True),
        ("zh", "satisfaction", "那我就放心了", True),
        ("zh", "satisfaction", "我很不满意", False),
        ("zh", "satisfaction", "怎么这么快就坏了", False),
        ("zh", "satisfaction", "我要给差评", False),
        ("en", "satisfaction", "You've been very helpful", True),
        ("en", "satisfaction", "Perfect, that fixed it", True),
        ("en", "satisfaction", "I'm really impressed", True),
        ("en", "satisfaction", "I am not happy with this", False),
        ("en", "satisfaction", "You were not very helpful", False),
        ("en", "satisfaction", "Thanks for nothing, great service you have", False),
        ("en", "satisfaction", "It would have been nice if you had called", False),
    ],
)
def test_what_the_customer_says(language: Language, kind: str, text: str, hit: bool) -> None:
    assert bool(found(language, "customer", kind, text)) is hit


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        ("zh", "维修师傅明天上午会给您打电话", True),
        ("zh", "我让技术部的同事尽快联系您", True),
        ("zh", "之后会有专人跟您联系", True),
        ("zh", "这个由售后部门在三个工作日内给您答复", True),
        ("zh", "我明天下午三点之前给您打电话", False),
        ("zh", "我们会在二十四小时内退款", False),
        ("zh", "您的快递我已经查到了，我今天给您补发", False),
        ("en", "The engineer will call you before noon", True),
        ("en", "I'll have someone from billing call you back", True),
        ("en", "Our technical team is going to look into it and they will email you", True),
        ("en", "I will call you back tomorrow", False),
        ("en", "We will send you a replacement by Friday", False),
        ("en", "I'll check with the store and get back to you", False),
    ],
)
def test_who_is_to_keep_a_promise(language: Language, text: str, other: bool) -> None:
    assert bool(found(language, "csr", "promise_owner", text)) is other


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh", "维修师傅明天上午会给您打电话"), ("en", "The engineer will call you before noon")],
)
def test_an_owner_touches_the_promise_of_its_sentence(language: Language, text: str) -> None:
    """So that the operator can join the two; the next sentence is not touched."""
    both = {"zh": f"{text}。我今天给您补发一份", "en": f"{text}. I will send you a new one today"}
    (owner,) = found(language, "csr", "promise_owner", both[language])
    first, second = found(language, "csr", "promise", both[language])
    assert owner.start_s < first.end_s
    assert owner.end_s > first.start_s
    assert owner.end_s <= second.start_s
