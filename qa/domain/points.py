"""Points leave exact arithmetic here: rounded once, at the end (contract 2)."""

from decimal import Decimal
from fractions import Fraction


def rounded(value: Fraction) -> Decimal:
    """`value` to 0.01, half away from zero, independent of any decimal context."""
    hundredths, rest = divmod(abs(value) * 100, 1)
    whole = hundredths + (1 if rest * 2 >= 1 else 0)
    sign = 1 if value < 0 and whole else 0
    return Decimal((sign, tuple(int(digit) for digit in str(whole)), -2))
