"""What is measured in the text only where a rule asks for it."""

from collections.abc import Sequence

from qa.domain.facts import Candidate, Fact
from qa.domain.patterns import Patterns
from qa.facts import entities, meaning, repetition, similar, spoken_numbers
from qa.facts.said import Said


def asked_for(
    turns: Sequence[Said], patterns: Patterns
) -> tuple[tuple[Fact, ...], tuple[Candidate, ...]]:
    """Facts and candidates of what `patterns.asked` and its sentences name; none otherwise."""
    facts: list[Fact] = list(entities.entities(turns, patterns))
    if repetition.NAME in patterns.asked:
        facts += repetition.repetition(turns, patterns.language)
    if spoken_numbers.NAME in patterns.asked:
        facts += spoken_numbers.spoken_numbers(turns)
    if not patterns.sentences:
        return tuple(facts), ()
    like, nearly = similar.similar(turns, patterns)
    return (*facts, *like), nearly


def versions(patterns: Patterns) -> dict[str, str]:
    """Measurer -> version, of those that the patterns ask for."""
    made = {"entities": entities.VERSION} if patterns.asked else {}
    if repetition.NAME in patterns.asked:
        made["repetition"] = repetition.VERSION
    if spoken_numbers.NAME in patterns.asked:
        made["spoken_numbers"] = spoken_numbers.VERSION
    if patterns.sentences:
        made["similar"] = similar.VERSION
    if needs_encoder(patterns):
        made["encoder"] = meaning.encoder_version()
    return made


def needs_encoder(patterns: Patterns) -> bool:
    """True when some rule compares sentences by their meaning."""
    return any(one.by == "meaning" for one in patterns.sentences)
