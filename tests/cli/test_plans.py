"""Coaching from proposal to effect, on a simulated centre, as people type it."""

import json
from pathlib import Path

import pytest

from tests.cli.commands import qa

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("centre") / "site"
    assert qa("init", folder, cwd=folder.parent).status == 0
    words = "simulate --csrs 9 --calls 25 --seed 2 --until 2025-04-05"
    made = qa(*words.split(), cwd=folder)
    assert made.status == 0, made.err
    assert "225" in made.err
    return folder


def test_coaching_runs_from_proposal_to_effect(site: Path) -> None:
    proposed = qa("plan", "propose", "--by", "Li", "--on", "2025-04-10", "--json", cwd=site)
    assert proposed.status == 0, proposed.err
    plans = proposed.lines
    assert plans
    first = plans[0]
    assert len(first["priorities"]) <= 2
    assert first["status"] == "proposed"
    csr, plan_id = first["csr_id"], first["id"]
    course = next(a["course_id"] for a in first["actions"] if a["course_id"])
    again = qa("plan", "propose", "--by", "Li", "--json", cwd=site)
    assert again.lines == []  # who has an open plan gets no second one

    assert qa("plan", "sign", plan_id, "--by", csr, "--role", "csr", cwd=site).status == 0
    signed = qa("plan", "sign", plan_id, "--by", "Li", "--json", cwd=site)
    assert signed.lines[0]["status"] == "agreed"
    twice = qa("plan", "sign", plan_id, "--by", "Li", cwd=site)
    assert (twice.status, "QA510" in twice.err) == (2, True)

    attended = qa("course", "attended", csr, course, "--by", "Wang", "--on", "2025-02-20", cwd=site)
    assert "1 plans" in attended.err
    skill = first["priorities"][0]["skill"]
    soon = qa("course", "assign", "--on", "2025-02-25", "--json", cwd=site).lines
    assert (csr, skill) not in {(one["csr_id"], one["skill"]) for one in soon}
    later = qa("course", "assign", "--on", "2025-05-01", "--json", cwd=site).lines
    mine_later = [one for one in later if (one["csr_id"], one["skill"]) == (csr, skill)]
    assert mine_later
    assert mine_later[0].get("course_id") != course  # what failed is not offered again
    shown = qa("plan", "show", plan_id, "--json", cwd=site).lines[0]
    assert shown["trained_on"] == "2025-02-20"
    checked = qa("plan", "recheck", "--json", "--on", "2025-06-01", cwd=site).lines
    mine = next(one for one in checked if one["id"] == plan_id)
    assert [one["day"] for one in mine["rechecks"]][:3] == [7, 21, 60]

    effects = qa("effect", "--json", cwd=site).lines
    assert effects
    assert {one["verdict"] for one in effects} == {"cannot_tell"}  # one CSR proves nothing
    told = qa("plan", "show", plan_id, cwd=site, lang="zh")
    assert "签" in told.out or "进行中" in told.out or "回落" in told.out
    over = qa("plan", "cancel", plan_id, "--by", "Li", "--why", "left", "--json", cwd=site)
    assert over.lines[0]["status"] == "cancelled"


def test_coach_says_how_sure_it_is(site: Path) -> None:
    line = qa("coach", "1000", "--json", cwd=site).lines[0]
    assert {"gap", "below_probability", "more_calls"} <= line["estimates"][0].keys()
    table = qa("coach", "1000", cwd=site, lang="zh")
    assert "与同组同类通话相比" in table.out


def test_the_pack_prints_in_both_languages(site: Path) -> None:
    for lang in ("zh", "en"):
        target = site / f"pack-{lang}.pdf"
        ran = qa("plan", "print", "1000", "--to", target, cwd=site, lang=lang)
        assert ran.status == 0, ran.err
        assert target.read_bytes().startswith(b"%PDF")
    unknown = qa("plan", "print", "9999", "--to", "x.pdf", cwd=site)
    assert (unknown.status, "QA850" in unknown.err) == (2, True)


def test_seats_are_assigned_with_a_reason(site: Path) -> None:
    found = qa("course", "assign", "--weeks", "2", "--json", cwd=site)
    assert found.status == 0, found.err
    assert all(one["why"]["zh"] for one in found.lines)
    catalogue = qa("course", "--json", cwd=site)
    assert {json.dumps(one["seats"]) for one in catalogue.lines} == {"8"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plan", "show", "P9999"), "QA860"),
        (("plan", "propose"), "QA861"),
        (("plan", "sign"), "QA861"),
        (("plan", "print", "1000"), "QA861"),
        (("plan", "print", "1000", "--to", "no/such/folder.pdf"), "QA521"),
        (("plan", "cancel", "P0001", "--by", "Li"), "QA861"),
        (("course", "quiz", "1000", "C4", "--by", "Li"), "QA861"),
        (("course", "attended", "1000", "GONE", "--by", "Li"), "QA862"),
    ],
)
def test_wrong_use_is_told(site: Path, words: tuple[str, ...], code: str) -> None:
    ran = qa(*words, cwd=site)
    assert ran.status == 2
    assert code in ran.err
    assert "Traceback" not in ran.err
