"""Numbers a site may change, each with its unit in the name and its source."""

from pydantic import Field

from transcribe.noun import Noun


class PaceBand(Noun):
    """Comfortable pace of one language."""

    low_per_min: float = Field(gt=0)
    high_per_min: float = Field(gt=0)


class Limits(Noun):
    """Limits of measuring and judging. A site sets them in `settings.yaml` under `limits:`."""

    sure_hit_confidence: float = Field(
        default=0.6,
        ge=0,
        le=1,
        description="a hit whose words were said with less likelihood, on average, is only "
        "possible (the former guess of 0.4 of the recogniser's own probability, carried over to "
        "what bench/reliability.py measures for a usual Mandarin call)",
    )
    word_confidence: float = Field(
        default=0.6,
        ge=0,
        le=1,
        description="a word that was said with less likelihood was not heard well (the former "
        "guess of 0.35, carried over as above)",
    )
    heard_share: float = Field(
        default=0.6,
        ge=0,
        le=1,
        description="share of a window's words that must be heard well before absence counts "
        "(guess, as above)",
    )
    near_distance: float = Field(
        default=0.3,
        ge=0,
        le=1,
        description="nearest sounds up to it are possible hits (misheard wordings lie at 0-0.25, "
        "0.16 for the base model's worst; of 4,229 CrossWOZ replies 4 have a false one up to 0.3)",
    )
    min_dead_air_s: float = Field(
        default=3.0, gt=0, description="shorter mutual silences are no facts (MiiTel: over 3 s)"
    )
    min_talk_over_s: float = Field(
        default=0.3, gt=0, description="shorter overlaps are no facts (keeps back-channels out)"
    )
    min_interruption_s: float = Field(
        default=1.0, gt=0, description="an overlap must last so long to interrupt (MiiTel: 1 s)"
    )
    min_speech_s: float = Field(
        default=10.0, ge=0, description="a call with less speech is ungradable (contract 8)"
    )
    pace_turn_min_s: float = Field(
        default=3.0, gt=0, description="pace of a turn is measured from this voiced time on"
    )
    role_confidence: float = Field(
        default=0.9,
        ge=0.5,
        le=1,
        description="without a channel map the CSR is known only when their words make it so "
        "likely (guess, checked with bench/voices.py)",
    )
    swapped_confidence: float = Field(
        default=0.95,
        ge=0.5,
        le=1,
        description="a channel map is doubted only when the words make the other way so likely "
        "(guess; of 90 service calls none was named wrongly even at 0.9 and with 40 % of the words "
        "replaced, bench/roles.py)",
    )
