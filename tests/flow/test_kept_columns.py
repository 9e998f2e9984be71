"""Columns of graded calls: the same by parts as all at once; damage stops no view."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from qa.domain.coaching import Window
from qa.domain.graded import OF_CALL, OF_ITEM, WORD_OF, GradedColumns
from qa.flow.development import praise_of
from qa.flow.drawn_centre import keep_plans
from qa.flow.kept_answers import KeptAnswers
from qa.flow.kept_columns import current_columns
from qa.flow.kept_packs import kept_packs
from qa.flow.opened import Opened, open_site
from qa.flow.site import init_site
from qa.flow.standing import centre_of, estimates_of, overview
from qa.simulate.site import SiteSpec, plan_site

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(name="drawn", scope="module")
def _drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn") / "site"
    init_site(folder)
    opened = open_site(str(folder))
    plans = plan_site(SiteSpec(csrs=6, teams=2, calls_a_csr=12, seed=1)).plans
    assert keep_plans(opened.store, opened.packs_to_read(), plans) == 72
    opened.store.close()
    return folder


@pytest.fixture(name="opened")
def _opened(drawn: Path, tmp_path: Path) -> Opened:
    shutil.copytree(drawn, tmp_path / "site")
    return open_site(str(tmp_path / "site"))


def told(columns: GradedColumns) -> list[object]:
    """The columns with words in place of their numbers, so that two orders of words are one."""
    shown: list[object] = []
    for name in (*OF_CALL, *OF_ITEM):
        shown.append(getattr(columns, name).tolist())
    for words, index in WORD_OF.items():
        shown.append([getattr(columns, words)[n] for n in getattr(columns, index)])
    return [repr(one) for one in shown]


def numbers_free(columns: GradedColumns) -> list[object]:
    """As `told`, without the numbers that only point into word lists."""
    of_words = set(WORD_OF.values())
    kept: list[object] = [repr(getattr(columns, name).tolist())
                          for name in (*OF_CALL, *OF_ITEM) if name not in of_words]  # fmt: skip
    kept += [[getattr(columns, words)[n] for n in getattr(columns, index)]
             for words, index in WORD_OF.items()]  # fmt: skip
    return kept


def test_what_is_read_from_the_file_is_what_the_database_says(opened: Opened) -> None:
    file = opened.columns_file
    assert file is not None
    fresh = current_columns(opened.store, file)
    assert file.is_file()
    assert told(current_columns(opened.store, file)) == told(fresh)
    assert fresh.size == 72
    assert current_columns(opened.store, None).size == 72


def test_changes_are_brought_in_by_parts(opened: Opened) -> None:
    file, store = opened.columns_file, opened.store
    assert file is not None
    current_columns(store, file)
    more = plan_site(SiteSpec(csrs=6, teams=2, calls_a_csr=1, seed=9)).plans
    assert keep_plans(store, opened.packs_to_read(), more) == 6
    first = store.calls()[0]
    store.save_call(first.model_copy(update={"team": "T9"}), at=NOW, by="t", why="moved")
    by_parts = current_columns(store, file)
    assert numbers_free(by_parts) == numbers_free(store.graded_columns())
    assert "T9" in by_parts.teams
    assert by_parts.size == 78


def test_a_second_read_reads_only_what_is_new(opened: Opened) -> None:
    file, store, heard = opened.columns_file, opened.store, list[int]()

    def read() -> GradedColumns:
        heard.clear()
        return current_columns(store, file, told=lambda _, whole: heard.append(whole))

    read()
    assert set(heard) == {72}
    read()
    assert heard == []
    more = plan_site(SiteSpec(csrs=6, teams=2, calls_a_csr=1, seed=9)).plans
    keep_plans(store, opened.packs_to_read(), more)
    assert read().size == 78
    assert set(heard) == {6}
    store.mark_ungradable(store.calls()[0].id, "voicemail", at=NOW)
    assert read().size == 77
    assert set(heard) == {0}


def test_rows_that_come_late_or_go_are_seen(opened: Opened) -> None:
    """A database gives ids out before it commits: the lower one of two may come last."""
    file, store = opened.columns_file, opened.store
    assert file is not None
    database = sqlite3.connect(opened.required.folder / "qa.sqlite", isolation_level=None)
    late = database.execute("select max(id) - 1 from evaluation").fetchone()[0]
    row = database.execute("select * from evaluation where id = ?", [late]).fetchone()
    items = database.execute("select * from item_score where evaluation_id = ?", [late]).fetchall()
    database.execute("delete from item_score where evaluation_id = ?", [late])
    database.execute("delete from evaluation where id = ?", [late])
    assert current_columns(store, file).size == 71
    database.execute(f"insert into evaluation values ({','.join('?' * len(row))})", row)
    database.executemany(f"insert into item_score values ({','.join('?' * len(items[0]))})", items)
    assert current_columns(store, file).size == 72
    database.execute("delete from item_score where evaluation_id = ?", [late])
    database.execute("delete from evaluation where id = ?", [late])
    more = plan_site(SiteSpec(csrs=6, teams=2, calls_a_csr=1, seed=9)).plans
    assert keep_plans(store, opened.packs_to_read(), more) == 6
    assert numbers_free(current_columns(store, file)) == numbers_free(store.graded_columns())
    revision = database.execute("select max(id) - 1 from call_revision").fetchone()[0]
    database.execute("update call_revision set id = id + 9 where id = ?", [revision])
    current_columns(store, file)
    database.execute("update call_revision set id = id - 9, team = 'T9' where id = ?",
                     [revision + 9])  # fmt: skip
    database.close()
    assert "T9" in current_columns(store, file).teams


def test_columns_of_another_database_are_not_taken(opened: Opened, tmp_path: Path) -> None:
    file = opened.columns_file
    assert file is not None
    current_columns(opened.store, file)
    shutil.copytree(opened.required.folder, tmp_path / "other")
    other = open_site(str(tmp_path / "other"))
    heard: list[int] = []
    current_columns(other.store, other.columns_file, told=lambda _, whole: heard.append(whole))
    assert set(heard) == {72}


def test_an_ungradable_call_leaves_and_comes_back(opened: Opened) -> None:
    file, store = opened.columns_file, opened.store
    whole = current_columns(store, file)
    call_id = store.calls()[0].id
    store.mark_ungradable(call_id, "voicemail", at=NOW)
    assert call_id not in current_columns(store, file).call_id
    store.mark_gradable(call_id, at=NOW)
    assert numbers_free(current_columns(store, file)) == numbers_free(whole)


@pytest.mark.parametrize("damage", [b"", b"no zip at all", None])
def test_a_damaged_file_is_read_again_from_the_database(
    opened: Opened, damage: bytes | None
) -> None:
    file = opened.columns_file
    assert file is not None
    current_columns(opened.store, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert current_columns(opened.store, file).size == 72


def test_drawing_twice_stores_nothing_twice(opened: Opened) -> None:
    again = plan_site(SiteSpec(csrs=6, teams=2, calls_a_csr=12, seed=1)).plans
    assert keep_plans(opened.store, opened.packs_to_read(), again) == 0


def test_packs_are_kept_until_a_file_changes(opened: Opened) -> None:
    asked = []

    def read() -> object:
        asked.append(1)
        return opened.packs()

    file = opened.root / ".qa" / "again.json"
    first = kept_packs(opened.root, file, read)  # type: ignore[arg-type]
    assert kept_packs(opened.root, file, read) == first  # type: ignore[arg-type]
    assert len(asked) == 1
    card = next((opened.root / "scorecards" / "zh").glob("*.yaml"))
    card.write_text(card.read_text("utf-8") + "\n# changed\n", "utf-8")
    kept_packs(opened.root, file, read)  # type: ignore[arg-type]
    file.write_bytes(b"\xff")
    kept_packs(opened.root, file, read)  # type: ignore[arg-type]
    assert len(asked) == 3


def test_answers_are_kept_until_something_changes(opened: Opened) -> None:
    packs, file = opened.packs_to_read(), opened.columns_file
    assert file is not None
    centre = centre_of(opened.store, packs, Window(), file=file)
    made, praised = estimates_of(centre, packs), praise_of(centre)
    kept = file.parent / "estimates.json"
    first = kept.stat().st_mtime_ns
    plain = replace(centre, answers=KeptAnswers())
    assert estimates_of(centre, packs) == made == estimates_of(plain, packs)
    assert praise_of(centre) == praised == praise_of(plain)
    assert kept.stat().st_mtime_ns == first
    later = Window(from_at=datetime(2025, 2, 15, tzinfo=UTC))
    other = centre_of(opened.store, packs, later, file=file)
    assert estimates_of(other, packs) == estimates_of(centre_of(opened.store, packs, later), packs)
    assert estimates_of(other, packs) != made
    assert kept.stat().st_mtime_ns == first  # a part of the time pushes nothing out
    keep_plans(
        opened.store, packs, plan_site(SiteSpec(csrs=6, teams=2, calls_a_csr=9, seed=9)).plans
    )
    grown = centre_of(opened.store, packs, Window(), file=file)
    assert estimates_of(grown, packs) != made
    assert kept.stat().st_mtime_ns != first
    kept.write_bytes(b"damaged\n{")
    assert estimates_of(centre, packs) == made


def test_the_list_holds_everybody_with_calls(opened: Opened) -> None:
    packs = opened.packs_to_read()
    lines = overview(centre_of(opened.store, packs, Window()), packs)
    assert [one.csr_id for one in lines] == [f"{1000 + n}" for n in range(6)]
    assert {one.calls for one in lines} == {12}
    assert all(np.isfinite(one.mean_score or 0) for one in lines)
    empty = Window(from_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert overview(centre_of(opened.store, packs, empty), packs) == ()
