"""How often the words tell which of two voices is the CSR's, on texts with wrong words mixed in.

Run: python -m bench.roles [DIALOGUES.jsonl ...]. Read: the demo's scripts, the trade packs' calls,
the first CrossWOZ conversations where the shared data lie (typed Mandarin, no call centre: the
site must not be sure of much there), and files of {"language", "turns": [{"speaker", "text"}]}.
A share of the words is replaced by others of the same language, as a recogniser errs. Printed:
named right, named wrong (both at the default `role_confidence`), the rest stays unknown.

The weights and lists were chosen on these texts; bench/voices.py --words does the same on sound.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from qa.domain.call import Call
from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.domain.script import read_script
from qa.flow.roles import csr_side
from qa.packs.load import load_packs
from transcribe.transcript import Language, Transcript, Turn

ROOT = Path(__file__).resolve().parents[1]
CROSSWOZ = ROOT.parent / "shared" / "data" / "crosswoz_zh" / "val.jsonl"
WRONG_SHARES = (0.0, 0.2, 0.4)
CONVERSATIONS = 150
_TURN_S = 2.0


class Dialogue(NamedTuple):
    origin: str
    language: Language
    turns: tuple[tuple[str, str], ...]  # "csr" or anything else, and what was said


def written() -> Iterator[Dialogue]:
    for origin, folder in (("demo", "demo/scripts"), ("trades", "tests/trades/calls")):
        for path in sorted((ROOT / folder).rglob("*.call")):
            said = read_script(path.read_text("utf-8"), name=path.name).transcript
            yield Dialogue(
                origin, said.language, tuple((turn.speaker, turn.text) for turn in said.turns)
            )


def conversations() -> Iterator[Dialogue]:
    if CROSSWOZ.is_file():
        for line in CROSSWOZ.read_text("utf-8").splitlines()[:CONVERSATIONS]:
            turns = json.loads(line)["turns"]
            roles = {"agent": "csr", "customer": "customer"}
            yield Dialogue("crosswoz", "zh", tuple((roles[t["role"]], t["text"]) for t in turns))


def of_file(path: Path) -> Iterator[Dialogue]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Dialogue(
            path.stem, row["language"], tuple((t["speaker"], t["text"]) for t in row["turns"])
        )


def pieces(text: str, language: Language) -> list[str]:
    return list(text) if language == "zh" else text.split()


def misheard(text: str, language: Language, share: float, chance: random.Random,
             others: Sequence[str]) -> str:  # fmt: skip
    """The text with about this share of its words replaced."""
    made = [
        chance.choice(others) if chance.random() < share and one.isalnum() else one
        for one in pieces(text, language)
    ]
    return ("" if language == "zh" else " ").join(made)


def transcript(one: Dialogue, share: float, chance: random.Random, others: Sequence[str],
               csr: int) -> Transcript:  # fmt: skip
    turns = tuple(
        Turn(
            speaker="unknown",
            channel=0,
            voice=csr if speaker == "csr" else 1 - csr,
            text=misheard(text, one.language, share, chance, others),
            start_s=number * _TURN_S,
            end_s=(number + 1) * _TURN_S,
        )
        for number, (speaker, text) in enumerate(one.turns)
    )
    return Transcript(
        language=one.language, channels=1, turns=turns, duration_s=len(turns) * _TURN_S
    )


def told(dialogues: Sequence[Dialogue], share: float, packs: Packs) -> tuple[int, int]:
    """How many are named right and wrong."""
    chance = random.Random(1)
    limit = Limits().role_confidence
    right = wrong = 0
    for one in dialogues:
        others = [
            piece
            for other in dialogues
            if other.language == one.language
            for _, text in other.turns[:3]
            for piece in pieces(text, one.language)
            if piece.isalnum()
        ]
        csr = chance.randrange(2)
        said = transcript(one, share, chance, others, csr)
        patterns = packs.patterns_for(Call(id="text", source="text", language=one.language))
        answer = csr_side(said, patterns, lambda turn: turn.voice)
        if answer is not None and answer.confidence >= limit:
            right += answer.side == csr
            wrong += answer.side != csr
    return right, wrong


def main() -> None:
    packs = load_packs(ROOT)
    everything = [*written(), *conversations()]
    everything += [one for path in sys.argv[1:] for one in of_file(Path(path))]
    groups: dict[tuple[str, Language], list[Dialogue]] = {}
    for one in everything:
        groups.setdefault((one.origin, one.language), []).append(one)
    for share in WRONG_SHARES:
        print(f"{share:.0%} of the words replaced")
        for (origin, language), own in sorted(groups.items()):
            right, wrong = told(own, share, packs)
            count = len(own)
            print(
                f"  {origin} {language}: {count} texts, named right {right / count:.3f}, "
                f"wrong {wrong / count:.3f}"
            )


if __name__ == "__main__":
    main()
