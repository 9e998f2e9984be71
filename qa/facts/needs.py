"""What of a call could not be measured, and why."""

from qa.domain.call import Call
from qa.domain.patterns import Patterns
from qa.facts.asked import needs_encoder
from qa.facts.back_channels import KIND as BACK_CHANNEL
from qa.facts.meaning import encoder_version
from transcribe.transcript import Transcript

VERSION = "2"
# Reason codes of a missing need.
REASONS = (
    "mono",          # one channel: the sides cannot be heard apart
    "unknown_turns",  # some turn's speaker is unknown
    "no_turns",      # nothing was said
    "no_turn_ends",  # the script gives starts without ends
    "no_activity",   # nobody measured when which channel carries sound
    "no_channel_map",  # two channels, but who speaks on which is not known
    "no_events",     # the switch told no events and nothing else shows a hold
    "not_told",      # the switch did not say
    "no_levels",     # sound was found, its level was not measured
    "no_word_list",  # the site has no list of these wordings
    "no_encoder",    # the extra that compares meanings is not installed
)  # fmt: skip


def missing(call: Call, transcript: Transcript, patterns: Patterns) -> dict[str, str]:
    """Need -> reason code, for each need of `qa.domain.facts.NEEDS` that this call lacks.

    Holds are known from the switch's events; without events they are heard, which takes measured
    activity: then hearing none is knowing that there was none.
    """
    turns, activity = transcript.turns, transcript.activity
    sides = set(transcript.channel_speakers)
    lacks: dict[str, str] = {}
    if not turns:
        lacks["speakers"] = "no_turns"
    elif any(turn.speaker == "unknown" for turn in turns):
        lacks["speakers"] = "mono" if transcript.channels == 1 else "unknown_turns"
    if any(not turn.end_known for turn in turns):
        lacks["turn_ends"] = "no_turn_ends"
    if transcript.channels == 1:
        lacks["two_channels"] = "mono"
    elif not {"csr", "customer"} <= sides:
        lacks["two_channels"] = "no_channel_map"
    if not activity:
        lacks["activity"] = "no_turn_ends" if "turn_ends" in lacks else "no_activity"
    if call.events is None and not activity:
        lacks["holds"] = "no_events"
    if call.hung_up_by is None:
        lacks["hung_up_by"] = "not_told"
    if not any(one.level_dbfs is not None for one in activity):
        lacks["loudness"] = "no_levels" if activity else "no_activity"
    if not any(words.kind == BACK_CHANNEL for words in patterns.lists):
        lacks["back_channels"] = "no_word_list"
    if needs_encoder(patterns) and not encoder_version():
        lacks["encoder"] = "no_encoder"
    return dict(sorted(lacks.items()))
