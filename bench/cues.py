"""Points of the cues that tell a behaviour together, read off labelled turns, and what they add.

Run: python -m bench.cues [--write] [--kinds KIND ...]. Needs scikit-learn: the extra `fit`.
--write puts the points into rules/words; without it they are only measured: each tenth of the
labelled turns (whole conversations together) is told by points read off the other nine. Printed for
lists alone and with cues: precision, recall, F1. The lists have seen these turns, the cues of that
tenth have not.

A logistic regression with an L1 penalty on which pieces of wording stand in a turn's searched copy:
one to four characters of Mandarin, one to three words of English. Where the shared data lie, turns
of tourists and typed customer turns that hold no complaint stand beside the labelled ones, at
less weight, so that everyday talk tells nothing; so do the turns of the quiet set.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from qa.domain.patterns import Cues, Patterns
from qa.domain.script import read_script
from qa.facts.cues import CueMatcher
from qa.facts.matcher import compiled
from qa.facts.reading import Reading, read
from qa.packs.quiet import read_quiet
from tests.facts.labelled import Labelled, dialogues, found, patterns, turns
from transcribe.transcript import Language, Turn

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
# Where cues find more than they spoil on conversations that lists and points had not seen; not
# `forbidden`, whose precision matters more than what it misses.
KINDS = {
    "complaint": "customer", "anger": "customer", "promise": "csr", "ask_identity": "csr",
    "hold_notice": "csr", "empathy": "csr", "restate": "csr",
}  # fmt: skip
LANGUAGES: tuple[Language, ...] = ("zh", "en")
# The penalty's inverse: 1 finds as much as 2 and 5 with half as many cues (on conversations since
# added to the labelled ones).
_INVERSE_PENALTY = 1.0
# Told from odds of 7 to 3 on: as good an F1 as at even odds, and less told wrongly.
_MARGIN = 0.85
_FEWEST_TURNS = 3  # a wording in fewer turns is nobody's habit
_LEAST_POINTS = 0.1  # less is nothing
_EVERYDAY_WEIGHT = 0.1
_FOLDS = 10
_BLOCK = 20  # neighbours in the file were written together
_ABOVE: dict[Language, str] = {
    "zh": "# 零散线索，正分为是，负分为非；一段话里加起来够 enough，才算疑似，由人来判。\n"
    "# 分数由 bench/cues.py 从标注话轮算出，也可以手改。\n",
    "en": "# Small cues, for and against: a stretch of speech whose points come to `enough` is a\n"
    "# possible hit, for a person to decide. bench/cues.py reads them off labelled turns; they\n"
    "# may be edited.\n",
}
_EVERYDAY = frozenset({"contentonly", "openinggreeting", "confirmation", "rejection"})


class Row(NamedTuple):
    reading: Reading
    speaker: str
    kinds: frozenset[str]
    group: int
    weight: float
    turn: Labelled | None


def rows_of(language: Language) -> list[Row]:
    """All turns to learn from; those of one group were written together."""
    spellings = compiled(patterns(language)).spellings
    groups = [*dialogues(language)]
    alone = turns(language)
    groups += [alone[i : i + _BLOCK] for i in range(0, len(alone), _BLOCK)]
    rows = [
        Row(read(one.text, language, spellings), one.speaker, one.kinds, number, 1.0, one)
        for number, group in enumerate(groups)
        for one in group
    ]
    rows += [
        Row(read(one.text, language, spellings), one.speaker, kinds, -1, 1.0, None)
        for one, kinds in good_calls(language)
    ]
    return rows + [
        Row(read(text, language, spellings), speaker, frozenset(), -1, _EVERYDAY_WEIGHT, None)
        for speaker, text in everyday(language)
    ]


def good_calls(language: Language) -> list[tuple[Labelled, frozenset[str]]]:
    """Turns of the quiet set with what the lists find there: calls in which little is wrong.

    Conversations written to be labelled are full of what is looked for; these are not.
    """
    path = ROOT / "rules" / "quiet" / f"{language}.yaml"
    quiet, _ = read_quiet(path, language, name=path.name)
    said = [
        one
        for call in (quiet.calls if quiet is not None else ())
        for one in _labelled(read_script(call.call, name=call.name).transcript.turns)
    ]
    return list(zip(said, found(said, language, alone(language)), strict=True))


def _labelled(said: Sequence[Turn]) -> list[Labelled]:
    of = Counter(turn.speaker for turn in said)
    seen: Counter[str] = Counter()
    made = []
    for turn in said:
        seen[turn.speaker] += 1
        place = seen[turn.speaker], of[turn.speaker]
        made.append(Labelled(turn.speaker, *place, turn.text, frozenset(), "quiet"))
    return made


@cache
def alone(language: Language) -> Patterns:
    """The word lists without their cues."""
    lists = [one.model_copy(update={"cues": None}) for one in patterns(language).lists]
    return patterns(language).model_copy(update={"lists": tuple(lists), "digest": "alone"})


def everyday(language: Language) -> Iterator[tuple[str, str]]:
    """Turns of the shared conversations that hold none of the behaviours; none without them."""
    if language == "zh" and (path := SHARED / "crosswoz_zh" / "val.jsonl").is_file():
        for line in path.read_text("utf-8").splitlines()[::2]:
            for turn in json.loads(line)["turns"][::2]:
                yield "customer", turn["text"]
            for turn in json.loads(line)["turns"][1::2]:
                yield "csr", turn["text"]
    if language == "en" and (path := SHARED / "multidogo" / "dev.jsonl").is_file():
        for line in path.read_text("utf-8").splitlines()[::4]:
            row = json.loads(line)
            if row["text"] and _EVERYDAY.intersection(row["intent"]):
                yield "customer", row["text"]


def learnt(rows: Sequence[Row], kind: str, language: Language) -> Cues:
    """The points read off these rows."""
    words = language == "en"
    counter = CountVectorizer(
        analyzer="word" if words else "char",
        ngram_range=(1, 3) if words else (1, 4),
        token_pattern=r"[\w']+" if words else None,
        lowercase=False,
        binary=True,
        min_df=_FEWEST_TURNS,
    )
    counts = counter.fit_transform([row.reading.text for row in rows])
    names = counter.get_feature_names_out()
    # Wordings of letters alone; punctuation is the recogniser's guess.
    whole = [i for i, name in enumerate(names) if re.fullmatch(r"[\w' ]+", name)]
    fitted = LogisticRegression(
        C=_INVERSE_PENALTY, l1_ratio=1, solver="liblinear", random_state=1, max_iter=1000
    ).fit(
        counts[:, whole],
        np.array([kind in row.kinds for row in rows]),
        sample_weight=[row.weight for row in rows],
    )
    points = {
        str(names[i]).strip(): round(float(value), 1)
        for i, value in zip(whole, fitted.coef_[0], strict=True)
        if abs(value) >= _LEAST_POINTS
    }
    return Cues(
        enough=round(_MARGIN - float(fitted.intercept_[0]), 1),
        points=dict(sorted(points.items(), key=lambda item: (-item[1], item[0]))),
    )


def told(cues: Cues, rows: Sequence[Row], language: Language) -> list[bool]:
    matcher = CueMatcher(language, [(0, cues)], str)
    hits = matcher.literals.find([row.reading.text for row in rows])
    return [
        bool(matcher.tell(row.reading, frozenset({0}), hits.get(number, [])))
        for number, row in enumerate(rows)
    ]


def shares(truth: Sequence[bool], said: Sequence[bool]) -> str:
    both = sum(t and s for t, s in zip(truth, said, strict=True))
    precision, recall = both / max(1, sum(said)), both / max(1, sum(truth))
    f1 = 2 * both / max(1, sum(said) + sum(truth))
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def measured(rows: Sequence[Row], kind: str, language: Language) -> None:
    """Prints what lists find alone and with cues that have not seen the turns."""
    own = [row for row in rows if row.turn is not None]
    listed = {
        id(row): kind in kinds
        for row, kinds in zip(
            own,
            found([row.turn for row in own if row.turn], language, alone(language)),
            strict=True,
        )
    }
    truth, by_lists, by_both = [], [], []
    for fold in range(_FOLDS):
        here = [row for row in own if row.group % _FOLDS == fold]
        others = [row for row in rows if row.group < 0 or row.group % _FOLDS != fold]
        cues = learnt(others, kind, language)
        for row, yes in zip(here, told(cues, here, language), strict=True):
            truth.append(kind in row.kinds)
            by_lists.append(listed[id(row)])
            by_both.append(listed[id(row)] or yes)
    print(f"{language} {kind}: {sum(truth)} of {len(truth)} turns")
    print(f"  lists alone  {shares(truth, by_lists)}")
    print(f"  with cues    {shares(truth, by_both)}", flush=True)


def write(cues: Cues, kind: str, language: Language) -> None:
    """Puts the points at the end of the list's file, in place of those that stood there."""
    path = ROOT / "rules" / "words" / language / f"{kind}.yaml"
    above = path.read_text("utf-8").split("\ncues:\n")[0] + "\n"
    kept = above.removesuffix(_ABOVE[language]).rstrip("\n")
    points = "".join(
        f"    {json.dumps(name, ensure_ascii=False)}: {value}\n"
        for name, value in cues.points.items()
    )
    path.write_text(
        f"{kept}\n{_ABOVE[language]}cues:\n  enough: {cues.enough}\n  points:\n{points}", "utf-8"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--kinds", nargs="*", default=sorted(KINDS), choices=sorted(KINDS))
    wanted = parser.parse_args()
    for language in LANGUAGES:
        rows = rows_of(language)
        for kind in wanted.kinds:
            own = [row for row in rows if row.speaker == KINDS[kind]]
            if wanted.write:
                cues = learnt(own, kind, language)
                write(cues, kind, language)
                print(f"{language} {kind}: {len(cues.points)} cues, enough {cues.enough}")
            else:
                measured(own, kind, language)


if __name__ == "__main__":
    main()
