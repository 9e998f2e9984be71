"""Which side is the CSR's, by their words: on the demo scripts with their roles taken away."""

from pathlib import Path

import pytest

from bench.roles import told, written
from qa.domain.call import Direction
from qa.domain.facts import Facts
from qa.domain.limits import Limits
from qa.domain.script import read_script
from qa.facts.measure import measure
from qa.flow.roles import csr_side, swapped, with_roles
from qa.packs.load import load_packs
from transcribe.transcript import Activity, Language, Speaker, Transcript

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "demo" / "scripts").glob("*.call"))
PACKS = load_packs(ROOT)
LIMITS = Limits()


def call(path: Path, mapped: tuple[Speaker, ...] = ()) -> tuple[Transcript, Facts]:
    """CSR on channel 0, customer on 1, named as the map says; and what was measured so."""
    script = read_script(path.read_text("utf-8"), name=path.name)
    turns = []
    for turn in script.transcript.turns:
        channel = 0 if turn.speaker == "csr" else 1
        speaker = mapped[channel] if mapped else "unknown"
        turns.append(turn.model_copy(update={"channel": channel, "speaker": speaker}))
    made = script.transcript.model_copy(
        update={
            "turns": tuple(turns),
            "channels": 2,
            "channel_speakers": mapped,
            "speakers_by": "channel_map" if mapped else "none",
        }
    )
    return made, measure(script.call, made, PACKS.patterns_for(script.call))


def patterns_of(made: Transcript):  # type: ignore[no-untyped-def]
    return next(
        PACKS.patterns_for(script.call)
        for script in (read_script(p.read_text("utf-8"), name=p.name) for p in SCRIPTS)
        if script.transcript.language == made.language
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_csr_is_told_by_words_or_stays_unknown(path: Path) -> None:
    made, _ = call(path)
    told = csr_side(made, patterns_of(made), lambda turn: turn.channel)
    assert told is not None
    assert told.side == 0
    named = with_roles(made, patterns_of(made), LIMITS, "outbound")
    sure = told.confidence >= LIMITS.role_confidence
    assert named.channel_speakers == (("csr", "customer") if sure else ())
    assert named.speakers_by == ("voice" if sure else "none")


@pytest.mark.parametrize(("direction", "surer"), [("inbound", True), ("outbound", False)])
def test_who_speaks_first_counts_a_little(direction: Direction, surer: bool) -> None:
    made, _ = call(SCRIPTS[0])
    greeting = made.turns[0].model_copy(update={"text": "喂，请讲", "words": ()})
    asked = made.turns[1].model_copy(update={"text": "我要投诉", "words": ()})
    little = made.model_copy(update={"turns": (greeting, asked), "language": "zh"})
    patterns = patterns_of(little)
    told = csr_side(little, patterns, lambda turn: turn.channel)
    first = csr_side(little, patterns, lambda turn: turn.channel, first=1.4)
    assert told is not None
    assert first is not None
    assert told.confidence < LIMITS.role_confidence <= first.confidence
    named = with_roles(little, patterns, LIMITS, direction)
    assert (named.speakers_by == "voice") == surer


def test_speaking_first_alone_tells_nothing() -> None:
    made, _ = call(SCRIPTS[0])
    mute = made.model_copy(
        update={
            "turns": tuple(t.model_copy(update={"text": "嗯", "words": ()}) for t in made.turns)
        }
    )
    assert with_roles(mute, patterns_of(mute), LIMITS, "inbound").speakers_by == "none"


def test_most_are_told() -> None:
    sure = [with_roles(made, patterns_of(made), LIMITS, "outbound").speakers_by == "voice"
            for made, _ in map(call, SCRIPTS)]  # fmt: skip
    assert sum(sure) >= 0.8 * len(sure)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_map_the_right_way_round_is_never_doubted(path: Path) -> None:
    made, facts = call(path, ("csr", "customer"))
    assert swapped(made, patterns_of(made), facts, LIMITS) is None


def test_most_maps_the_wrong_way_round_are_found() -> None:
    found = []
    for path in SCRIPTS:
        made, facts = call(path, ("customer", "csr"))
        found.append(swapped(made, patterns_of(made), facts, LIMITS))
    assert {reason.code for reason in found if reason} == {"channels_swapped"}
    assert sum(reason is not None for reason in found) >= 0.7 * len(found)
    quotes = [str(reason.values["quote"]) for reason in found if reason]
    assert all(quotes)


def test_voices_of_a_mono_call() -> None:
    made, _ = call(SCRIPTS[0])
    turns = tuple(t.model_copy(update={"voice": t.channel, "channel": 0}) for t in made.turns)
    mono = made.model_copy(update={"turns": turns, "channels": 1})
    named = with_roles(mono, patterns_of(mono), LIMITS, "inbound")
    assert [t.speaker == "csr" for t in named.turns] == [t.voice == 0 for t in turns]
    assert (named.speakers_by, named.channel_speakers) == ("voice", ())


def test_one_side_alone_tells_nothing() -> None:
    made, _ = call(SCRIPTS[0])
    alone = made.model_copy(update={"turns": tuple(t for t in made.turns if t.channel == 0)})
    assert csr_side(alone, patterns_of(alone), lambda turn: turn.channel) is None
    assert with_roles(alone, patterns_of(alone), LIMITS, "inbound") == alone


def test_speech_before_the_first_words_hides_who_was_first() -> None:
    made, _ = call(SCRIPTS[0])
    patterns = patterns_of(made)
    unheard = made.model_copy(
        update={"activity": (Activity(channel=1, start_s=0.0, end_s=made.turns[0].start_s),)}
    )
    told = [
        csr_side(one, patterns, lambda turn: turn.channel, first=-50) for one in (made, unheard)
    ]
    assert [one.side for one in told if one] == [1, 0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_fifth_of_the_words_misheard_still_tells_and_names_nobody_wrongly(
    language: Language,
) -> None:
    own = [one for one in written() if one.language == language]
    right, wrong = told(own, 0.2, PACKS)
    assert wrong == 0
    assert right >= 0.8 * len(own)
