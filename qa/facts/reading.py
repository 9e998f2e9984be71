"""The searched copy of a turn's text, with the way back to the text as written.

The copy is `normalise` (NFKC, case-folded, simplified) and then folded, so that one wording in a
word list finds what people and recognisers write differently:
- commas (not within numbers), quotes, tildes and sounds of hesitation (嗯, 呃; um, uh) are dropped;
- Chinese: spaces between characters are dropped, 您 and 妳 become 你, 她 becomes 他, 帐 becomes 账;
- English: contractions are written out (I'll -> I will, that's -> that is, can't -> can not), with
  or without their apostrophe, hyphens become spaces, spaces are single, p.m. becomes pm;
- spellings of chats become the word they stand for (plz -> please: `rules/synonyms`).
Phrases and regexes of word lists are folded in the same way before they are compiled; spellings
in phrases only.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from qa.facts.spellings import NONE, Spellings
from transcribe.text import normalise
from transcribe.transcript import Language

_ZH = re.compile(
    r"(?P<line>[\r\n]+)"
    r"|(?P<drop>(?<![0-9]),|,(?![0-9])|、|[嗯呃]+|[\"“”「」『』《》~])"
    r"|(?P<space>[ \t\u3000]+)"
    r"|(?P<you>[您妳])|(?P<she>她)|(?P<book>帐)"
)
_EN = re.compile(
    r"(?P<line>[\r\n]+)"
    r"|(?P<hesitate>\b(?:u+m+|u+h+m*|e+rm*|hm+|mm+|ah+|eh)\b(?:,|\.{2,3})?(?=[\s.?!]|$))"
    r"|(?P<drop>(?<![0-9]),|,(?![0-9])|[\"“”*~])"
    r"|(?P<is>(?:(?<=\bit)|(?<=\bhe)|(?<=\bshe)|(?<=\bwho)|(?<=\bhow)|(?<=\bthat)|(?<=\bwhat)"
    r"|(?<=\bhere)|(?<=\bthere)|(?<=\bwhere))['’‘ʼ`´]s\b|(?<=\bthat)s\b|(?<=\bwhat)s\b)"
    r"|(?P<apostrophe_s>[’‘ʼ`´](?=s\b))"
    r"|(?P<clock>\b[ap]\.\s?m\b\.?)"
    r"|(?P<title>\b(?:mr|mrs|ms|dr)\.)"
    r"|(?P<wont>\bwon['’‘ʼ`´]?t\b)"
    r"|(?P<cannot>\bcan(?:not|['’‘ʼ`´]?t)\b)"
    r"|(?P<nt>(?<=[a-z])n['’‘ʼ`´]t\b)"
    r"|(?P<bare_nt>(?<=\b(?:do|is))nt\b|(?<=\b(?:did|was|has))nt\b|(?<=\bare)nt\b"
    r"|(?<=\b(?:does|have|were))nt\b|(?<=\b(?:could|would))nt\b|(?<=\bshould)nt\b)"
    r"|(?P<am>(?<=\bi)['’‘ʼ`´]?m\b)"
    r"|(?P<ll>(?<=[a-z])['’‘ʼ`´]ll\b)"
    r"|(?P<re>(?<=[a-z])['’‘ʼ`´]re\b|(?<=\b(?:you))re\b|(?<=\b(?:they))re\b)"
    r"|(?P<ve>(?<=[a-z])['’‘ʼ`´]ve\b|(?<=\bi)ve\b|(?<=\bwe)ve\b)"
    r"|(?P<d>(?<=[a-z])['’‘ʼ`´]d\b)"
    # What is a word without its apostrophe too: by the word before or after it.
    r"|(?P<bare_is>(?<=\bit)(?<!\b[io]n\sit)(?<!\bof\sit)(?<!\bto\sit)(?<!\bby\sit)"
    r"(?<!\bwith\sit)(?<!\bfor\sit)(?<!\bfrom\sit)s\b)"
    r"|(?P<bare_ll>(?:(?<=\bi)|(?<=\bwe))ll(?=\s(?:also |just |then |now |definitely )?(?:"
    r"arrange|call|contact|credit|email|ensure|escalate|follow up|forward|get back|"
    r"have (?:someone|it|to)|let you|make sure|notify|process|raise|"
    r"refund|replace|resolve|ring|send|ship|sort|submit|text|transfer|update you)\b)"
    r"|(?<=\bi)ll(?=\s(?:add|apply|ask|be|book|cancel|check|do|find|get|give|go|have|help|keep|"
    r"leave|look|never|not|order|pass|put|remove|report|see|sue|switch|take|tell|try|wait|waive|"
    r"write)\b))"
    r"|(?P<start_ll>(?:(?<=^i)|(?<=[.!?;] i))ll(?=\s[a-z]))"
    r"|(?P<bare_d>(?<=\bi)d(?=\s(?:also |really |just )?(?:appreciate|be|have to|like|love|prefer|"
    r"rather|say|suggest|want)\b))"
    r"|(?P<apostrophe>[’‘ʼ`´])"
    r"|(?P<space>[ \t\u00a0\-–—]+)"
)
_INSTEAD = {
    "line": ";", "you": "你", "she": "他", "book": "账",
    "is": " is", "apostrophe_s": "'", "apostrophe": "'", "wont": "will not", "cannot": "can not",
    "nt": " not", "bare_nt": " not", "am": " am", "ll": " will", "re": " are", "ve": " have",
    "d": " would", "bare_is": " is", "bare_ll": " will", "start_ll": " will",
    "bare_d": " would",
}  # fmt: skip
_SURROGATE = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"[。!?;…]+|\.(?=\s|$)")


class Reading(NamedTuple):
    """One turn's searched copy.

    starts, ends: for each character of `text`, where its original begins and ends in `original`.
    sentences: ends of the sentences in `text`, ascending; the last is len(text).
    """

    original: str
    text: str
    starts: list[int]
    ends: list[int]
    sentences: list[int]

    def quote(self, start: int, end: int) -> tuple[int, int]:
        """The original's code points behind text[start:end]; start < end."""
        return self.starts[start], self.ends[end - 1]

    def sentence(self, start: int) -> tuple[int, int]:
        """The sentence of `text` that holds the character at `start`."""
        index = bisect_right(self.sentences, start)
        begin = self.sentences[index - 1] if index else 0
        return begin, self.sentences[index] if index < len(self.sentences) else len(self.text)


def read(original: str, language: Language, spellings: Spellings = NONE) -> Reading:
    """The searched copy of a turn's text."""
    plain, offsets = normalise(encodable(original))
    begin = list(offsets[: len(plain)])
    finish = [
        begin[i + 1] if i + 1 < len(begin) and begin[i + 1] > begin[i] else begin[i] + 1
        for i in range(len(begin))
    ]
    if finish:
        finish[-1] = len(original)
    if (spelt := spellings.of(plain)) is not None:
        plain = spelt.text
        begin = [begin[at] for at in spelt.starts]
        finish = [finish[at - 1] for at in spelt.ends]
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in _folds(plain, language):
        pieces.append(piece)
        if len(piece) == end - start and not piece.startswith(" "):
            starts.extend(begin[start:end])
            ends.extend(finish[start:end])
        else:
            starts.extend([begin[start]] * len(piece))
            ends.extend([finish[end - 1]] * len(piece))
    text = "".join(pieces)
    return Reading(original, text, starts, ends, _sentences(text))


def encodable(text: str) -> str:
    """The text with lone surrogates, which no matcher takes, replaced one by one."""
    return _SURROGATE.sub("\ufffd", text)


def fold(wording: str, language: Language, spellings: Spellings = NONE) -> str:
    """A literal wording as it stands in searched copies."""
    plain = normalise(encodable(wording))[0]
    if (spelt := spellings.of(plain)) is not None:
        plain = spelt.text
    return "".join(piece for piece, _, _ in _folds(plain, language)).strip()


_REGEX_EN = (
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\b(?:can't|cannot)\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"\b(it|he|she|who|how|that|what|here|there|where)'s\b"), r"\1 is"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'d\b"), " would"),
)
_REGEX_ZH = str.maketrans("您妳她帐", "你你他账")


def fold_regex(pattern: str, language: Language) -> str:
    """A regex that finds in searched copies what was meant of the text as written."""
    if language == "zh":
        return pattern.translate(_REGEX_ZH)
    for found, instead in _REGEX_EN:
        pattern = found.sub(instead, pattern)
    return pattern


def _folds(plain: str, language: Language) -> list[tuple[str, int, int]]:
    """What stands in the copy for plain[start:end], in order; dropped stretches are left out."""
    out: list[tuple[str, int, int]] = []
    last = 0
    for match in (_ZH if language == "zh" else _EN).finditer(plain):
        start, end = match.span()
        if start > last:
            out.append((plain[last:start], last, start))
        kind = match.lastgroup or ""
        piece = _INSTEAD.get(kind, "")
        if kind in ("clock", "title"):
            piece = match.group().replace(".", "").replace(" ", "")
        elif kind == "space":
            piece = _space(plain, start, end, out, language)
        if piece:
            out.append((piece, start, end))
        last = end
    if last < len(plain):
        out.append((plain[last:], last, len(plain)))
    return out


def _space(
    plain: str, start: int, end: int, out: list[tuple[str, int, int]], language: Language
) -> str:
    """One space or nothing; Chinese keeps it only between Latin letters or digits."""
    if language == "zh":
        around = plain[max(0, start - 1) : start] + plain[end : end + 1]
        return " " if len(around) == 2 and around.isascii() and around.isalnum() else ""
    return " " if out and not out[-1][0].endswith(" ") else ""


def _sentences(text: str) -> list[int]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends
