"""A call's facts of kind promise as entries of the ledger."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from qa.centre.deadlines import due_at
from qa.centre.quotes import sentence_of
from qa.centre.workdays import Workdays
from qa.domain.facts import Fact, Facts
from qa.domain.keys import digest_of
from qa.domain.promises import Said
from transcribe.text import normalise
from transcribe.transcript import Turn

# Words of a promise that is kept by getting in touch with the customer.
_IN_TOUCH = re.compile(
    r"回电|回复|回访|来电|致电|电话|联系|答复|通知|告知|告诉|反馈给|给(您|你)(一个)?(答复|说法|交代)"
    r"|call|ring|phone|contact|get back|in touch|reach|let you know|update you|notify|inform"
    r"|hear from|follow up|email|e-mail|text you|respon|reply",
    re.IGNORECASE,
)


def promises_of(
    facts: Facts,
    turns: Sequence[Turn],
    *,
    started_at: datetime | None,
    zone: ZoneInfo,
    workdays: Workdays,
    sure: float = 0.0,
) -> tuple[Said, ...]:
    """The call's promises, by time; the sentences of one turn that name one deadline are one.

    A promise said again later in the call with the same words and deadline is told once. Those
    of a speaker nobody knows are left out, for they may be the customer's, and so are those heard
    with less confidence than `sure`.
    """
    merged: list[list[Fact]] = []
    for fact in facts.of("promise", "csr"):
        if not fact.quote or fact.confidence < sure:
            continue
        last = merged[-1] if merged else []
        if last and last[0].turn == fact.turn and _one_deadline((*last, fact)):
            last.append(fact)
        else:
            merged.append([fact])
    found: dict[tuple[str, str | None], Said] = {}
    for group in merged:
        deadline = next((str(one.value) for one in group if one.value), None)
        dated = next((one for one in group if one.value), group[0])
        quote = _joined([_sentence(one, turns) for one in group])
        due = None
        if deadline and started_at is not None:
            said_at = started_at + timedelta(seconds=dated.start_s)
            language = facts.language
            due = due_at(deadline, said_at, language=language, zone=zone, workdays=workdays)
        said = Said(
            key=digest_of([facts.call_id, group[0].turn, normalise(quote)[0]]),
            start_s=group[0].start_s,
            end_s=group[-1].end_s,
            quote=quote,
            confidence=min(one.confidence for one in group),
            in_touch=bool(_IN_TOUCH.search(quote)),
            deadline=deadline,
            due_at=due,
        )
        found.setdefault((normalise(quote)[0], deadline), said)
    return tuple(found.values())


def unknown_promises(facts: Facts, sure: float = 0.0) -> int:
    """Turns with a promise whose speaker nobody knows: `promises_of` leaves them out.

    sure: what was heard with less confidence is not counted.
    """
    unknown = facts.of("promise", "unknown")
    return len({one.turn for one in unknown if one.quote and one.confidence >= sure})


def _one_deadline(group: Iterable[Fact]) -> bool:
    return len({one.value for one in group if one.value}) <= 1


def _sentence(fact: Fact, turns: Sequence[Turn]) -> str:
    """The sentence of the fact's words; the words themselves where no turn is stored."""
    inside = fact.turn is not None and fact.turn < len(turns)
    return sentence_of(turns[fact.turn or 0].text, fact.quote or "") if inside else fact.quote or ""


def _joined(sentences: Sequence[str]) -> str:
    return " … ".join(dict.fromkeys(one for one in sentences if one))
