"""How alike Mandarin syllables sound: tone-free, with fuzzy initials and finals, polyphones."""

from functools import lru_cache

from pypinyin import Style, pinyin

_INITIALS = (
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x",
    "r", "z", "c", "s", "y", "w",
)  # fmt: skip
# Initials that speakers and recognisers mix up: dialect pairs (zh/z, n/l, f/h, r/l) and pairs
# that differ in breath alone (g/k ...). Costs 0-1 are guesses, ordered by how often the base
# model swaps them on the demo recordings.
_CLOSE_INITIALS = {
    frozenset(pair.split("/")): cost
    for cost, pairs in (
        (0.4, "b/p d/t g/k j/q z/c zh/ch j/zh q/ch x/sh x/s j/z q/c g/j k/q h/x g/h k/h c/s ch/sh "
              "w/h y/j w/f /y /w n/m l/d b/m"),
        (0.15, "zh/z ch/c sh/s n/l f/h r/l r/y"),
    )
    for pair in pairs.split()
}  # fmt: skip
_CLOSE_FINALS = {
    frozenset(pair.split("/")): cost
    for cost, pairs in (
        (0.4, "ie/ian ie/i ei/i e/en ai/ei an/ai ao/ou iu/ou ian/an ian/in iang/ang ia/a ua/a "
              "uo/o uo/ou uan/an uang/ang ui/ei un/en iong/ong e/o e/uo iao/ao ie/ia i/in e/a "
              "u/ou en/an in/ian er/e ue/ie un/in"),
        (0.15, "an/ang en/eng in/ing ian/iang uan/uang un/ong ong/eng en/in eng/ing v/u ve/ue"),
    )
    for pair in pairs.split()
}  # fmt: skip
# A syllable's initial and final weigh this in its cost (guess: finals carry the vowel, the
# louder part over a telephone).
_INITIAL_WEIGHT = 0.4
_FINAL_WEIGHT = 0.6

# A digit is said in several ways, and recognisers write it in several.
_SPELT = (
    "零〇洞", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾",
)  # fmt: skip
_DIGITS = {
    character: digit for digit, several in enumerate(_SPELT) for character in (str(digit), *several)
}
# How a written digit is said, the commonest first.
_SAID = ("零洞", "一幺", "二两", "三", "四", "五", "六", "七拐", "八", "九")

Syllable = tuple[str, str]


@lru_cache(maxsize=20_000)
def syllables(character: str) -> tuple[Syllable, ...]:
    """The character's readings as (initial, final), the commonest first; empty if it has none."""
    if "0" <= character <= "9":
        return tuple(syllables(said)[0] for said in _SAID[int(character)])
    if not "\u3400" <= character <= "\u9fff":
        return ()
    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    if not readings:
        return ()
    return tuple(dict.fromkeys(_split(reading) for reading in readings[0][:4]))


@lru_cache(maxsize=200_000)
def difference(one: str, other: str) -> float:
    """0 where two characters can sound the same or say one digit, 1 where nothing is alike."""
    if one == other or (one in _DIGITS and _DIGITS[one] == _DIGITS.get(other)):
        return 0.0
    ours, theirs = syllables(one), syllables(other)
    if not ours or not theirs:
        return 1.0
    return min(_between(a, b) for a in ours for b in theirs)


def _between(one: Syllable, other: Syllable) -> float:
    initial = _close(one[0], other[0], _CLOSE_INITIALS)
    final = _close(one[1], other[1], _CLOSE_FINALS)
    return _INITIAL_WEIGHT * initial + _FINAL_WEIGHT * final


def _close(one: str, other: str, close: dict[frozenset[str], float]) -> float:
    return 0.0 if one == other else close.get(frozenset((one, other)), 1.0)


def _split(reading: str) -> Syllable:
    initial = next((i for i in _INITIALS if reading.startswith(i)), "")
    return initial, reading[len(initial) :]
