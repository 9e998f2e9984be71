"""Whether the confidence of words means what it says, on calls with known text.

    python -m bench.reliability [--fit] [--fit-calls ID ...] [FOLDER ...]

A word is right when all its characters (Mandarin) or words (English) stand in the best alignment
of its channel with what was said there. Prints, for each tenth of confidence, how many words have
it, their mean confidence and the share that is right; and the expected calibration error (ECE: the
mean distance of the two, weighted by words), for the recogniser's own probabilities and after the
fit of `transcribe.calibration`. --fit makes a new fit on the calls of --fit-calls and reports it on
the others only: never tune on what is reported.
The same for turns: mean confidence of a turn beside the share of its words that are right.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np

from bench.known_text import KnownCall, known_calls, plain, right_tokens
from transcribe.calibration import FITTED_ON, Fit, calibrated, log_odds
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings
from transcribe.transcript import Language
from transcribe.whisper import Recogniser

BINS = 10


@dataclass(frozen=True)
class Judged:
    """A heard word: the recogniser's probability and whether it was said."""

    call: str
    language: Language
    turn: int
    raw: float
    right: bool


def judged(call: KnownCall, recogniser: Recogniser, settings: TranscribeSettings) -> list[Judged]:
    """The words of a call with what they are worth."""
    made = transcribe(call.path, settings, recogniser=recogniser, language=call.language)
    found = []
    for at, said in enumerate(call.said):
        words = [
            (number, word)
            for number, turn in enumerate(made.turns)
            if turn.channel == at
            for word in turn.words
        ]
        tokens = [plain(word.text, call.language) for _, word in words]
        flat = [token for each in tokens for token in each]
        right = iter(right_tokens(plain(" ".join(said), call.language), flat))
        for (number, word), each in zip(words, tokens, strict=True):
            hits = [next(right) for _ in each]
            if hits:
                raw = word.probability
                found.append(Judged(call.id, call.language, number, raw, all(hits)))
    return found


def ece(confidence: Sequence[float], right: Sequence[float]) -> float:
    """Expected calibration error over tenths of confidence."""
    value, hit = np.asarray(confidence), np.asarray(right, dtype=float)
    place = np.minimum((value * BINS).astype(int), BINS - 1)
    apart = [
        abs(value[place == at].mean() - hit[place == at].mean()) * (place == at).sum()
        for at in range(BINS)
        if (place == at).any()
    ]
    return float(sum(apart) / value.size)


def table(title: str, confidence: Sequence[float], right: Sequence[float]) -> None:
    value, hit = np.asarray(confidence), np.asarray(right, dtype=float)
    place = np.minimum((value * BINS).astype(int), BINS - 1)
    print(f"{title}: {value.size} words, {hit.mean():.1%} right, ECE {ece(value, hit):.3f}")
    print(f"  {'confidence':12}{'words':>7}{'mean':>8}{'right':>8}")
    for at in range(BINS):
        here = place == at
        if here.any():
            print(
                f"  {at / BINS:.1f}-{(at + 1) / BINS:.1f}     {here.sum():7}"
                f"{value[here].mean():8.2f}{hit[here].mean():8.2f}"
            )


def fitted(words: Sequence[Judged], *, weigh_call: bool) -> Fit:
    """The logistic fit of `transcribe.calibration`, by Newton's method with a weak prior."""
    means = {w.call: fmean(o.raw for o in words if o.call == w.call) for w in words}
    rows = np.array([[1.0, log_odds(w.raw), log_odds(means[w.call]) * weigh_call] for w in words])
    right = np.array([float(w.right) for w in words])
    weights = np.zeros(3)
    for _ in range(50):
        likely = 1 / (1 + np.exp(-rows @ weights))
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + 1e-3 * np.eye(3)
        weights += np.linalg.solve(bend, rows.T @ (right - likely) - 1e-3 * weights)
    return Fit(*(round(float(weight), 3) for weight in weights))


def after_fit(words: Sequence[Judged], fit: Fit | None = None) -> list[float]:
    """The calibrated confidences of words, call by call, in their order."""
    made: list[float] = []
    for call in dict.fromkeys(w.call for w in words):
        own = [w for w in words if w.call == call]
        if fit is None:
            made += calibrated([w.raw for w in own], own[0].language)
        else:
            shift = fit.base + fit.call * log_odds(fmean(w.raw for w in own))
            made += [1 / (1 + float(np.exp(-shift - fit.own * log_odds(w.raw)))) for w in own]
    return made


def by_call(words: Sequence[Judged], confidence: Sequence[float]) -> float:
    """The mean over calls of each call's own error: a fit must not only be right on average."""
    each: dict[str, tuple[list[float], list[float]]] = {}
    for word, value in zip(words, confidence, strict=True):
        each.setdefault(word.call, ([], []))[0].append(value)
        each[word.call][1].append(float(word.right))
    return fmean(ece(*pair) for pair in each.values())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--fit-calls", nargs="*", default=list(FITTED_ON))
    wanted = parser.parse_args()
    settings = TranscribeSettings(mask_kinds=(), calibrate=False)
    recogniser = Recogniser.open(settings)
    words = [
        word
        for call in known_calls(wanted.folders)
        for word in judged(call, recogniser, settings)
    ]  # fmt: skip
    others = [w for w in words if w.call not in wanted.fit_calls]
    for language in ("zh", "en"):
        part = [w for w in words if w.language == language and w.call in wanted.fit_calls]
        fit = fitted(part, weigh_call=language == "zh") if wanted.fit and part else None
        if fit:
            print(f"{language}: fitted on {len(part)} words: {fit}")
        own = [w for w in others if w.language == language]
        if not own:
            continue
        right = [float(w.right) for w in own]
        calls = ", ".join(sorted({w.call for w in own}))
        print(f"\n{language}: calls on which nothing was fitted: {calls}")
        table("as the recogniser says", [w.raw for w in own], right)
        after = after_fit(own, fit)
        table("after the fit", after, right)
        raw_each, fit_each = by_call(own, [w.raw for w in own]), by_call(own, after)
        print(
            f"call by call, mean ECE: {raw_each:.3f} as the recogniser says, {fit_each:.3f} after"
        )
        turns: dict[tuple[str, int], list[tuple[float, float]]] = {}
        for one, confidence in zip(own, after, strict=True):
            turns.setdefault((one.call, one.turn), []).append((confidence, float(one.right)))
        long = [each for each in turns.values() if len(each) > 2]
        mean = ece([fmean(c for c, _ in t) for t in long], [fmean(r for _, r in t) for t in long])
        print(f"turns of three words and more: {len(long)}, ECE {mean:.3f}")


if __name__ == "__main__":
    main()
