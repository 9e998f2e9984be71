"""Derived facts through the flow: checked by their cases, stored, shown, explained, in JSON."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.flow.check_file import check_file
from qa.flow.history import see_call
from qa.flow.shipped import shipped_root
from qa.flow.simulated import keep_scripts
from qa.flow.whatif import packs_under, whatif
from qa.packs.load import load_packs
from qa.simulate.site import SiteSpec, simulate_site
from qa.store.store import Store, open_store
from tests.cli.commands import qa
from transcribe.errors import CodedErrors

ROOT = shipped_root()
SHIPPED = ROOT / "rules/zh/derived.yaml"


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs(ROOT)


@pytest.fixture(scope="module")
def store(packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("store") / "qa.sqlite"
    with open_store(f"sqlite:///{path}") as opened:
        keep_scripts(opened, packs, simulate_site(SiteSpec(csrs=4, calls_a_csr=20, seed=2)).scripts)
        yield opened


def test_shipped_derivations_keep_their_cases_promises(packs: Packs) -> None:
    one, _ = check_file(SHIPPED, packs, root=ROOT, language="zh")
    assert {d.kind for d in one.derivations} == {"risk", "needs_coaching"}


def test_qa347_a_case_that_gives_something_else(packs: Packs, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(SHIPPED.read_text("utf-8").replace("expect: sure", "expect: none"), "utf-8")
    with pytest.raises(CodedErrors) as caught:
        check_file(path, packs, root=ROOT, language="zh", name="x.yaml")
    (error,) = caught.value.errors
    assert (error.code, error.values["expected"], error.values["seen"]) == ("QA347", "none", "sure")
    assert error.place.startswith("x.yaml:")


def test_stored_calls_show_what_was_derived(store: Store, packs: Packs) -> None:
    seen = [see_call(store, packs, one.call.id) for one in store.latest_evaluations()]
    derived = [fact for one in seen for fact in one.derived]
    assert {fact.kind for fact in derived} <= {"risk", "needs_coaching"}
    assert derived
    for one in seen:
        for fact in one.derived:
            if fact.quote and fact.turn is not None and one.transcript:
                assert fact.quote in one.transcript.turns[fact.turn].text


RULE = """
rules:
  - id: EMP-900
    name: leaves_no_complaint_alone
    title: {zh: 甲, en: A}
    why: {zh: 乙, en: B}
    wrong_when: {zh: 丙, en: C}
    status: trial
    conditions: {risk: {derived: {kind: risk}}}
    not_met_when: risk
"""


def test_whatif_judges_again_what_rests_on_a_changed_derivation(
    store: Store, packs: Packs, tmp_path: Path
) -> None:
    path = tmp_path / "rules.yaml"
    waiver = """
derive:
  - id: nobody_greets
    waives: [OPEN-001]
    title: {zh: 甲, en: A}
    why: {zh: 乙, en: B}
    conditions: {g: {says: {words: greeting}}}
    when: g
"""
    path.write_text(waiver, "utf-8")
    other, _ = packs_under(path, packs, "zh")
    made = whatif(store, other, Limits())
    assert set(made.rerun) == {"OPEN-001"}
    assert sum(form.compared.changed for form in made.forms) > 0
    path.write_text(RULE, "utf-8")
    assert set(whatif(store, packs_under(path, packs, "zh")[0], Limits()).rerun) == {"EMP-900"}


@pytest.mark.parametrize(("lang", "words"), [("zh", "推得的事实"), ("en", "What follows")])
def test_people_read_what_follows(tmp_path: Path, lang: str, words: str) -> None:
    ran = qa("judge", ROOT / "demo/scripts/zh-03.call", cwd=tmp_path, lang=lang)
    assert words in ran.out
    told = qa("judge", ROOT / "demo/scripts/zh-03.call", "--json", cwd=tmp_path).lines[0]
    assert {one["kind"] for one in told["derived"]} == {"risk"}
    assert all(one["because"]["zh"] and one["because"]["en"] for one in told["derived"])


@pytest.mark.parametrize("subject", ["risk", "complaint_without_empathy", "derived", "QA348"])
def test_explain_knows_derivations(tmp_path: Path, subject: str) -> None:
    ran = qa("explain", subject, cwd=tmp_path)
    assert ran.status == 0
    assert subject in ran.out
