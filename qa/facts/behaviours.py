"""Behaviours and phrases said in a call, as facts with their quote, time and confidence."""

from collections.abc import Sequence

from qa.domain.facts import Fact
from qa.facts.matcher import Entry, Matcher
from qa.facts.said import Said, quoted

VERSION = "2"
# Confidence of what only cues tell, times their likelihood: below `sure_hit_confidence`.
_BY_CUES = 0.55


def behaviours(turns: Sequence[Said], matcher: Matcher) -> tuple[Fact, ...]:
    """Facts of the word lists' kinds, and of kind "phrase" (value: its key) for rules' phrases.

    A turn whose speaker is unknown is searched for everybody's wordings and its facts say
    `unknown`: they are possible hits. One fact a kind and sentence, with the longest hit. What
    only cues tell is a possible hit too, whatever its points: it makes a rule ask a person.
    """
    facts: list[Fact] = []
    texts = [one.reading.text for one in turns]
    literals, cues = matcher.literals.find(texts), matcher.cues.literals.find(texts)
    for index, one in enumerate(turns):
        wanted = looked_for(one, matcher)
        found = matcher.find(one.reading, wanted, literals.get(index, []))
        for number, spans in found.items():
            facts += [_fact(matcher.entries[number], one, start, end) for start, end in spans]
        told = matcher.told(one.reading, wanted - found.keys(), cues.get(index, []))
        for number, stretches in told.items():
            entry = matcher.entries[number]
            for start, end, likelihood in stretches:
                facts.append(_fact(entry, one, start, end, _BY_CUES * likelihood))
    return tuple(facts)


def _fact(entry: Entry, one: Said, start: int, end: int, sure: float = 1.0) -> Fact:
    quote = quoted(one, start, end)
    return Fact(
        kind=entry.kind,
        turn=one.number,
        speaker=one.turn.speaker,
        start_s=quote.start_s,
        end_s=quote.end_s,
        value=entry.value if entry.value else _value(entry, one, start),
        quote=quote.text,
        confidence=quote.confidence if sure == 1 else round(quote.confidence * sure, 4),
    )


def looked_for(one: Said, matcher: Matcher) -> frozenset[int]:
    """Numbers of the entries that are looked for in this turn.

    Unknown turns may be anybody's, so their windows are twice as long: a CSR's first two turns
    stand among the first four of a call whose speakers nobody knows.
    """
    # Beyond every list's window a turn's place no longer matters.
    first, last = min(one.from_first, matcher.widest), min(one.from_last, matcher.widest)
    key = (one.turn.speaker, first, last)
    if key not in matcher.looked_for:
        placed = one._replace(from_first=first, from_last=last)
        matcher.looked_for[key] = frozenset(
            number for number, entry in enumerate(matcher.entries) if _looks_at(entry, placed)
        )
    return matcher.looked_for[key]


def _looks_at(entry: Entry, one: Said) -> bool:
    unknown = one.turn.speaker == "unknown"
    if entry.speaker != "any" and not unknown and entry.speaker != one.turn.speaker:
        return False
    times = 2 if unknown else 1
    if entry.first_turns is not None and one.from_first >= entry.first_turns * times:
        return False
    return entry.last_turns is None or one.from_last < entry.last_turns * times


def _value(entry: Entry, one: Said, start: int) -> str | None:
    """The text as written of the value regex's first match in the hit's sentence."""
    if entry.value_regex is None:
        return None
    begin, end = one.reading.sentence(start)
    match = entry.value_regex.search(one.reading.text[begin:end])
    if match is None or match.start() == match.end():
        return None
    first, last = one.reading.quote(begin + match.start(), begin + match.end())
    return one.turn.text[first:last].strip()
