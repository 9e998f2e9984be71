"""E-mail addresses, passwords and postal addresses in what was said, in both languages.

RE2 throughout: recognised text may repeat one syllable for minutes, and `re` would hang on it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import re2

from transcribe.transcript import Turn

_ASKED_BACK_TURNS = 2  # the answer to a question stands in one of the next turns (guess)
_MOST_PASSWORD_WORDS = 8  # a spoken password is shorter (guess)


class Found(NamedTuple):
    """A private stretch [start, end) of a turn's text."""

    turn: int
    start: int
    end: int
    kind: str


def find_private(turns: Sequence[Turn], kinds: Sequence[str]) -> list[Found]:
    """All stretches of the chosen kinds, turn by turn; kinds in `TEXT_KINDS`."""
    found = []
    for index, turn in enumerate(turns):
        text = turn.text.lower()
        if len(text) != len(turn.text):
            text = turn.text
        asked = _asked(index, turns)
        for kind in kinds:
            for start, end in TEXT_KINDS[kind](text, asked):
                if end > start:
                    found.append(Found(index, start, end, kind))
    return found


def _asked(index: int, turns: Sequence[Turn]) -> str:
    """What others said just before, in lower case; all of it where speakers are unknown."""
    own = (turns[index].channel, turns[index].speaker)
    before = turns[max(0, index - _ASKED_BACK_TURNS) : index]
    others = [t.text for t in before if own[1] == "unknown" or (t.channel, t.speaker) != own]
    return " ".join(others).lower()


# E-mail ---------------------------------------------------------------------------------------

_ENDS = r"(?:com|net|org|edu|gov|cn|io|co|uk|us|hk|de|fr|in|ca|au|me|info|biz)"
_HOSTS = (
    r"(?:g ?mail|hot ?mail|yahoo|outlook|icloud|rediffmail|aol|live|msn|ymail|qq|163|126|sina"
    r"|foxmail|139|sohu)"
)
_AT = r"(?:\s*\b(?:at the rate(?: of)?|at)\b\s*|\s*(?:@|艾特|小老鼠|圈a)\s*)"
_DOT = r"\s*(?:\bdot\b|\.|点)\s*"
_WRITTEN = re2.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)+")
_SPOKEN_HOST = re2.compile(
    rf"{_AT}(?:(?:[a-z0-9-]+ ?){{1,3}}?{_DOT}{_ENDS}\b(?:{_DOT}{_ENDS}\b)?"
    rf"|{_HOSTS}\b(?:\s*(?:dot|\.|点)?\s*{_ENDS}\b)?)"
)
_RUN_TOGETHER = re2.compile(
    r"[a-z0-9._-]*(?:@|at)?(?:gmail|hotmail|yahoo|outlook|rediffmail|icloud|ymail|mail)"
    rf"\s?(?:\.|dot)?\s?{_ENDS}\b"
)
_HOST_FIRST = re2.compile(rf"{_HOSTS}")
_LOCAL_PART = re2.compile(r"[a-z0-9_.+\-一二三四五六七八九零幺点]+")
_NOT_LOCAL = frozenset(
    {"is", "it's", "its", "email", "e-mail", "mail", "address", "my", "the", "and", "to", "on"}
    | {"this", "that", "id", "yes", "ok", "okay", "sure", "so", "at", "was", "i", "me", "you"}
    | {"use", "have", "send", "sent", "be", "as", "for"}
)
_SIGNS = frozenset({"dot", "underscore", "dash", "hyphen", "point", "score", "period", "plus"})
_MOST_LOCAL_CHARACTERS = 100  # RFC 5321 allows 64; signs are said as words
_MOST_LOCAL_WORDS = 14  # a name spelled letter by letter (guess)


def _emails(text: str, asked: str) -> Iterator[tuple[int, int]]:
    del asked
    for match in _WRITTEN.finditer(text):
        yield match.span()
    for match in _RUN_TOGETHER.finditer(text):
        alone = _HOST_FIRST.match(match.group())
        yield _local_start(text, match.start()) if alone else match.start(), match.end()
    for host in _SPOKEN_HOST.finditer(text):
        yield _local_start(text, host.start()), host.end()


def _local_start(text: str, end: int) -> int:
    """Where the part before the "at" begins: letters, digits and signs, or one or two names."""
    first = max(0, end - _MOST_LOCAL_CHARACTERS)
    words = list(_LOCAL_PART.finditer(text[first:end]))[-_MOST_LOCAL_WORDS:]
    start = end
    long_words = 0
    for word in reversed(words):
        said = word.group().strip(".")
        begin, finish = first + word.start(), first + word.end()
        cut = text[finish:start].strip(" -") or text[max(0, begin - 1) : begin] == "'"
        if cut or said in _NOT_LOCAL:
            break
        if len(said) > 1 and said not in _SIGNS and not said.isdecimal():
            long_words += 1
            if long_words > 2:
                break
        start = begin
    return start


# Passwords ------------------------------------------------------------------------------------

_PASSWORD_ZH = re2.compile(
    r"(?:密码|口令|暗号|密钥)(?:就|还)?(?:是|为|叫|设成|设为|设置为|改成|改为|[:：])[，,：: ]*"
    r"([a-z0-9一二三四五六七八九零〇幺大小写下划线点\-_*#@!. ，,]{3,40})"
)
_PASSWORD_EN = re2.compile(
    r"\b(?:pass ?word|pass ?code|pass ?phrase|pin|pin (?:number|code)|security (?:word|answer))"
    r"(?: is| was|'s|:| as| to)+ +([^.?!。，；;]+)"
)
_PASSWORD_ASKED = re2.compile(
    r"(?:什么是|报一下|提供|说一下|告诉我|输入|请问)[^。？?]{0,8}(?:密码|口令)"
    r"|(?:密码|口令)(?:是什么|是多少|呢)"
    r"|\b(?:what(?:'s| is)|tell me|give me|confirm|provide|say|may i have|can i have|have)\b"
    r"[^.?!]{0,20}\b(?:pass ?word|pass ?code|pin)\b"
)
_NO_PASSWORD = re2.compile(
    r"(?:not|\w*n't|wrong|incorrect|invalid|expired|reset|locked|required|needed|forgotten|forgot"
    r"|changed|the|a|same|correct|case|too|being|never|still|no|blocked|protected|also|working)\b"
)
_REFUSES = re2.compile(
    r"\b(?:don't|do not|forgot|forget|can't|cannot|not|no|why|what)\b|忘|不|没|什么"
)
_PASSWORD_WORDS = re2.compile(r"[a-z0-9']+|\p{Han}")
_WORDS = re2.compile(r"\S+")


def _passwords(text: str, asked: str) -> Iterator[tuple[int, int]]:
    for match in _PASSWORD_ZH.finditer(text):
        yield match.span(1)
    for match in _PASSWORD_EN.finditer(text):
        if _NO_PASSWORD.match(match.group(1)):
            continue
        words = list(_WORDS.finditer(match.group(1)))[:_MOST_PASSWORD_WORDS]
        ends = [w.start() for w in words if w.group() in ("and", "but", "so", "because")]
        yield match.start(1), match.start(1) + (ends[0] if ends else words[-1].end())
    if _PASSWORD_ASKED.search(asked) and not _REFUSES.search(text):
        count = len(_PASSWORD_WORDS.findall(text))
        if 0 < count <= _MOST_PASSWORD_WORDS + 4:
            yield 0, len(text)


# Addresses ------------------------------------------------------------------------------------

_ZH_NUMBER = r"[0-9零〇一二三四五六七八九十百幺]+"
_ZH_PLACE = (
    r"(?:省|市|自治区|区|县|镇|乡|村|街道|大街|路|街|道|巷|弄|里|胡同|小区|花园|新村|家园|公寓"
    r"|广场|大厦|苑|园|城)"
)
_ZH_DOOR = rf"{_ZH_NUMBER}(?:号院|号楼|号|弄|栋|幢|座|单元|楼|层|室|期|门)"
_ADDRESS_ZH = re2.compile(
    rf"(?:\p{{Han}}{{1,8}}?{_ZH_PLACE}[，, ]?)+(?:\p{{Han}}{{0,4}}?{_ZH_DOOR}[，, ]?)+"
    rf"(?:{_ZH_NUMBER})?"
)
_ZH_LEAD = re2.compile(
    r"^.*(?:地址(?:是|在|为|改成|改到|:|：)?|住(?:在|址是|址)?|寄(?:到|给|往)|送(?:到|去|往)"
    r"|(?:搬|邮寄|发)到|收货(?:地址)?(?:是)?|我家(?:在)?|就?在|到|是|的|您|我|你)[，, ]?"
)
_STREETS = (
    r"(?:street|road|avenue|lane|drive|boulevard|court|way|place|terrace|close|square|crescent"
    r"|highway|parkway|circle|trail|st|rd|ave|ln|dr|blvd|ct|pl)"
)
_EN_WORD = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred)"
)
_EN_NUMBER = rf"(?:#?\d+[a-z]?|{_EN_WORD}(?:[ -]{_EN_WORD}){{0,4}})"
_ADDRESS_EN = re2.compile(
    rf"\b{_EN_NUMBER},? (?:[a-z0-9'.]+ ){{1,4}}?{_STREETS}\b\.?"
    rf"(?:,? (?:apartment|apt|unit|suite|flat|number|#) ?{_EN_NUMBER})?"
    r"(?:,? (?:in )?[a-z]+(?: [a-z]+)?,? (?:[a-z]{2} )?\d{5}(?:-\d{4})?\b)?"
)
_STATES = (
    r"(?:al|ak|az|ar|ca|co|ct|de|fl|ga|hi|ia|id|il|in|ks|ky|la|ma|md|me|mi|mn|mo|ms|mt|nc|nd|ne"
    r"|nh|nj|nm|nv|ny|oh|ok|or|pa|ri|sc|sd|tn|tx|ut|va|vt|wa|wi|wv|wy|dc)"
)
_CITY_EN = re2.compile(rf"\b(?:[a-z]+,? ){{1,2}}{_STATES},? \d{{4,5}}(?:-\d{{4}})?\b")
_NAMED_EN = re2.compile(  # what is called an address and holds a number
    rf"\b(?:home |mailing |billing |shipping |street |postal |my |new )?address(?: is|:| to)* "
    rf"((?:[a-z'.#-]+,? ){{0,2}}?{_EN_NUMBER}\b(?:[ ,]+[a-z0-9'.#-]+){{1,9}})"
)
_NO_STREET = re2.compile(  # "two days on the way", "one or other place"
    r"\b(?:by|on|in|the|a|any|no|other|that|this|which|my|your|to|of|at|days?|minutes?|hours?|or"
    r"|and|same|long|right|best|first|only)"
    r" (?:street|road|way|place|drive|close|court|square|circle)\b"
)


def _addresses(text: str, asked: str) -> Iterator[tuple[int, int]]:
    del asked
    for match in _ADDRESS_ZH.finditer(text):
        lead = _ZH_LEAD.match(match.group())
        yield match.start() + (lead.end() if lead else 0), match.end()
    for match in _CITY_EN.finditer(text):
        yield match.span()
    for match in _NAMED_EN.finditer(text):
        if "mail address" not in text[: match.start(1)]:
            yield match.span(1)
    for match in _ADDRESS_EN.finditer(text):
        if not _NO_STREET.search(match.group()):
            yield match.span()


# Each gets a turn's text and what was said to it, both in lower case.
TEXT_KINDS: dict[str, Callable[[str, str], Iterator[tuple[int, int]]]] = {
    "pii_email": _emails,
    "pii_password": _passwords,
    "pii_address": _addresses,
}
