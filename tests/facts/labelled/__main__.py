"""Prints precision, recall and F1 of the word lists: `python -m tests.facts.labelled [-v] [PART]`.

PART is "tuned" or "held_out"; both when left out. -v shows each turn they differ on.
"""

import sys
from typing import get_args

from tests.facts.labelled import agreement, found, patterns, turns
from transcribe.transcript import Language


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(arguments: list[str]) -> None:
    verbose = "-v" in arguments
    part = next((a for a in arguments if not a.startswith("-")), None)
    for language in get_args(Language):
        several = turns(language, part)
        measured = found(several, language, patterns(language))
        _say(f"{language}: {len(several)} turns, {part or 'all'}")
        _say(f"{'kind':<24}{'labelled':>9}{'found':>7}{'precision':>11}{'recall':>8}{'F1':>7}")
        for kind in sorted({kind for one in several for kind in one.kinds}):
            one = agreement(several, measured, kind)
            labelled, hit = one.hits + len(one.missed), one.hits + len(one.false)
            _say(
                f"{kind:<24}{labelled:>9}{hit:>7}{one.precision:>11.3f}{one.recall:>8.3f}"
                f"{one.f1:>7.3f}"
            )
            if verbose:
                for text in one.false:
                    _say(f"      false   {text}")
                for text in one.missed:
                    _say(f"      missed  {text}")


main(sys.argv[1:])
