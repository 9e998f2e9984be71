"""Synonym groups and entity lists as a site writes them: what `qa check` says of their faults."""

from pathlib import Path

import pytest

from qa.errors import text_of
from qa.packs.load import load_packs
from qa.packs.one_file import with_file
from tests.packs.folders import RULE, WORDS, faults
from tests.packs.folders import site as written
from transcribe.errors import CodedErrors

SYNONYMS = """\
synonyms:
  - name: thing
    words: [bill, invoice]
  - name: wide
    words: [a1, a2, a3, a4, a5, a6, a7, a8, a9, b1, b2, b3, b4, b5, b6]
"""
INLINE = RULE.replace("words: greeting", "phrases: [your <thing> please]")
ENTITY = "kind: order_number\ntitle: {zh: 单号, en: Order}\nregexes: ['order ([0-9]{6,})']\n"


def site(tmp_path: Path, synonyms: str = SYNONYMS, **files: str) -> Path:
    root = written(tmp_path, **files)
    (root / "rules" / "synonyms").mkdir()
    (root / "rules" / "synonyms" / "en.yaml").write_text(synonyms, "utf-8")
    folder = root / "rules" / "entities" / "en"
    folder.mkdir(parents=True)
    (folder / "order_number.yaml").write_text(ENTITY, "utf-8")
    return root


def test_groups_reach_phrases_and_lists(tmp_path: Path) -> None:
    words = WORDS.replace("[hello]", "[hello, about the <thing>]")
    packs = load_packs(site(tmp_path, opening=INLINE, greeting=words))
    english = next(one for one in packs.patterns if one.language == "en")
    assert english.phrases[0].phrases == ("your bill please", "your invoice please")
    assert english.phrases[0].place.startswith("rules/en/opening.yaml:8:")
    assert english.lists[0].phrases == ("hello", "about the bill", "about the invoice")


def test_a_changed_group_is_another_pack(tmp_path: Path) -> None:
    before = load_packs(site(tmp_path / "a", opening=INLINE)).digest
    more = SYNONYMS.replace("[bill, invoice]", "[bill, invoice, statement]")
    assert load_packs(site(tmp_path / "b", more, opening=INLINE)).digest != before
    spelt = SYNONYMS + "  - {name: spelt, words: [please, plz], spellings: true}\n"
    assert load_packs(site(tmp_path / "d", spelt, opening=INLINE)).digest != before
    unused = SYNONYMS.replace("[a1, a2,", "[a0, a1, a2,")
    assert load_packs(site(tmp_path / "c", unused, opening=INLINE)).digest == before


@pytest.mark.parametrize(
    ("code", "place", "says", "synonyms", "files"),
    [
        ("QA217", "rules/en/opening.yaml:8:", "Known: thing, wide", SYNONYMS,
         {"opening": INLINE.replace("<thing>", "<thng>")}),
        ("QA217", "rules/words/en/greeting.yaml:1:1", "<card>", SYNONYMS,
         {"greeting": WORDS + "regexes: ['<card>']\n"}),
        ("QA218", "rules/en/opening.yaml:8:", "3375 wordings", SYNONYMS,
         {"opening": INLINE.replace("<thing>", "<wide> <wide> <wide>")}),
        ("QA219", "rules/synonyms/en.yaml:6:5", "first at rules/synonyms/en.yaml:2:5",
         SYNONYMS + "  - name: thing\n    words: [x, y]\n", {}),
        ("QA226", "rules/synonyms/en.yaml", '"pls" stands in two groups, spelt and spelt2',
         SYNONYMS + "  - {name: spelt, words: [please, plz, pls], spellings: true}\n"
         "  - {name: spelt2, words: [plus, pls], spellings: true}\n", {}),
        ("QA210", "rules/synonyms/en.yaml:4:5", "words", SYNONYMS + "    word: [x]\n", {}),
        ("QA246", "rules/en/opening.yaml:8:", "order_number", SYNONYMS,
         {"opening": RULE.replace("says: {speaker: csr, words: greeting}",
                                  "discloses: {kinds: [order_nmber]}")}),
    ],
)  # fmt: skip
def test_faults(
    tmp_path: Path, code: str, place: str, says: str, synonyms: str, files: dict[str, str]
) -> None:
    errors = faults(site(tmp_path, synonyms, **files))
    (error,) = (one for one in errors if one.code == code)
    assert error.place.split(":")[0] == place.split(":")[0]
    if not place.endswith(":1:1") and code != "QA210" and code != "QA219":
        assert error.place.startswith(place)
    assert says in text_of(error).en


def test_one_file_is_checked_among_the_packs(tmp_path: Path) -> None:
    root = site(tmp_path, opening=INLINE)
    packs = load_packs(root)
    path = root / "rules" / "synonyms" / "en.yaml"
    path.write_text(SYNONYMS.replace("invoice", "statement"), "utf-8")
    one = with_file(packs, path, "en")
    english = next(p for p in one.packs.patterns if p.language == "en")
    assert one.kind == "synonyms"
    assert english.phrases[0].phrases == ("your bill please", "your statement please")
    path.write_text(SYNONYMS.replace("name: thing", "name: other"), "utf-8")
    with pytest.raises(CodedErrors) as caught:
        with_file(packs, path, "en")
    assert [error.code for error in caught.value.errors] == ["QA217"]


def test_one_entity_list_takes_its_place_among_the_entities(tmp_path: Path) -> None:
    root = site(tmp_path)
    packs = load_packs(root)
    one = with_file(packs, root / "rules" / "entities" / "en" / "order_number.yaml", "en")
    english = next(p for p in one.packs.patterns if p.language == "en")
    assert [words.kind for words in english.entities] == ["order_number"]
    assert [words.kind for words in english.lists] == ["greeting"]
