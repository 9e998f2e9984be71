"""Words of a complaint, and the words that rise by themselves against their own history."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import ndtr

from qa.centre.discoveries import adjusted_for_many
from qa.domain.radar import RisingTerm
from transcribe.text import normalise
from transcribe.transcript import Language

MOST_TERMS = 60  # of one complaint; hostile text must not fill the table (guess)
LEAST_CALLS = 5  # calls a term must be in before it can rise (guess)
PRIOR = 200.0  # calls that the history counts for before it speaks (Monroe et al. 2008; guess)
FALSE_SHARE = 0.05  # of the terms called rising, at most so many by chance
_EN = re.compile(r"[a-z][a-z']{2,}")
_HAN = re.compile(r"^[\u4e00-\u9fff]{2,8}$")
_EN_WORDS = (
    "the and for you your that this have has had with was were are not but all can get got just "
    "from they them will would could should about what when there been being because then than "
    "its it's i'm i've don't doesn't didn't can't won't did does one out our who how why said say "
    "told very really now still even know want like going back please yes okay"
)
_ZH_WORDS = (
    "这个 那个 什么 怎么 就是 还是 但是 可是 因为 所以 然后 现在 已经 没有 不是 "
    "你们 我们 他们 自己 一个 一下 这样 那样 这么 那么 可以 知道 觉得 时候 多少 "
    "为什么 是不是 有没有 怎么办 一直 真的 而且 如果 或者 不能 这种 这些 那些 出来 起来"
)
_STOP = frozenset((*_EN_WORDS.split(), *_ZH_WORDS.split()))


def terms_of(text: str, language: Language) -> tuple[str, ...]:
    """The different words of a text that can tell something, in the order they come."""
    plain = normalise(text)[0]
    if language == "en":
        words = [w for w in _EN.findall(plain.replace("’", "'")) if w not in _STOP]
    else:
        cut = _jieba().lcut(re.sub(r"[*＊]+", " ", plain))
        words = [w for w in cut if _HAN.match(w) and w not in _STOP]
    return tuple(dict.fromkeys(words))[:MOST_TERMS]


@lru_cache(maxsize=1)
def _jieba() -> Any:
    import jieba  # reads its dictionary for half a second, only where complaints are cut

    jieba.setLogLevel(60)
    return jieba


def rising_terms(
    recent: Mapping[str, int], before: Mapping[str, int], *, recent_calls: int, before_calls: int
) -> tuple[RisingTerm, ...]:
    """Terms in a larger share of recent complaints than before, surest first.

    recent, before: term -> complaint calls that say it. Log-odds with a prior made of both
    periods together; of the terms told, at most `FALSE_SHARE` rise by chance
    (Benjamini-Hochberg over the terms of at least `LEAST_CALLS` calls).
    """
    terms = sorted(term for term, count in recent.items() if count >= LEAST_CALLS)
    if not terms or before_calls <= 0:
        return ()
    now = np.array([recent[term] for term in terms], dtype=np.float64)
    past = np.array([before.get(term, 0) for term in terms], dtype=np.float64)
    prior = (now + past + 0.5) / (recent_calls + before_calls) * PRIOR
    odds_now = (now + prior) / np.maximum(recent_calls + PRIOR - now - prior, 1.0)
    odds_past = (past + prior) / np.maximum(before_calls + PRIOR - past - prior, 1.0)
    spread = np.sqrt(1 / (now + prior) + 1 / (past + prior))
    z = (np.log(odds_now) - np.log(odds_past)) / spread
    adjusted = adjusted_for_many(ndtr(-z))
    found = [
        RisingTerm(
            term=term,
            recent_calls=recent[term],
            before_calls=before.get(term, 0),
            recent_share=recent[term] / recent_calls,
            before_share=before.get(term, 0) / before_calls,
            z=round(float(z[n]), 2),
        )
        for n, term in enumerate(terms)
        if adjusted[n] <= FALSE_SHARE
    ]
    return tuple(sorted(found, key=lambda one: (-one.z, one.term)))


def counted(terms: Iterable[Iterable[str]]) -> Counter[str]:
    """Term -> in how many of the texts it is."""
    return Counter(term for one in terms for term in set(one))
