"""Appeals as people type them, on a small simulated centre."""

from pathlib import Path

import pytest

from tests.cli.commands import qa

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("appeals") / "site"
    assert qa("init", folder, cwd=folder.parent).status == 0
    made = qa(*["simulate", "--csrs", "4", "--calls", "4", "--seed", "4"], cwd=folder)
    assert made.status == 0, made.err
    return folder


def lost(site: Path) -> tuple[str, str, str]:
    """A call, an item it lost, and its CSR."""
    for line in qa("show", "--json", cwd=site).lines:
        for item in line["evaluation"]["items"]:
            if item["verdict"] == "not_met":
                return line["call"]["id"], item["ref_id"], line["csr_id"]
    raise AssertionError("a simulated centre without a fault")


def test_from_appeal_to_decision_in_both_languages(site: Path) -> None:
    call, item, csr = lost(site)
    for lang, words in (("zh", "没有未决的申诉"), ("en", "No appeal is open")):
        assert words in qa("appeal", cwd=site, lang=lang).out
    why = ("--reason", "=HYPERLINK(1)")
    raised = qa("appeal", "raise", call, item, "--by", csr, *why, "--json", cwd=site)
    assert raised.lines[0]["status"] == "open"
    again = qa("appeal", "raise", call, item, "--by", csr, *why, cwd=site, lang="zh")
    assert (again.status, "QA857" in again.err) == (2, True)
    assert [one["kind"] for one in qa("today", "--json", cwd=site).lines if one["kind"] == "appeal"]
    for lang, words in (("zh", "还剩"), ("en", "h left")):
        assert words in qa("appeal", cwd=site, lang=lang).out
    own = qa("appeal", "uphold", call, item, "--by", csr, *why, cwd=site)
    assert (own.status, "QA859" in own.err) == (2, True)
    done = qa("appeal", "overturn", call, item, "--by", "Zhao", *why, cwd=site)
    assert done.status == 0
    assert "revision 2" in done.err
    for lang, words in (("zh", "改判"), ("en", "overturned")):
        assert words in qa("appeal", "all", cwd=site, lang=lang).out
        assert words in qa("show", call, cwd=site, lang=lang).out
    missing = qa("appeal", "raise", cwd=site)
    assert (missing.status, "QA861" in missing.err) == (2, True)


def test_the_simulated_centre_ends_yesterday(site: Path) -> None:
    waits = qa("today", "--json", cwd=site).lines
    assert all(one["late_days"] <= 90 for one in waits)
    assert qa("plan", "propose", "--by", "Li", cwd=site).err.strip()
