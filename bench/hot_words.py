"""What hot words gain and what they cost, on calls with known text.

    python -m bench.hot_words [--words FILE] [--calls ID ...] [FOLDER ...]

FILE: one name a line; default: the company and product names of the demo and synthetic calls as
their own site would list them, and as many that no call mentions. Three ways, interleaved call by
call: no hot words, the names, the phrases that the shipped rules look for (as many as fit). Prints
for each: how many of the mentions in the texts were heard as written, how many were heard that
nobody said, the errors over all words, CPU seconds.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

from bench.known_text import ROOT, Errors, errors_of, known_calls, plain, texts_of
from qa.flow.hot_phrases import hot_phrases
from qa.packs.load import load_packs
from transcribe.recording import transcribe
from transcribe.settings import TranscribeSettings
from transcribe.whisper import Recogniser

NAMES = (
    "星海银行", "清泉水务", "远山通信", "春风商城", "青山市", "东湖银行", "云通宽带", "工号",
    "年费", "电饭锅", "蒸笼", "水费", "宽带", "信用卡",
    "金桥保险", "蓝鲸出行", "百川物流", "松鹤堂", "理财通", "分期乐享", "白金卡", "极光路由器",
    "Silver Line Broadband", "Clear Valley Energy", "Maple Street Store", "Blue River Bank",
    "Oak Tree Insurance", "Green Valley Energy", "Blue Coast Airlines", "Metro Bank", "router",
    "Harbor Mobile", "Sunrise Health", "Pine Ridge Credit Union", "TurboNet", "SafeDrive",
    "Golden Gate Travel", "QuickPay", "Premier Plus",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--words", type=Path)
    parser.add_argument("--calls", nargs="*", default=[])
    wanted = parser.parse_args()
    names = NAMES
    if wanted.words:
        names = tuple(wanted.words.read_text("utf-8").split("\n"))
    names = tuple(name.strip() for name in names if name.strip())
    phrases = hot_phrases(load_packs(ROOT))
    ways = {"no hot words": (), "names": names, "rule phrases": phrases}
    hearing = {
        name: Recogniser.open(TranscribeSettings(mask_kinds=(), hot_words=words[:200]))
        for name, words in ways.items()
    }
    listed = {"names": names, "rule phrases": phrases}
    cpu_s: Counter[str] = Counter()
    errors = {way: {"zh": Errors(), "en": Errors()} for way in ways}
    found: dict[tuple[str, str, str], Counter[str]] = {}
    for call in known_calls(wanted.folders):
        if wanted.calls and call.id not in wanted.calls:
            continue
        for way, recogniser in hearing.items():
            began_s = time.process_time()
            made = transcribe(
                call.path, recogniser.settings, recogniser=recogniser, language=call.language
            )
            cpu_s[way] += time.process_time() - began_s  # type: ignore[assignment]
            heard = texts_of(made)
            own = errors_of(call, heard)
            errors[way][call.language] += own
            print(f"  {call.id} {way}: {own.share:.1%}", flush=True)
            for what, words in listed.items():
                tally = found.setdefault((way, what, call.language), Counter())
                for at, said in enumerate(call.said):
                    mentions(tally, words, " ".join(said), heard.get(at, ""), call.language)
    for way in ways:
        zh, en = errors[way]["zh"], errors[way]["en"]
        print(f"{way}: CER zh {zh.share:.2%}, WER en {en.share:.2%}, {cpu_s[way]:.1f} CPU s")
        for (whose, what, language), tally in found.items():
            if whose == way and tally["said"]:
                print(
                    f"    {what}, {language}: {tally['heard']} of {tally['said']} mentions heard "
                    f"({tally['heard'] / tally['said']:.1%}), {tally['added']} that nobody said"
                )


def mentions(
    tally: Counter[str], words: tuple[str, ...], said: str, heard: str, language: str
) -> None:
    """Adds how often each word was said, heard, and heard without having been said."""
    lang = "zh" if language == "zh" else "en"
    join = "" if lang == "zh" else " "
    pad = join
    told, got = (f"{pad}{join.join(plain(text, lang))}{pad}" for text in (said, heard))
    for word in words:
        key = f"{pad}{join.join(plain(word, lang))}{pad}"
        if not key.strip():
            continue
        wanted, seen = told.count(key), got.count(key)
        tally["said"] += wanted
        tally["heard"] += min(wanted, seen)
        tally["added"] += max(0, seen - wanted)


if __name__ == "__main__":
    main()
