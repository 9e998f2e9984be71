"""Opening: migrations once, many workers, and every fault of a database with its code."""

import multiprocessing
import os
import sqlite3
import string
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from qa.domain.evaluations import Answer
from qa.store.engine import checked_url, make_engine, translated
from qa.store.error_texts import TEXTS
from qa.store.migrate import head_revision
from qa.store.store import Store, open_store
from qa.store.tables import Row
from tests.store import nouns as n
from transcribe.errors import CodedError


def test_migrations_make_exactly_the_tables(url: str) -> None:
    open_store(url).close()
    engine = make_engine(checked_url(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
        assert context.get_current_revision() == head_revision()
    engine.dispose()


def test_sqlite_is_opened_as_it_should_be(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/qa.sqlite"
    open_store(url).close()
    engine = make_engine(checked_url(url))
    with engine.connect() as connection:
        shown = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert shown == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}


def _open_and_write(url: str, worker: int) -> int:
    with open_store(url) as store:
        for i in range(10):
            shared = n.CALL.model_copy(update={"team": f"{worker}-{i}"})
            store.save_call(shared, at=n.NOON, by=f"w{worker}", why="race")
            store.save_transcript(n.TRANSCRIPT, made_from=n.TRANSCRIPT_FROM, at=n.NOON)
    return worker


def test_many_workers_open_and_write_at_once(url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        done = pool.starmap(_open_and_write, [(url, worker) for worker in range(4)])
    assert done == [0, 1, 2, 3]
    with open_store(url) as store:
        revisions = store.call_revisions("c1")
    assert [revision.n for revision in revisions] == list(range(1, 41))


def code_of(url: str, **options: float) -> str:
    with pytest.raises(CodedError) as caught:
        open_store(url, **options).close()
    for language in ("zh", "en"):
        assert caught.value.text(language, TEXTS)
    return caught.value.code


@pytest.mark.parametrize(
    "url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://h/d", "sqlite:///file:x"]
)
def test_an_address_that_cannot_be_used(url: str) -> None:
    assert code_of(url) == "QA600"


def test_a_password_is_never_shown() -> None:
    with pytest.raises(CodedError) as caught:
        open_store("mysql://u:geheim@h/d")
    assert "geheim" not in str(caught.value)


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert code_of("postgresql://h/d") == "QA601"


def test_a_server_that_does_not_answer() -> None:
    pytest.importorskip("psycopg")
    assert code_of("postgresql://u:p@127.0.0.1:1/d?connect_timeout=2") == "QA602"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert code_of(f"sqlite:///{tmp_path}/no/such/qa.sqlite") == "QA602"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "qa.sqlite").write_text("this is not a database, " * 100)
    assert code_of(f"sqlite:///{tmp_path}/qa.sqlite") == "QA603"


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "qa.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        for i in range(200):
            call = n.CALL.model_copy(update={"id": f"c{i}", "source": "x" * 2000})
            store.save_call(call, at=n.NOON, by="i", why="w")
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    for side in ("-wal", "-shm"):
        Path(f"{path}{side}").unlink(missing_ok=True)
    with pytest.raises(CodedError) as caught, open_store(f"sqlite:///{path}") as store:
        store.calls()
    assert caught.value.code == "QA604"


def test_a_database_that_another_process_holds(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/qa.sqlite"
    with open_store(url, busy_timeout_s=0.1) as store:
        holder = sqlite3.connect(tmp_path / "qa.sqlite", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        assert store.calls() == ()  # readers do not wait for a writer
        with pytest.raises(CodedError) as caught:
            store.save_call(n.CALL, at=n.NOON, by="i", why="w")
        holder.close()
    assert caught.value.code == "QA605"


def test_a_newer_schema(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/qa.sqlite"
    open_store(url).close()
    with sqlite3.connect(tmp_path / "qa.sqlite") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    assert code_of(url) == "QA606"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/qa.sqlite").close()
    tmp_path.chmod(0o500)
    (tmp_path / "qa.sqlite").chmod(0o400)
    with pytest.raises(CodedError) as caught, open_store(f"sqlite:///{tmp_path}/qa.sqlite") as s:
        s.save_call(n.CALL, at=n.NOON, by="i", why="w")
    tmp_path.chmod(0o700)
    assert caught.value.code == "QA607"


@pytest.mark.parametrize(
    ("pragma", "code"), [("query_only = ON", "QA607"), ("max_page_count = 1", "QA608")]
)
def test_a_database_that_takes_no_more(tmp_path: Path, pragma: str, code: str) -> None:
    def fill() -> None:
        with translated("x"), engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql("CREATE TABLE t (a)")
            connection.exec_driver_sql("INSERT INTO t VALUES (zeroblob(100000))")

    engine = create_engine(f"sqlite:///{tmp_path}/x.sqlite")
    with pytest.raises(CodedError) as caught:
        fill()
    engine.dispose()
    assert caught.value.code == code


def test_another_programs_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "qa.sqlite") as raw:
        raw.execute("CREATE TABLE theirs (a)")
    raw.close()
    assert code_of(f"sqlite:///{tmp_path}/qa.sqlite") == "QA609"


def test_derived_things_need_their_sources(store: Store) -> None:
    cases = [
        ("QA610", lambda: store.save_answer("x", n.ANSWER, scorecard="s")),
        ("QA610", lambda: store.record_failure("x", "find", CodedError("QA1"), at=n.NOON)),
        ("QA610", lambda: store.mark_ungradable("x", "voicemail", at=n.NOON)),
        ("QA610", lambda: store.save_facts(n.FACTS, made_from=n.FACTS_FROM, at=n.NOON)),
        ("QA611", lambda: store.save_findings([], made_from=n.FINDINGS_FROM, at=n.NOON)),
    ]
    for code, write in cases:
        with pytest.raises(CodedError, match=code):
            write()
    store.save_call(n.CALL, at=n.NOON, by="i", why="w")
    with pytest.raises(CodedError, match="QA611"):
        store.save_facts(n.FACTS, made_from=n.FACTS_FROM, at=n.NOON)
    with pytest.raises(CodedError, match="QA611"):
        store.save_evaluation("c1", n.EVALUATION, made_from=n.EVALUATION_FROM, at=n.NOON, by="m")


def test_who_and_why_are_never_left_out(store: Store) -> None:
    store.save_call(n.CALL, at=n.NOON, by="i", why="w")
    blank = Answer.model_construct(**(n.ANSWER.model_dump() | {"reason": " "}))
    for write in (
        lambda: store.save_call(n.CALL, at=n.NOON, by=" ", why="w"),
        lambda: store.save_call(n.CALL, at=n.NOON, by="i", why=""),
        lambda: store.save_answer("c1", blank, scorecard="s"),
        lambda: store.save_evaluation(
            "c1", n.EVALUATION, made_from=n.EVALUATION_FROM, at=n.NOON, by="m", why="rescore"
        ),
    ):
        with pytest.raises(CodedError, match="QA612"):
            write()


def test_a_row_that_was_altered_is_named(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/qa.sqlite") as store:
        store.save_call(n.CALL, at=n.NOON, by="i", why="w")
        with sqlite3.connect(tmp_path / "qa.sqlite") as raw:
            raw.execute("UPDATE call_revision SET body = replace(body, 'inbound', 'sideways')")
        raw.close()
        with pytest.raises(CodedError) as caught:
            store.call("c1")
    assert caught.value.code == "QA613"
    assert "direction" in str(caught.value.values["problem"])


def test_anything_else_a_database_says(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/qa.sqlite") as store:
        with sqlite3.connect(tmp_path / "qa.sqlite") as raw:
            raw.execute("DROP TABLE failure")
        raw.close()
        with pytest.raises(CodedError, match="QA614"):
            store.failures()


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(CodedError, match="QA615"):
        store.save_call(n.CALL, at=n.NOON.replace(tzinfo=None), by="i", why="w")


def test_every_text_has_the_same_placeholders_in_both_languages() -> None:
    for text in TEXTS.values():
        names = [
            {field for _, field, _, _ in string.Formatter().parse(side) if field} for side in text
        ]
        assert names[0] == names[1]
