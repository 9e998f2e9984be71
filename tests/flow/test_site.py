"""Site folders: made whole or not at all, found where they are, never edited behind one's back."""

import stat
import string
from pathlib import Path

import pytest

from qa.flow import shipped
from qa.flow.shipped import shipped_packs, shipped_root
from qa.flow.site import Site, find_site, init_site, refresh_site, site_drift
from qa.flow.site_error_texts import TEXTS
from qa.store.store import open_store
from transcribe.errors import CodedError


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small shipped tree that a test may change."""
    root = tmp_path / "shipped"
    for path in ("rules/zh/a.yaml", "rules/words/zh/b.yaml", "scorecards/c.yaml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"{path}\n")
    for module in ("qa.flow.site", "qa.flow.shipped"):
        monkeypatch.setattr(f"{module}.shipped_root", lambda: root)
    return root


def test_a_new_site_is_complete(tmp_path: Path) -> None:
    site = init_site(tmp_path / "a" / "site")
    assert sorted(path.name for path in site.folder.iterdir()) == [
        ".qa",
        "calls.csv",
        "recordings",
        "rules",
        "scorecards",
        "settings.yaml",
    ]
    assert shipped_packs(site.folder).keys() == shipped_packs(shipped_root()).keys()
    salt = site.folder / ".qa" / "salt"
    assert stat.S_IMODE(salt.stat().st_mode) == 0o600
    assert len(site.salt()) == 32
    assert site_drift(site) == ()
    with open_store(site.database_url) as store:
        assert store.calls() == ()
    assert (site.folder / "qa.sqlite").exists()


def test_two_sites_have_two_salts(tmp_path: Path, packs: Path) -> None:
    assert init_site(tmp_path / "a").salt() != init_site(tmp_path / "b").salt()


def test_a_site_is_found_by_option_or_in_the_current_folder(tmp_path: Path, packs: Path) -> None:
    made = init_site(tmp_path / "site")
    assert find_site("site", tmp_path) == made
    assert find_site(tmp_path / "site", Path("/")) == made
    assert find_site(None, tmp_path / "site") == made
    assert find_site(None, tmp_path) is None
    assert find_site(None, tmp_path / "site" / "rules") is None
    (tmp_path / "settings.yaml").write_text("theirs: 1\n")
    assert find_site(None, tmp_path) is None


def test_the_database_and_recordings_of_a_site(tmp_path: Path, packs: Path) -> None:
    site = init_site(tmp_path / "site")
    assert site.database_url == f"sqlite:///{tmp_path}/site/qa.sqlite"
    assert site.recordings == tmp_path / "site" / "recordings"
    for given, address in (
        ("sqlite:////var/qa.sqlite", "sqlite:////var/qa.sqlite"),
        ("postgresql://u:p@h/d", "postgresql://u:p@h/d"),
    ):
        settings = site.settings.model_copy(update={"database": given})
        assert Site(site.folder, settings).database_url == address


def test_import_rules_take_zone_salt_and_roster(tmp_path: Path, packs: Path) -> None:
    site = init_site(tmp_path / "site")
    rules = site.import_rules()
    assert (rules.zone.key, rules.salt, rules.roster) == ("Asia/Shanghai", site.salt(), None)
    (site.folder / "roster.csv").write_text("工号,姓名\n007,李雷\n", "utf-8")
    with (site.folder / "settings.yaml").open("a") as file:
        file.write("roster: roster.csv\n")
    found = find_site(None, site.folder)
    assert found is not None
    assert list(found.import_rules().roster or ()) == ["007"]


def test_drift(tmp_path: Path, packs: Path) -> None:
    site = init_site(tmp_path / "site")
    (site.folder / "rules/zh/a.yaml").write_text("edited\n")
    assert site_drift(site) == ()
    for path in ("rules/zh/a.yaml", "rules/words/zh/b.yaml", "rules/new.yaml"):
        (packs / path).write_text("moved on\n")
    (packs / "scorecards/c.yaml").unlink()
    expected = [
        ("rules/new.yaml", "new"),
        ("rules/words/zh/b.yaml", "updated"),
        ("rules/zh/a.yaml", "edited"),
        ("scorecards/c.yaml", "withdrawn"),
    ]
    assert [(one.path, one.kind) for one in site_drift(site)] == expected
    assert all(one.path in one.text.zh and one.path in one.text.en for one in site_drift(site))
    assert [one.kind for one in refresh_site(site)] == ["new", "updated"]
    assert (site.folder / "rules/zh/a.yaml").read_text() == "edited\n"
    assert (site.folder / "rules/words/zh/b.yaml").read_text() == "moved on\n"
    assert (site.folder / "scorecards/c.yaml").exists()
    assert [(one.path, one.kind) for one in site_drift(site)] == expected[2:]
    (site.folder / "rules/zh/a.yaml").unlink()
    assert site_drift(site)[0].kind == "removed"


def test_line_ends_are_no_edit(tmp_path: Path, packs: Path) -> None:
    site = init_site(tmp_path / "site")
    (site.folder / "rules/zh/a.yaml").write_bytes(b"rules/zh/a.yaml\r\n")
    (packs / "rules/zh/a.yaml").write_text("moved on\n")
    assert [one.kind for one in site_drift(site)] == ["updated"]


def code_of(error: CodedError) -> str:
    assert error.text("zh", TEXTS) != error.text("en", TEXTS)
    return error.code


def test_what_exists_is_not_touched(tmp_path: Path, packs: Path) -> None:
    (tmp_path / "calls.csv").write_text("mine")
    with pytest.raises(CodedError) as caught:
        init_site(tmp_path)
    assert code_of(caught.value) == "QA830"
    assert (tmp_path / "calls.csv").read_text() == "mine"
    assert not (tmp_path / "rules").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path, packs: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CodedError) as caught:
        init_site(tmp_path / "file" / "site")
    assert code_of(caught.value) == "QA831"


def test_an_option_that_names_no_site(tmp_path: Path) -> None:
    with pytest.raises(CodedError) as caught:
        find_site("nowhere", tmp_path)
    assert code_of(caught.value) == "QA832"


@pytest.mark.parametrize("content", [None, "", "not hex", "abcd"])
def test_a_salt_that_is_lost_or_damaged(tmp_path: Path, packs: Path, content: str | None) -> None:
    site = init_site(tmp_path / "site")
    path = site.folder / ".qa" / "salt"
    path.unlink()
    if content is not None:
        path.write_text(content)
    with pytest.raises(CodedError) as caught:
        site.import_rules()
    assert code_of(caught.value) == "QA833"
    assert path.exists() == (content is not None)


def test_an_installation_without_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped.qa, "__file__", str(tmp_path / "qa" / "__init__.py"))
    with pytest.raises(CodedError) as caught:
        shipped_root()
    assert code_of(caught.value) == "QA834"
    for folder in ("rules", "scorecards"):
        (tmp_path / "qa" / "shipped" / folder).mkdir(parents=True)
    assert shipped_root() == tmp_path / "qa" / "shipped"


def test_a_record_that_is_damaged(tmp_path: Path, packs: Path) -> None:
    site = init_site(tmp_path / "site")
    (site.folder / ".qa" / "shipped.json").write_text("[")
    with pytest.raises(CodedError) as caught:
        site_drift(site)
    assert code_of(caught.value) == "QA835"


def test_a_roster_that_is_not_there(tmp_path: Path, packs: Path) -> None:
    site = init_site(tmp_path / "site")
    settings = site.settings.model_copy(update={"roster": "roster.csv"})
    with pytest.raises(CodedError) as caught:
        Site(site.folder, settings).import_rules()
    assert code_of(caught.value) == "QA836"


def test_every_text_has_the_same_placeholders_in_both_languages() -> None:
    for text in TEXTS.values():
        names = [
            {field for _, field, _, _ in string.Formatter().parse(side) if field} for side in text
        ]
        assert names[0] == names[1]
