"""Why a hit is only possible, in words."""

from qa.domain.derivations import DerivedFact
from qa.domain.facts import Candidate
from qa.domain.findings import Reason
from qa.findings.hits import Hit
from qa.findings.reason_words import DOUBTS
from qa.findings.reasons import here_texts, reason


def doubt_texts(hit: Hit) -> tuple[str, str]:
    """Why the hit is only possible, in both languages."""
    zh, en = DOUBTS[hit.doubt]
    if isinstance(hit.fact, Candidate):
        return zh.format(wanted=hit.fact.wanted), en.format(wanted=hit.fact.wanted)
    if isinstance(hit.fact, DerivedFact):
        # Why it only follows possibly is a reason of its own, for a person like this one.
        zh = hit.fact.because.zh.removeprefix("待人工：")
        en = hit.fact.because.en.removeprefix("For a person: ")
    return zh, en


def doubt_reason(hit: Hit) -> Reason:
    """A hit that is only possible decides."""
    zh, en = doubt_texts(hit)
    return reason(
        "possible_hit", **here_texts([hit.fact]), because=hit.doubt, because_zh=zh, because_en=en
    )
