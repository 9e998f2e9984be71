"""How likely heard words were really said, by the recogniser's own probabilities of them.

A probability means less in a call that is heard badly throughout, so each word's odds are weighed
together with those of its call (a logistic fit, Platt's, with the call's mean as second feature):

    log odds of being right = base + own * log odds of the word + call * log odds of the call

Within a call a surer word stays surer. Fitted by `python -m bench.reliability --fit` on the calls
of FITTED_ON; that bench reports the error on all others. A model without a fit keeps its own
probabilities.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from transcribe.transcript import Language

VERSION = "1"
# Calls the fits were made on, never those the error is reported on: synthetic and demo calls, and
# (fz) calls spoken from CrossWOZ dialogues, whose many rare names are heard badly.
FITTED_ON: tuple[str, ...] = (
    "s01", "s02", "s04", "s05", "zh-01", "zh-02", "zh-03", "en-01", "en-02", "en-03",
    "fz-01", "fz-02", "fz-03", "fz-04",
)  # fmt: skip
_BASE = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_LEAST, _MOST = 0.02, 0.998  # beyond them nothing was seen often enough
# A call of few words is taken to be partly like others: so many words of the usual probability
# are added to its mean (guess).
_USUAL, _USUAL_WORDS = 0.85, 20


class Fit(NamedTuple):
    """Weights of the log odds; own > 0."""

    base: float
    own: float
    call: float


# sha256 of a model's weights -> language -> its fit: zh on 2,127 words, en on 980 words, whose
# calls are too alike to weigh the call.
FITS: dict[str, dict[Language, Fit]] = {
    _BASE: {"zh": Fit(-3.24, 0.646, 2.03), "en": Fit(1.377, 0.735, 0.0)}
}


def calibrated(
    probabilities: Sequence[float], language: Language, model_sha256: str = _BASE
) -> list[float]:
    """The share of such words that were said, 0-1, for all words of one call; unfitted: the same.

    probabilities: of all words of the call, both channels, as the recogniser gave them.
    """
    fit = FITS.get(model_sha256, {}).get(language)
    if fit is None or not probabilities:
        return list(probabilities)
    mean = (sum(probabilities) + _USUAL * _USUAL_WORDS) / (len(probabilities) + _USUAL_WORDS)
    shift = fit.base + fit.call * log_odds(mean)
    return [
        round(1 / (1 + math.exp(-(shift + fit.own * log_odds(each)))), 4) for each in probabilities
    ]


def log_odds(probability: float) -> float:
    """The natural log of p / (1 - p), its ends kept off 0 and 1."""
    held = min(max(probability, _LEAST), _MOST)
    return math.log(held / (1 - held))


def made_by(model_sha256: str, *, wanted: bool) -> str:
    """What a transcript says of its confidences: the fit's version, or that they are raw."""
    return f"fit {VERSION}" if wanted and FITS.get(model_sha256) else "raw"
