"""`qa check FILE`, `qa try`, `qa new` as their users run them."""

from pathlib import Path

from qa.flow.opened import open_site
from qa.flow.site import init_site
from qa.packs.load import load_packs
from tests.cli.commands import ROOT, qa
from tests.flow.stored import keep_scripts

RULES = ROOT / "rules" / "en" / "hold.yaml"
CALL = """\
# no thanks  language: en
00:01.0-00:03.0 csr: Hello, one moment please.
00:04.0 -- hold 20s
00:25.0-00:27.0 csr: It is on its way.
"""


def test_try_shows_hits_and_near_misses(tmp_path: Path) -> None:
    call = tmp_path / "a.call"
    call.write_text(CALL, "utf-8")
    shown = qa("try", RULES, call, cwd=tmp_path)
    assert shown.status == 0, shown.err
    assert "»Hello, one moment please«" in shown.out
    assert "HOLD-002" in shown.out
    assert "not met" in shown.out
    (line,) = qa("try", RULES, call, "--json", cwd=tmp_path).lines
    assert line["call"]["id"] == "a"
    assert [rule["rule_id"] for rule in line["rules"]] == ["HOLD-001", "HOLD-002", "HOLD-003"]
    assert [rule["finding"]["verdict"] for rule in line["rules"][:2]] == ["met", "not_met"]


def test_try_says_what_it_cannot_read(tmp_path: Path) -> None:
    call = tmp_path / "a.call"
    call.write_text(CALL, "utf-8")
    ran = qa("try", RULES, "nobody", call, "--json", cwd=tmp_path)
    assert ran.status == 1
    assert [line.get("error", {}).get("code") for line in ran.lines] == ["QA873", None]
    words = ROOT / "rules" / "words" / "en" / "thanks.yaml"
    ran = qa("try", words, call, cwd=tmp_path)
    assert (ran.status, "QA874" in ran.err) == (2, True)


def test_new_writes_once_and_passes_check(tmp_path: Path) -> None:
    made = qa("new", "rule", "hold", "--language", "zh", "-o", "zh/mine.yaml", cwd=tmp_path)
    assert made.status == 0, made.err
    assert qa("check", "zh/mine.yaml", cwd=tmp_path).status == 0
    again = qa("new", "rule", "hold", "--language", "zh", "-o", "zh/mine.yaml", cwd=tmp_path)
    assert (again.status, "QA871" in again.err) == (2, True)
    (tmp_path / "file").write_text("", "utf-8")
    blocked = qa("new", "scorecard", "en", "-o", "file/card.yaml", cwd=tmp_path)
    assert (blocked.status, "QA872" in blocked.err) == (2, True)
    assert "scorecard:" in qa("new", "scorecard", "en", cwd=tmp_path).out
    assert "QA257" in qa("new", "scorecard", "fr", cwd=tmp_path).err


def test_check_tells_the_lint(tmp_path: Path) -> None:
    path = tmp_path / "en" / "rule.yaml"
    path.parent.mkdir()
    text = RULES.read_text("utf-8").replace("hold: {min_s: 3}", "hold: {min_s: 3, max_s: 2}", 1)
    path.write_text(text, "utf-8")
    ran = qa("check", path, "--json", cwd=tmp_path)
    (line,) = ran.lines
    assert ran.status == 1
    assert {error["code"] for error in line["errors"]} >= {"QA250"}


def test_whatif_tells_what_changes_and_saves_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    init_site(site)
    opened = open_site(str(site))
    with opened.store as store:
        calls = keep_scripts(store, load_packs(ROOT), "zh")
    path = tmp_path / "zh" / "opening.yaml"
    path.parent.mkdir()
    text = (ROOT / "rules" / "zh" / "opening.yaml").read_text("utf-8")
    path.write_text(text.replace("first_turns: 2", "first_s: 0.1"), "utf-8")
    shown = qa("whatif", path, "--site", site, cwd=tmp_path)
    assert shown.status == 0, shown.err
    for word in ("OPEN-1", "csr-0", "Nothing was saved", "Rules judged again"):
        assert word in shown.out
    (line,) = qa("whatif", path, "--site", site, "--json", cwd=tmp_path).lines
    (form,) = line["forms"]
    assert form["compared"]["calls"] == len(calls)
    assert set(line["rerun"]) == {"OPEN-001", "OPEN-002"}
    same = qa("whatif", ROOT, "--site", site, "--json", cwd=tmp_path).lines
    assert same[0]["forms"][0]["compared"]["changed"] == 0
    tried = qa("try", path, calls[0], "--site", site, "--json", cwd=tmp_path)
    assert tried.lines[0]["call"]["id"] == calls[0]
    late = qa("whatif", path, "--site", site, "--since", "soon", cwd=tmp_path)
    assert (late.status, "QA875" in late.err) == (2, True)
