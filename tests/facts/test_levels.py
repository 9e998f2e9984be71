"""How loud each turn is: by energy, on its speaker's channel, only when a rule asks."""

import pytest

from qa.domain.facts import Facts
from tests.facts.calls import facts_of, patterns, transcript
from transcribe.transcript import Activity, Transcript, Turn

ASKED = patterns().model_copy(update={"asked": ("loudness",)})


def heard(*spans: tuple[float, float, int, float | None], channels: int = 2) -> Transcript:
    lines = transcript(("csr", 0, 4, "一二三四"), ("customer", 5, 9, "五六七八"))
    activity = tuple(
        Activity(start_s=a, end_s=b, channel=channel, level_dbfs=level)
        for a, b, channel, level in spans
    )
    return lines.model_copy(update={"activity": activity, "channels": channels})


def levels(facts: Facts) -> dict[int, float]:
    return {f.turn: f.value for f in facts.of("loudness") if f.turn is not None}  # type: ignore[misc]


def test_energy_is_weighed_by_time_on_the_speakers_own_channel() -> None:
    """2 s at -20 and 2 s at -40: (0.01 + 0.0001) / 2 of full scale is -23.0 dBFS."""
    said = heard((0, 2, 0, -20), (2, 4, 0, -40), (5, 9, 1, -30), (5, 9, 0, -3))
    assert levels(facts_of(said, ASKED)) == {0: -23.0, 1: -30.0}


def test_only_what_lies_inside_the_turn_counts() -> None:
    assert levels(facts_of(heard((2, 8, 0, -20)), ASKED)) == {0: -20.0}


@pytest.mark.parametrize(
    "said",
    [
        heard((0, 0.9, 0, -20)),  # too little voice
        heard((0, 4, 0, None)),  # no level
        heard((0, 4, 0, -20), channels=1),  # nobody's own channel
        heard((0, 4, 0, -20)).model_copy(
            update={"turns": (Turn(start_s=0, end_s=4, speaker="unknown", text="一二"),)}
        ),
        heard((0, 4, 0, -20)).model_copy(
            update={"turns": (Turn(start_s=0, end_s=4, speaker="csr", text="一", end_known=False),)}
        ),
    ],
)
def test_no_level_without_the_means(said: Transcript) -> None:
    assert levels(facts_of(said, ASKED)) == {}


def test_nothing_is_measured_that_no_rule_asks_for() -> None:
    assert levels(facts_of(heard((0, 4, 0, -20)))) == {}
