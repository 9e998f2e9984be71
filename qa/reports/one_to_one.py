"""The one-to-one pack as PDF, in Chinese or English, with a trend chart and room to write."""

import json
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from qa.domain.one_to_one import Clip, OneToOne, WeekPoint
from qa.domain.text import Text
from transcribe.errors import CodedError
from transcribe.transcript import Language

FONT_WHEEL = "noto-cjk-sans-otc"
FONT_FILE = "NotoSansCJK-Regular.ttc"
_TEMPLATE = Path(__file__).with_suffix(".typ")
WIDTH, HEIGHT, LEFT, TOP = 640, 170, 40, 10  # of the chart, in its own units

WORDS: dict[str, Text] = {
    "title": Text(zh="一对一面谈", en="One-to-one"),
    "strengths": Text(zh="做得好的地方", en="What goes well"),
    "trend": Text(zh="达标率走势", en="Met-rate by week"),
    "skills": Text(zh="能力项与把握", en="Skills, and how sure"),
    "priorities": Text(zh="本期重点（最多两项）", en="Priorities (at most two)"),
    "clips": Text(zh="一起听的片段", en="Places to listen to together"),
    "examples": Text(zh="同事的好例子（不具名）", en="Done well by colleagues, unnamed"),
    "grow": Text(zh="GROW 面谈提纲", en="GROW guide"),
    "commitments": Text(zh="约定", en="Commitments"),
}
LISTS: dict[str, tuple[Text, ...]] = {
    "skill_heads": (
        Text(zh="能力项", en="skill"), Text(zh="机会", en="chances"), Text(zh="达标", en="met"),
        Text(zh="同组", en="team"), Text(zh="结论", en="what can be said"),
    ),
    "clip_heads": (
        Text(zh="通话", en="call"), Text(zh="位置", en="at"), Text(zh="评分项", en="item"),
        Text(zh="情况与正确说法", en="what happened, what would be right"),
    ),
    "commit_heads": (
        Text(zh="做什么", en="what"), Text(zh="谁", en="who"), Text(zh="到期", en="due"),
    ),
    "sign": (
        Text(zh="座席签字 / 日期", en="CSR, date"),
        Text(zh="班组长签字 / 日期", en="Supervisor, date"),
    ),
}  # fmt: skip
GROW: tuple[tuple[Text, Text], ...] = (
    (
        Text(zh="目标", en="Goal"),
        Text(zh="这次谈完，你最想改变的一件事是什么？", en="What one thing do you want to change?"),
    ),
    (
        Text(zh="现状", en="Reality"),
        Text(zh="听完片段，你自己怎么看？当时是什么情况？", en="What do you hear in these calls?"),
    ),
    (
        Text(zh="办法", en="Options"),
        Text(zh="可以换成怎样的说法或做法？谁做得好？", en="What could you say or do instead?"),
    ),
    (
        Text(zh="行动", en="Will"),
        Text(zh="什么时候开始？我能帮你什么？", en="When do you start, and how can I help?"),
    ),
)


def one_to_one_pdf(pack: OneToOne, language: Language) -> bytes:
    """The pack as PDF. Raises QA523 where the Chinese font is not installed, since typst would
    print a sheet without a single Chinese character and say nothing.
    """
    import typst  # 30 MB, only for printing

    content = json.dumps(_content(pack, language), ensure_ascii=False)
    made = typst.compile(
        str(_TEMPLATE),
        font_paths=[str(font_folder())],
        sys_inputs={"pack": content},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave several files for one PDF")
    return made


def font_folder() -> Path:
    """The folder of the CJK font's wheel. Raises QA523."""
    try:
        found = [file for file in files(FONT_WHEEL) or () if file.name == FONT_FILE]
    except PackageNotFoundError:
        found = []
    if not found:
        raise CodedError("QA523", place=FONT_FILE, wheel=FONT_WHEEL)
    return Path(str(found[0].locate())).parent


def chart_svg(trend: tuple[WeekPoint, ...], mean_share: float) -> str:
    """A p-chart: met share a week as line, its limits as band, the mean dashed; "" if too short."""
    if len(trend) < 2:
        return ""
    across = [LEFT + (WIDTH - LEFT - 10) * n / (len(trend) - 1) for n in range(len(trend))]
    line = " ".join(f"{x:.1f},{_y(p.share):.1f}" for x, p in zip(across, trend, strict=True))
    upper = [f"{x:.1f},{_y(p.high):.1f}" for x, p in zip(across, trend, strict=True)]
    lower = [f"{x:.1f},{_y(p.low):.1f}" for x, p in zip(across, trend, strict=True)]
    band = " ".join([*upper, *reversed(lower)])
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{_y(p.share):.1f}" r="3.4" '
        f'fill="{"#b91c1c" if not p.low <= p.share <= p.high else "#1d4ed8"}"/>'
        for x, p in zip(across, trend, strict=True)
    )
    scale = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{_y(at)}" y2="{_y(at)}" stroke="#e5e7eb"/>'
        f'<text x="4" y="{_y(at) + 4}" font-size="11" fill="#555">{at:.0%}</text>'
        for at in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    mean = _y(mean_share)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + 2 * TOP}">{scale}'
        f'<polygon points="{band}" fill="#dbeafe" opacity="0.8"/>'
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{mean}" y2="{mean}" stroke="#666" '
        f'stroke-dasharray="5 4"/>'
        f'<polyline points="{line}" fill="none" stroke="#1d4ed8" stroke-width="2"/>{dots}</svg>'
    )


def _y(share: float) -> float:
    return round(TOP + HEIGHT * (1 - share), 1)


def _content(pack: OneToOne, language: Language) -> dict[str, object]:
    words: dict[str, object] = {key: text.of(language) for key, text in WORDS.items()}
    words |= {key: [one.of(language) for one in texts] for key, texts in LISTS.items()}
    name = " ".join(part for part in (pack.csr_id, pack.csr_name, pack.team) if part)
    mean = "-" if pack.mean_score is None else f"{pack.mean_score:.1f}"
    subtitle = Text(zh=f"{pack.calls} 通通话，均分 {mean}", en=f"{pack.calls} calls, mean {mean}")
    note = Text(
        zh="浅色带：只有偶然波动时 99.8% 的周会落在其中；红点在带外，值得谈。",
        en="Band: 99.8 % of weeks fall inside by chance alone; a red dot is worth talking about.",
    )
    plan = pack.plan
    return {
        "lang": language,
        "words": words,
        "title": f"{WORDS['title'].of(language)}  {name}",
        "subtitle": subtitle.of(language),
        "strengths": [one.of(language) for one in pack.strengths],
        "chart": chart_svg(pack.trend, pack.mean_share or 0.0),
        "chart_note": note.of(language),
        "skills": [
            [one.title.of(language), str(one.chances), f"{one.met_share:.0%}",
             f"{one.team_share:.0%}", one.says.of(language)]
            for one in pack.skills
        ],
        "priorities": [
            {
                "head": f"{_skill(pack, one.skill, language)} {one.baseline_share:.0%} → "
                f"{one.target_share:.0%}",
                "why": one.why.of(language),
            }
            for one in (plan.priorities if plan else ())
        ],
        "clips": [clip_row(one, language) for one in pack.clips],
        "examples": [clip_row(one, language) for one in pack.examples],
        "grow": [{"head": head.of(language), "ask": ask.of(language)} for head, ask in GROW],
        "commitments": [
            [one.what.of(language), one.owner, one.due.isoformat()]
            for one in (plan.actions if plan else ())
        ],
    }  # fmt: skip


def _skill(pack: OneToOne, skill: str, language: Language) -> str:
    return pack.titles[skill].of(language) if skill in pack.titles else skill


def clip_row(one: Clip, language: Language) -> list[str]:
    """Call, clock, item, and what happened with the wording that would have been right."""
    tenths = None if one.start_s is None else round(one.start_s * 10)
    at = "-" if tenths is None else f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"
    say = " / ".join(one.say)
    return [one.call_id, at, one.item, one.reason.of(language) + (f" → {say}" if say else "")]
