"""Numbers read out digit by digit, however they are said, as digits."""

from collections.abc import Sequence

from qa.domain.facts import Fact
from qa.facts.reading import encodable
from qa.facts.said import Said, as_written
from transcribe.spoken_digits import Run, runs
from transcribe.transcript import Turn

NAME = "number"
VERSION = "1"
# Fewer digits are counting, not a number read out (guess: a card's security code has three).
MIN_DIGITS = 3
# Nobody reads out more: bank cards have 19 digits, order numbers up to 32 (guess).
MAX_DIGITS = 64
# Hostile text must not make a million facts (guess).
MAX_NUMBERS = 500
# So many characters of a turn are read, more than one person says in an hour (guess; 20,000 that
# are nothing but digits take 3 s).
MAX_READ = 20_000


def spoken_numbers(turns: Sequence[Said]) -> tuple[Fact, ...]:
    """Facts of kind "number": runs of digits, "one three eight double five" and 幺三八五五 alike.

    value: the digits. A number that goes on over several turns of its speaker stands at the first
    one, quoted as far as it goes there. Masked numbers are facts of their own kind, not these.
    """
    facts = []
    for run in runs(readable(turns)):
        digits = "".join(place.digits for place in run)[:MAX_DIGITS]
        if len(digits) >= MIN_DIGITS:
            facts.append(number_fact(NAME, run, turns).model_copy(update={"value": digits}))
        if len(facts) == MAX_NUMBERS:
            break
    return tuple(facts)


def readable(turns: Sequence[Said]) -> list[Turn]:
    """The turns without lone surrogates, the longest ones cut; all characters at their places."""
    made = []
    for one in turns:
        text = encodable(one.turn.text[:MAX_READ])
        same = text == one.turn.text
        made.append(one.turn if same else one.turn.model_copy(update={"text": text}))
    return made


def number_fact(kind: str, run: Run, turns: Sequence[Said]) -> Fact:
    """The run of digits as a fact of the kind: quote of its first turn, seconds of the whole."""
    first = [place for place in run if place.turn == run[0].turn]
    last = [place for place in run if place.turn == run[-1].turn]
    one = turns[run[0].turn]
    quote = as_written(one, first[0].start, first[-1].end)
    end = as_written(turns[run[-1].turn], last[0].start, last[-1].end)
    return Fact(
        kind=kind,
        turn=one.number,
        speaker=one.turn.speaker,
        start_s=quote.start_s,
        end_s=max(quote.end_s, end.end_s),
        quote=quote.text,
        confidence=min(quote.confidence, end.confidence),
    )
