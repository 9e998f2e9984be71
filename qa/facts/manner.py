"""Who of two speaks like a CSR: by how often each says what CSRs say, and what customers say."""

import math
from collections.abc import Sequence

from qa.domain.patterns import Patterns
from qa.facts.counted import counting, hits_in

CSR, CUSTOMER = "csr_manner", "customer_manner"
# Added to each count, so that two or three words alone tell little (guess: Laplace's one).
_ADDED = 1.0


def manner_odds(said: tuple[Sequence[str], Sequence[str]], patterns: Patterns) -> float:
    """Natural log of the odds that the second of two speakers is the CSR and not the first.

    The log of the odds ratio between the speakers' counts of the wordings of `csr_manner` and of
    `customer_manner`; 0 without these lists. Errors: QA301.
    """
    csr, customer = counting(patterns, CSR), counting(patterns, CUSTOMER)
    (first_csr, first_customer), (second_csr, second_customer) = (
        (
            sum(hits_in(text, csr) for text in texts) + _ADDED,
            sum(hits_in(text, customer) for text in texts) + _ADDED,
        )
        for texts in said
    )
    return math.log(second_csr * first_customer / (first_csr * second_customer))
