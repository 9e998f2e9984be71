"""`promise`: the CSR promises something to the customer, with or without a deadline."""

from typing import Literal

from qa.domain.facts import Fact
from qa.domain.limits import Limits
from qa.domain.lists_used import PROMISE_OWNER
from qa.domain.rules import Window
from qa.findings.hits import Doubt, Hit, Selected, View, sort_hits
from qa.findings.operator import register, told
from transcribe.noun import Noun


class Promise(Noun):
    deadline: bool | None = told(
        "true: only promises that name a time; false: only those that do not; empty: all",
        "true 仅含时限的承诺；false 仅无时限的承诺；空为全部",
        None,
    )
    owner: Literal["csr", "other"] | None = told(
        "who is to keep it: `csr`, or `other`: someone the sentence names (a wording of the word "
        "list `promise_owner`: my colleague, the technician, the department); empty: all",
        "由谁兑现：csr 座席本人；other 句中点名的他人（词表 promise_owner：同事、师傅、技术部）；"
        "空为全部",
        None,
    )


@register(
    "promise",
    title=("promise", "承诺"),
    params=Promise,
    needs=lambda want: ("speakers",),
    example="promise: {deadline: false, owner: other}",
    weighs_speakers=True,
)
def promise(view: View, want: Promise, window: Window | None, limits: Limits) -> Selected:
    """Promises of the CSR; the deadline is the fact's value.

    A promise is the CSR's own unless its sentence names somebody else who will keep it.
    """
    search = view.search("csr", window)
    found = [
        fact
        for fact in view.of(("promise",))
        if fact.speaker in ("csr", "unknown")
        and search.holds(fact)
        and (want.deadline is None or (fact.value is not None) == want.deadline)
    ]
    hits = sort_hits(found, limits, search)
    if want.owner is not None:
        hits = _owned(view, hits, want.owner, limits)
    return Selected(hits, search, wanted=(_wanted(want),))


def _wanted(want: Promise) -> str:
    """What the reason says was searched in vain: qa.findings.reasons.BEHAVIOURS."""
    if want.owner is not None:
        return f"promise_by_{want.owner}"
    return {None: "promise_said", True: "promise", False: "promise_undated"}[want.deadline]


def _owned(
    view: View, hits: tuple[Hit, ...], owner: Literal["csr", "other"], limits: Limits
) -> tuple[Hit, ...]:
    """The promises of this owner; possible ones where it is doubtful whether another is named."""
    others = sort_hits(view.of((PROMISE_OWNER,)), limits)
    kept = []
    for hit in hits:
        named = [one for one in others if _same_sentence(one.fact, hit.fact)]
        surely = any(one.sure for one in named)
        doubt: Doubt = "" if surely or not named else named[0].doubt
        if doubt:
            kept.append(hit if hit.doubt else Hit(hit.fact, doubt))
        elif surely == (owner == "other"):
            kept.append(hit)
    return tuple(kept)


def _same_sentence(named: Fact, promise: Fact) -> bool:
    """True where the two overlap: the list's wordings run on to the end of their clause."""
    return (
        named.turn == promise.turn
        and named.start_s < promise.end_s
        and named.end_s > promise.start_s
    )
