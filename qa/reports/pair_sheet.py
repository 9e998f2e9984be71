"""The pair's sheet as a PDF of one page, in Chinese or English."""

import json
from pathlib import Path

from qa.domain.pair_sheet import PairSheet
from qa.domain.text import Text
from qa.reports.one_to_one import clip_row, font_folder
from transcribe.transcript import Language

_TEMPLATE = Path(__file__).with_suffix(".typ")

WORDS: dict[str, Text] = {
    "title": Text(zh="结对练习单", en="Pair worksheet"),
    "places": Text(zh="先听：这几处可以更好", en="Listen first: places that could be better"),
    "examples": Text(zh="再听：同伴的好例子", en="Then: your colleague doing it well"),
    "rounds": Text(zh="练三轮（每轮五分钟，第二轮互换角色）",
                   en="Rehearse three rounds (five minutes each, swap roles in the second)"),
    "noticed": Text(zh="同伴听到了什么，哪一句最管用", en="What your colleague heard, what worked"),
    "next": Text(zh="下一通电话我要做的一件事", en="The one thing I will do in my next call"),
    "met": Text(zh="下次碰头", en="We meet again on"),
    "note": Text(zh="这张单子只给两位同事用，不进入评分。",
                 en="For the two of you; it never enters a grade."),
}  # fmt: skip
HEADS = (
    Text(zh="通话", en="call"), Text(zh="位置", en="at"), Text(zh="评分项", en="item"),
    Text(zh="情况与正确说法", en="what happened, what would be right"),
)  # fmt: skip
ROUNDS = (
    Text(zh="照着好例子的原话说一遍", en="Say it in the words of the good example"),
    Text(zh="换一位着急的客户", en="The customer is in a hurry"),
    Text(zh="用自己的话说", en="In your own words"),
)


def pair_sheet_pdf(sheet: PairSheet, language: Language) -> bytes:
    """The sheet as PDF. Raises QA523 where the Chinese font is not installed."""
    import typst  # 30 MB, only for printing

    content = {
        "lang": language,
        "words": {key: text.of(language) for key, text in WORDS.items()},
        "title": f"{WORDS['title'].of(language)}  {sheet.csr_id} + {sheet.peer_id}",
        "skill": sheet.skill.of(language),
        "why": sheet.why.of(language),
        "heads": [one.of(language) for one in HEADS],
        "places": [clip_row(one, language) for one in sheet.places],
        "examples": [clip_row(one, language) for one in sheet.examples],
        "rounds": [one.of(language) for one in ROUNDS],
    }
    made = typst.compile(
        str(_TEMPLATE),
        font_paths=[str(font_folder())],
        sys_inputs={"sheet": json.dumps(content, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave several files for one PDF")
    return made
