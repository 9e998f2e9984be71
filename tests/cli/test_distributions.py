"""`qa distributions` as its users run it."""

from pathlib import Path

from qa.flow.opened import Opened
from qa.flow.site import init_site
from tests.cli.commands import qa
from tests.flow.stored import keep_scripts


def test_a_site_without_calls_and_one_with_some(tmp_path: Path) -> None:
    opened = Opened(init_site(tmp_path / "site"))
    none = qa("distributions", cwd=opened.root)
    assert none.status == 0
    assert "Read off 0 calls" in none.out
    keep_scripts(opened.store, opened.packs(), "en")
    some = qa("distributions", "--json", cwd=opened.root)
    (line,) = some.lines
    assert line["calls"] == 5
    assert {one["speaker"] for one in line["distributions"]} == {"csr", "customer"}
    told = qa("distributions", cwd=opened.root, lang="zh")
    assert "由 5 通通话统计，已写入 rules/distributions.yaml" in told.out
    assert "座席" in told.out
    assert opened.packs().distributions[0].calls == 5


def test_without_a_site_there_is_nothing_to_read(tmp_path: Path) -> None:
    ran = qa("distributions", cwd=tmp_path)
    assert ran.status == 2
    assert "QA852" in ran.err
