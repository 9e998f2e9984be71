"""Curriculum, people and large centres, as they are typed."""

from pathlib import Path

import pytest

from tests.cli.commands import qa

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("centre") / "site"
    assert qa("init", folder, cwd=folder.parent).status == 0
    words = "simulate --csrs 12 --calls 40 --drawn --seed 2 --until 2025-04-05"
    made = qa(*words.split(), cwd=folder)
    assert made.status == 0, made.err
    assert "480" in made.err
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_gaps_and_hours_print_in_both_languages(site: Path, lang: str) -> None:
    gaps = qa("curriculum", cwd=site, lang=lang)
    assert gaps.status == 0, gaps.err
    assert "T1" in gaps.out
    assert ("达标率" if lang == "zh" else "met-rate") in gaps.out
    hours = qa("curriculum", "hours", cwd=site, lang=lang)
    assert ("周一" if lang == "zh" else "Mon") in hours.out


def test_a_quarter_from_proposal_to_calendar(site: Path) -> None:
    made = qa("curriculum", "propose", "--quarter", "2025-Q2", "--on", "2025-04-01",
              "--to", "plan.yaml", cwd=site)  # fmt: skip
    assert made.status == 0, made.err
    assert "service level was not checked" in made.err
    assert qa("curriculum", "check", "plan.yaml", cwd=site).status == 0
    early = qa("curriculum", "show", cwd=site)
    assert (early.status, "QA890" in early.err) == (2, True)
    assert qa("curriculum", "publish", "plan.yaml", "--by", "W", cwd=site).status == 0
    shown = qa("curriculum", "show", "--on", "2025-05-01", "--json", cwd=site).lines
    assert shown
    assert all(one["missing"] for one in shown)
    for name in ("q.ics", "q.xlsx", "q.yaml"):
        assert qa("curriculum", "export", "--to", name, cwd=site).status == 0
        assert (site / name).stat().st_size > 100
    assert b"BEGIN:VEVENT" in (site / "q.ics").read_bytes()
    broken = (site / "plan.yaml").read_text("utf-8").replace("2025-04", "2025-08")
    (site / "broken.yaml").write_text(broken, "utf-8")
    wrong = qa("curriculum", "publish", "broken.yaml", "--by", "W", cwd=site)
    assert (wrong.status, "QA515" in wrong.err, "broken.yaml:" in wrong.err) == (2, True, True)


def test_people_have_paths_questions_and_pairs(site: Path) -> None:
    assert len(qa("develop", "--json", cwd=site).lines) == 12
    assert "还没" in qa("develop", "1000", cwd=site, lang="zh").out
    assert qa("ask", "new", "1001", "--text", "=1+1?", cwd=site).status == 0
    assert "=1+1?" in qa("ask", cwd=site).out
    assert qa("ask", "answer", "Q0001", "--by", "Li", "--text", "2", cwd=site).status == 0
    assert qa("ask", "--json", cwd=site).lines == []
    assert qa("praise", cwd=site).status == 0
    assert qa("praise", "ledger", "--json", cwd=site).lines == []
    assert qa("course", "consent", "1003", "--by", "1003", cwd=site).status == 0
    pairs = [one for one in qa("course", "peers", "--json", cwd=site).lines if "peer_id" in one]
    for pair in pairs[:1]:
        made = qa("course", "pair", pair["csr_id"], "--to", "p.pdf", cwd=site)
        assert made.status == 0, made.err
        assert (site / "p.pdf").read_bytes().startswith(b"%PDF")


def test_a_form_that_is_gone_is_told_by_coach_and_export(site: Path) -> None:
    card = next(path for path in (site / "scorecards" / "zh").glob("*.yaml")
                if "zh-inbound" in path.read_text("utf-8"))  # fmt: skip
    text = card.read_text("utf-8")
    try:
        card.write_text(text.replace('version: "1"', 'version: "2"'), "utf-8")
        coach = qa("coach", cwd=site)
        assert coach.status == 0, coach.err
        assert "480" in coach.err
        export = qa("export", "all.csv", cwd=site)
        assert "480" in export.err
    finally:
        card.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("curriculum", "publish", "plan.yaml"), "QA861"),
        (("curriculum", "check"), "QA861"),
        (("curriculum", "check", "no-such.yaml"), "QA201"),
        (("curriculum", "export", "--to", "x.doc"), "QA861"),
        (("ask", "new", "1001"), "QA861"),
        (("praise", "give", "nobody", "--by", "Li"), "QA896"),
        (("develop", "9999"), "QA850"),
        (("course", "pair", "9999", "--to", "x.pdf"), "QA850"),
        (("course", "import", "no-such.csv", "--by", "W"), "QA801"),
    ],
)
def test_wrong_use_is_told(site: Path, words: tuple[str, ...], code: str) -> None:
    ran = qa(*words, cwd=site)
    assert ran.status == 2
    assert code in ran.err
    assert "Traceback" not in ran.err
