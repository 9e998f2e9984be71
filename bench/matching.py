"""Thousands of phrases over real-length utterances, beside spaCy's tokenise + PhraseMatcher.

Both search the same folded texts (what a reading holds); ours a call of 40 utterances at a time,
as `measure` does; spaCy by `make_doc` and PhraseMatcher without a pipeline, its fastest way (zh by
characters, which finds every phrase; by words it would miss those that jieba cuts otherwise).
spaCy comes twice: made anew each round, as for calls it has not heard, and one whose tokeniser has
kept the tokens of these very texts.
Medians over rounds in turn are printed, and their ratio. Hits are compared with a brute-force
oracle: every phrase looked for in every utterance with str.find, whole words in English.
Utterances are the dialogues of ../shared/data where they are, else templates, by seed; phrases
are wordings of service talk by templates, and stretches of a hundredth of the dialogues' turns.
Goal: 15 times spaCy, differences 0. The cost of making readings, which spaCy has not, is told too.
Run: python -m bench.matching [--phrases N] [--utterances N] [--rounds N] [--templates]
"""

import argparse
import json
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.matcher import PhraseMatcher

from qa.facts.literals import Literals
from qa.facts.reading import fold, read
from transcribe.transcript import Language

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
TURNS_A_CALL = 40  # guess: a call of five minutes
PARTS: dict[Language, tuple[tuple[str, ...], ...]] = {
    "zh": (
        ("帮您", "给您", "为您", "替您", "请您", "麻烦您", "我想", "我要", "可以", "能不能"),
        ("查询", "办理", "取消", "退订", "开通", "更换", "核实", "登记", "提交", "修改",
         "补办", "转接", "处理", "确认", "冻结", "激活", "申请", "恢复"),
        ("套餐", "账单", "银行卡", "订单", "快递", "退款", "发票", "密码", "地址", "宽带", "流量",
         "积分", "会员", "合同", "保险", "贷款", "手机号", "工单", "优惠券", "信用卡",
         "余额", "话费"),
        ("业务", "一下", "信息", "记录", "", "的问题", "的时间", "服务"),
    ),
    "en": (
        ("i can", "i will", "let me", "could you", "please", "we have", "i want to", "i need to",
         "can you", "would you"),
        ("check", "cancel", "update", "confirm", "verify", "change", "replace", "refund", "open",
         "close", "transfer", "look into", "set up", "reset", "renew"),
        ("your", "my", "the", "this", "that"),
        ("order", "bill", "account", "card", "package", "plan", "password", "address", "invoice",
         "line", "router", "booking", "policy", "loan", "payment", "balance", "phone number"),
        ("", "today", "number", "details", "for you", "right now"),
    ),
}  # fmt: skip
NAMED: dict[Language, tuple[str, ...]] = {
    "zh": ("单号{}", "一共{}块钱", "尾号{}", "工号{}为您服务"),
    "en": ("order {}", "it was {} dollars", "ending in {}", "reference a{}", "on my {}gb plan"),
}
FILL: dict[Language, tuple[str, ...]] = {
    "zh": ("好的", "您好", "那个", "就是说", "我这边看到", "因为昨天打过电话", "麻烦您稍等",
           "谢谢您", "这个月多扣了三十块钱", "到现在还没有收到", "系统显示是正常的",
           "请问还有什么可以帮您",
           "我等了很久了", "客服说三天之内会有人联系我"),
    "en": ("okay", "hi there", "you know", "what i see here is", "since i called yesterday",
           "just a moment please", "thank you so much", "they charged me thirty dollars more",
           "it still has not arrived", "the system says it's fine", "is there anything else",
           "i've been waiting forever", "somebody was going to call me within three days"),
}  # fmt: skip


def phrases_of(language: Language, count: int, utterances: Sequence[str]) -> list[str]:
    """Folded phrases: two thirds to all of a template, and stretches of some of the utterances."""
    rng = random.Random(f"phrases {language}")
    space = "" if language == "zh" else " "
    found: set[str] = set()
    for text in rng.sample(utterances, len(utterances) // 100):
        words = list(text) if language == "zh" else text.split()
        if len(words) > 4:
            at = rng.randrange(len(words) - 3)
            found.add(fold(space.join(words[at : at + rng.randint(3, 5)]), language))
    while len(found) < count:
        parts = [rng.choice(one) for one in PARTS[language]]
        found.add(fold(space.join(one for one in parts[rng.randint(0, 1) :] if one), language))
    return sorted(one for one in found if len(one) > 2)[:count]


def templates(language: Language, count: int) -> list[str]:
    """Utterances of two to four stock pieces and one that names a number, as callers do; in each
    fifth a phrase is said (a guess; of the shared dialogues, one in ten has one)."""
    rng = random.Random(f"utterances {language}")
    space = "" if language == "zh" else " "
    made = []
    for _ in range(count):
        pieces = rng.sample(FILL[language], rng.randint(2, 4))
        pieces.append(rng.choice(NAMED[language]).format(rng.randint(10, 99_999)))
        if rng.random() < 0.2:
            pieces.append(space.join(one for one in map(rng.choice, PARTS[language]) if one))
        rng.shuffle(pieces)
        made.append(("，" if language == "zh" else ", ").join(pieces))
    return made


def dialogues(language: Language, count: int) -> list[str]:
    """Utterances of the shared dialogues, whole turns, over again where they are fewer; none
    without them."""
    name = {"zh": "crosswoz_zh/val.jsonl", "en": "multidogo/dev.jsonl"}[language]
    path = SHARED / name
    if not path.is_file():
        return []
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if language == "zh":
        texts = [turn["text"] for line in lines for turn in line["turns"]]
    else:
        several: dict[tuple[str, str], list[str]] = {}
        for line in lines:
            if line["text"]:
                several.setdefault((line["conv"], line["turn"]), []).append(line["text"])
        texts = [" ".join(sentences) for sentences in several.values()]
    return (texts * (count // len(texts) + 1))[:count]


_WORD = re.compile(r"(?:(?![\u2e80-\U0010ffff])[^\W_])+(?:'(?:(?![\u2e80-\U0010ffff])[^\W_])+)*")


def oracle(phrases: Sequence[str], texts: Sequence[str]) -> set[tuple[int, int, int]]:
    """(text, start, end) of every phrase in every text, by looking for each in each."""
    found = set()
    for number, text in enumerate(texts):
        spans = [one.span() for one in _WORD.finditer(text)]
        for phrase in phrases:
            start = text.find(phrase)
            while start >= 0:
                end = start + len(phrase)
                if not any(a < start < b or a < end < b for a, b in spans):
                    found.add((number, start, end))
                start = text.find(phrase, start + 1)
    return found


def seconds_of(run: Callable[[], object]) -> float:
    # of the processor: other work on the machine does not count
    started = time.process_time()
    run()
    return time.process_time() - started


def spacy_search(language: Language, phrases: Sequence[str]) -> Callable[[str], list[Any]]:
    """A PhraseMatcher with its tokeniser, which keeps the tokens of words it has seen."""
    nlp = spacy.blank(language)
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("phrase", [nlp.make_doc(phrase) for phrase in phrases])
    return lambda text: matcher(nlp.make_doc(text))


def bench(language: Language, options: argparse.Namespace) -> None:
    own = [] if options.templates else dialogues(language, options.utterances)
    written = own or templates(language, options.utterances)
    reading_s = seconds_of(lambda: [read(text, language) for text in written])
    texts = [read(text, language).text for text in written]
    phrases = phrases_of(language, options.phrases, texts if own else ())
    literals = Literals(phrases)
    calls = [texts[at : at + TURNS_A_CALL] for at in range(0, len(texts), TURNS_A_CALL)]
    taken: dict[str, list[float]] = {"ours": [], "spacy": [], "spacy again": []}
    again = spacy_search(language, phrases)
    theirs = sum(len(again(text)) for text in texts)
    for _ in range(options.rounds):
        taken["ours"].append(seconds_of(lambda: [literals.find(call) for call in calls]))
        for name, search in (("spacy", spacy_search(language, phrases)), ("spacy again", again)):
            taken[name].append(seconds_of(lambda: [search(text) for text in texts]))  # noqa: B023
    median = {name: statistics.median(seconds) for name, seconds in taken.items()}
    hits = {
        (at * TURNS_A_CALL + turn, start, end)
        for at, call in enumerate(calls)
        for turn, found in literals.find(call).items()
        for _, start, end in found
    }
    expected = oracle(phrases, texts)
    characters = sum(map(len, texts))
    print(
        f"{language}: {len(phrases):,} phrases, {len(texts):,} utterances "
        f"({'shared dialogues' if own else 'templates'}) of {characters / len(texts):.0f} "
        f"characters, {options.rounds} rounds"
    )
    print(
        f"  ours {median['ours'] * 1000:.1f} ms ({characters / median['ours'] / 1e6:.1f} M "
        f"characters/s), spaCy {median['spacy'] * 1000:.0f} ms "
        f"({characters / median['spacy'] / 1e6:.2f} M); "
        f"ratio {median['spacy'] / median['ours']:.1f}; "
        f"with tokens kept {median['spacy again'] * 1000:.0f} ms, "
        f"ratio {median['spacy again'] / median['ours']:.1f}"
    )
    print(
        f"  hits {len(hits):,}, oracle {len(expected):,}, differences "
        f"{len(hits ^ expected)}; spaCy's hits {theirs:,}; readings cost {reading_s * 1000:.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phrases", type=int, default=5000)
    parser.add_argument("--utterances", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--templates", action="store_true", help="not the shared dialogues")
    options = parser.parse_args()
    for language in ("zh", "en"):
        bench(language, options)


if __name__ == "__main__":
    main()
