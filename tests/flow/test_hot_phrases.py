"""Phrases of the packs are told to the recogniser where a site wants it, after its own words."""

from pathlib import Path

from qa.flow.hot_phrases import MOST, hot_phrases, with_phrases
from qa.flow.opened import open_site
from qa.flow.site import init_site
from qa.packs.load import load_packs

ROOT = Path(__file__).parents[2]


def test_own_words_come_first_and_no_more_than_may_be_told() -> None:
    packs = load_packs(ROOT)
    phrases = hot_phrases(packs)
    assert "感谢您的耐心等待" in phrases
    assert any(phrase.isascii() for phrase in phrases)
    told = with_phrases(("星海银行", phrases[3]), packs)
    assert told[:4] == ("星海银行", phrases[3], phrases[0], phrases[1])
    assert set(told) == {"星海银行", *phrases}
    many = tuple(f"name {number}" for number in range(MOST - 2))
    assert with_phrases(many, packs) == (*many, *phrases[:2])


def test_a_site_turns_them_on(tmp_path: Path) -> None:
    init_site(tmp_path / "site")
    settings = tmp_path / "site" / "settings.yaml"
    text = settings.read_text("utf-8").replace("hot_words: []", "hot_words: [星海银行]")
    settings.write_text(text, "utf-8")
    assert open_site(str(settings.parent)).transcribe_settings().hot_words == ("星海银行",)
    settings.write_text(
        text.replace("hot_words_of_rules: false", "hot_words_of_rules: true"), "utf-8"
    )
    told = open_site(str(settings.parent)).transcribe_settings().hot_words
    assert told[0] == "星海银行"
    assert len(told) > 50
