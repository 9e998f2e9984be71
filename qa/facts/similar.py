"""Sentences like the model sentences of a rule, by meaning or by their words."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from qa.domain.facts import Candidate, Fact
from qa.domain.patterns import NEARLY, Patterns, Sentences
from qa.facts.meaning import Vector, encoder_version, vector
from qa.facts.reading import fold
from qa.facts.said import Quoted, Said, quoted
from transcribe.transcript import Language

NAME = "similar"
VERSION = "1"
# A sentence means the wanted when its cosine with a model sentence is greater by so much than with
# any other; all cosines of this encoder lie between 0.75 and 1, so that none is a limit by itself.
# Read off 274 of the tuned labelled turns (tests/facts/labelled), two model sentences a behaviour:
# 13 of 40 found and none wrongly; with the possible hits 25 of 40 and 23 wrongly. On 260 held-out
# turns, looked at once: 8 of 32 and 1 wrongly; with the possible hits 23 of 32 and 22 wrongly.
MARGIN = 0.045
# So much less than MARGIN and a sentence may still be one.
_PERHAPS = 0.0375
# A falling short of so much by meaning is one of NEARLY by words.
_SCALE = NEARLY / _PERHAPS
# Others that are so near to a model sentence mean the same and are no counterexample.
_SAME = 0.93
# Shorter sentences mean nothing by themselves; hostile text is not read to its end (guesses).
_MIN_LETTERS = {"zh": 4, "en": 8}
_MAX_SENTENCES_A_TURN = 40
_MAX_SENTENCES = 2000

# What people say on the phone when they do not say what a rule is about: the ground to rank on.
OTHERS: dict[Language, tuple[str, ...]] = {
    "zh": (
        "您好，很高兴为您服务", "请问您贵姓", "请提供一下您的手机号码", "我帮您查一下", "请您稍等",
        "您的余额是三百元", "这个月的账单已经出来了", "我想问一下我的快递到哪里了",
        "好的，我知道了",
        "我已经等了很久了", "非常抱歉给您带来不便", "感谢您的来电，再见", "我要投诉你们",
        "这个功能在设置里面打开", "三个工作日内会给您回复", "您的订单已经发货",
        "我听不清楚您说的话",
        "可以的，没有问题", "这个套餐每月五十九元", "我帮您转接到相关部门", "还有什么可以帮您的吗",
        "我的卡丢了怎么办", "您反映的问题已经记录", "今天天气不错",
    ),
    "en": (
        "hello, thank you for calling", "may I have your name please",
        "could you give me your phone number", "let me check that for you",
        "please hold for a moment", "your balance is three hundred dollars",
        "your bill is due on the fifth", "where is my order", "okay, I see",
        "I have been waiting for a long time", "I am sorry for the inconvenience",
        "thank you for calling, goodbye", "I want to make a complaint",
        "you can turn that on in the settings", "we will get back to you in three days",
        "your package has been shipped", "I can not hear you well", "yes, that is fine",
        "this plan costs fifty dollars a month", "I will transfer you to the right department",
        "is there anything else I can help you with", "I have lost my card",
        "I have made a note of the problem", "the weather is nice today",
    ),
}  # fmt: skip


class _Like(NamedTuple):
    """How far a sentence falls short of being like, 0 or less when it is, and which model of."""

    short: float
    wanted: str


def similar(
    turns: Sequence[Said], patterns: Patterns
) -> tuple[tuple[Fact, ...], tuple[Candidate, ...]]:
    """Facts of kind "similar" (value: the key of the rule's sentences), and near misses.

    A candidate's distance says how much it falls short: up to NEARLY it may be one; beyond that
    only the call's nearest is kept. By meaning nothing is found without the extra.
    """
    facts: list[Fact] = []
    candidates: list[Candidate] = []
    for model in patterns.sentences:
        if model.by == "meaning" and not encoder_version():
            continue
        nearest: Candidate | None = None
        found = 0
        for one, start, end, text in _sentences(turns, patterns.language):
            like = _likeness(text, model, patterns.language)
            quote = quoted(one, start, end)
            if like.short <= 0:
                found += 1
                facts.append(Fact(kind=NAME, value=model.key, **_place(one, quote)))
                continue
            near = Candidate(
                kind=NAME,
                value=model.key,
                distance=round(min(1.0, like.short), 4),
                wanted=like.wanted,
                **_place(one, quote),
            )
            if near.distance <= NEARLY:
                candidates.append(near)
                found += 1
            elif nearest is None or near.distance < nearest.distance:
                nearest = near
        if nearest is not None and not found:
            candidates.append(nearest)
    return tuple(facts), tuple(candidates)


def _sentences(turns: Sequence[Said], language: Language) -> list[tuple[Said, int, int, str]]:
    found = []
    for one in turns:
        begin = 0
        for end in one.reading.sentences[:_MAX_SENTENCES_A_TURN]:
            text = one.reading.text[begin:end].strip()
            if sum(map(str.isalnum, text[:100])) >= _MIN_LETTERS[language]:
                found.append((one, begin, end, text))
            begin = end
    return found[:_MAX_SENTENCES]


def _place(one: Said, quote: Quoted) -> dict[str, object]:
    return {
        "turn": one.number,
        "speaker": one.turn.speaker,
        "start_s": quote.start_s,
        "end_s": quote.end_s,
        "quote": quote.text.strip(),
        "confidence": quote.confidence,
    }


def _likeness(text: str, model: Sentences, language: Language) -> _Like:
    return (
        _by_meaning(text, model, language)
        if model.by == "meaning"
        else _by_words(text, model, language)
    )


def _by_words(text: str, model: Sentences, language: Language) -> _Like:
    """By letters in order (zh) or words in any order (en), 0-1."""
    alike = fuzz.ratio if language == "zh" else fuzz.token_sort_ratio
    likeness, wanted = max(
        (alike(text[:300], fold(one, language)) / 100, one) for one in model.sentences
    )
    unlike = max((alike(text[:300], fold(one, language)) / 100 for one in model.unlike), default=0)
    return _Like(max(model.at_least - likeness, unlike - likeness), wanted)


def _by_meaning(text: str, model: Sentences, language: Language) -> _Like:
    own = vector(text)
    wanted, others = _vectors(model, language)
    likeness = wanted @ own
    best = int(likeness.argmax())
    against = float((others @ own).max())
    return _Like((MARGIN - (float(likeness[best]) - against)) * _SCALE, model.sentences[best])


@lru_cache(maxsize=256)
def _vectors(model: Sentences, language: Language) -> tuple[Vector, Vector]:
    """Vectors of the model sentences, and of the counterexamples: the rule's own, and what else
    people say that does not mean the same."""
    wanted = np.stack([vector(fold(one, language)) for one in model.sentences])
    common = [vector(fold(one, language)) for one in OTHERS[language]]
    others = [one for one in common if float((wanted @ one).max()) < _SAME]
    others += [vector(fold(one, language)) for one in model.unlike]
    return wanted, np.stack(others or common)
