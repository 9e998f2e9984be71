"""Many questions asked at once: probabilities adjusted so that few answers are false."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def adjusted_for_many(probabilities: Sequence[float]) -> npt.NDArray[np.float64]:
    """Each probability as the smallest share of false discoveries at which it is still one.

    Benjamini and Hochberg 1995; the same as scipy.stats.false_discovery_control, whose import
    takes most of a view's second.
    """
    asked = np.asarray(probabilities, dtype=np.float64)
    order = np.argsort(asked)[::-1]
    rank = np.arange(len(asked), 0, -1)
    steps = np.minimum.accumulate(asked[order] * len(asked) / rank)
    found = np.empty(len(asked))
    found[order] = np.clip(steps, 0.0, 1.0)
    return found
