"""The printed pack: both languages, Chinese embedded, nothing in it read as markup."""

from pathlib import Path

import pytest

from qa.domain.one_to_one import Clip, OneToOne, SkillLine, WeekPoint
from qa.domain.text import Text
from qa.reports import one_to_one
from qa.reports.one_to_one import chart_svg, font_folder, one_to_one_pdf
from transcribe.errors import CodedError
from transcribe.transcript import Language

EVIL = Text(zh='#panic("x") *[开场]* $', en='#panic("x") *[open]* $')
TREND = tuple(
    WeekPoint(week=f"w{n}", share=0.9 if n else 0.3, low=0.6, high=0.95, chances=20)
    for n in range(5)
)
PACK = OneToOne(
    csr_id="1004",
    calls=30,
    mean_score=88.2,
    strengths=(EVIL,),
    skills=(SkillLine(title=EVIL, chances=3, met_share=0.6, team_share=0.8, says=EVIL),),
    trend=TREND,
    mean_share=0.8,
    clips=(Clip(call_id="a", start_s=65.2, item="OPEN-1", reason=EVIL, say=("您好",)),),
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_prints_and_nothing_is_read_as_markup(language: Language) -> None:
    made = one_to_one_pdf(PACK, language)
    assert made.startswith(b"%PDF")
    assert b"NotoSansCJK" in made  # the font is embedded


def test_a_csr_without_anything_still_has_a_sheet() -> None:
    assert one_to_one_pdf(OneToOne(csr_id="1", calls=0), "zh").startswith(b"%PDF")


def test_a_week_beyond_its_limits_is_red() -> None:
    chart = chart_svg(TREND, 0.8)
    assert chart.count("#b91c1c") == 1
    assert chart_svg(TREND[:1], 0.8) == ""


def test_without_the_font_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Path(font_folder()).is_dir()
    monkeypatch.setattr(one_to_one, "FONT_WHEEL", "no-such-font-wheel")
    with pytest.raises(CodedError) as caught:
        one_to_one_pdf(PACK, "zh")
    assert caught.value.code == "QA523"
