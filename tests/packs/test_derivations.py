"""`derive:` in rule files: read, cross-referenced, and what is wrong told at its place."""

from pathlib import Path

import pytest

from qa.domain.call import Call
from qa.domain.logic import Faults
from qa.packs.load import load_packs
from qa.packs.one_file import with_file
from tests.packs.folders import RULE, faults, site
from transcribe.errors import CodedErrors

HEAD = "title: {zh: 甲, en: A}, why: {zh: 乙, en: B}"
RISK = f"""\
derive:
  - id: rude
    kind: risk
    value: high
    title: {{zh: 甲, en: A}}
    why: {{zh: 乙, en: B}}
    each: hello
    conditions: {{hello: {{says: {{speaker: csr, words: greeting}}}}}}
    when: hello
  - {{id: coach, kind: needs_coaching, {HEAD}, when: {{faults: {{area: OPEN}}}}}}
  - {{id: by_skill, kind: needs_coaching, {HEAD}, when: {{not: {{faults: {{skill: opening}}}}}}}}
  - {{id: lift, waives: [OPEN-001], {HEAD}, when: v,
     conditions: {{v: {{attribute: {{name: vip, is: present}}}}}}}}
"""


def test_what_is_read(tmp_path: Path) -> None:
    packs = load_packs(site(tmp_path, opening=RULE + RISK))
    by_id = {one.id: one for one in packs.derivations}
    assert sorted(by_id) == ["by_skill", "coach", "lift", "rude"]
    rude = by_id["rude"]
    assert (rude.kind, rude.value, rude.each, rude.language) == ("risk", "high", "hello", "en")
    assert rude.place == "rules/en/opening.yaml:10:5"
    assert by_id["lift"].kind == "waiver"
    assert packs.derivations_for(Call(id="c", source="c", language="en")) == packs.derivations
    assert packs.derivations_for(Call(id="c", source="c", language="zh")) == ()


def test_faults_stand_for_the_live_rules_of_their_area_or_skill(tmp_path: Path) -> None:
    packs = load_packs(site(tmp_path, opening=RULE + RISK))
    by_id = {one.id: one for one in packs.derivations}
    when = by_id["coach"].when
    assert isinstance(when, Faults)
    assert when.rules == ("OPEN-001",)
    assert "OPEN-001" in by_id["by_skill"].when.model_dump_json()


def test_a_digest_is_of_the_meaning(tmp_path: Path) -> None:
    def digests(name: str, text: str) -> dict[str, str]:
        root = tmp_path / name
        root.mkdir()
        return {one.id: one.digest for one in load_packs(site(root, opening=text)).derivations}

    first = digests("a", RULE + RISK)
    assert digests("b", RULE + RISK.replace("{zh: 甲, en: A}", "{zh: 丙, en: C}")) == first
    assert digests("c", RULE + RISK.replace("value: high", "value: 3"))["rude"] != first["rude"]
    more = RULE + RULE.removeprefix("rules:\n").replace("OPEN-001", "OPEN-002") + RISK
    assert digests("d", more)["coach"] != first["coach"]  # one more rule is counted


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (RULE + RISK + RISK.split("\n", 1)[1], "QA248", 22),
        (RULE + RISK.replace("area: OPEN", "area: EMP"), "QA247", 18),
        (RULE + RISK.replace("skill: opening", "skill: singing"), "QA247", 19),
        (RULE.replace("live", "trial").replace("OPEN-1", "OPEN-1") + RISK, "QA247", 18),
        (RULE + RISK.replace("kind: risk", "kind: risk\n    waives: [OPEN-001]"), "QA249", 10),
        (RULE + RISK.replace("    kind: risk\n", ""), "QA249", 10),
        (RULE + RISK.replace("kind: risk", "kind: waiver"), "QA249", 10),
        (RULE + RISK.replace("waives: [OPEN-001],", "waives: [OPEN-001], value: 3,"), "QA249", 20),
        (RULE + RISK.replace("each: hello", "each: helo"), "QA220", 15),
        (RULE + RISK.replace("words: greeting", "words: greting"), "QA237", 16),
        (RULE + RISK.replace("each: hello", "eech: hello"), "QA210", 15),
        (RULE + RISK.replace("when: hello", "when: helo"), "QA220", 17),
    ],
)
def test_what_is_wrong(tmp_path: Path, text: str, code: str, line: int) -> None:
    found = [(error.code, error.place) for error in faults(site(tmp_path, opening=text))]
    assert (code, line) in [(one, int(place.split(":")[1])) for one, place in found]


def test_one_file_puts_its_derivations_among_the_packs(tmp_path: Path) -> None:
    packs = load_packs(site(tmp_path / "site", opening=RULE + RISK))
    path = tmp_path / "more.yaml"
    path.write_text(RISK.replace("value: high", "value: low"), "utf-8")
    one = with_file(packs, path, "en", name="more.yaml")
    assert (one.kind, len(one.rules), len(one.derivations)) == ("rules", 0, 4)
    assert len(one.packs.derivations) == 4
    assert {d.value for d in one.packs.derivations if d.id == "rude"} == {"low"}
    assert one.packs.digest != packs.digest
    path.write_text(RISK.replace("area: OPEN", "area: EMP"), "utf-8")
    with pytest.raises(CodedErrors) as caught:
        with_file(packs, path, "en", name="more.yaml")
    assert [error.code for error in caught.value.errors] == ["QA247"]
