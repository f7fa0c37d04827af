"""A statement that goes straight to the driver returns what SQLAlchemy would have returned."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, Row, bindparam, create_engine, text
from sqlalchemy.exc import IntegrityError, MultipleResultsFound, OperationalError
from sqlalchemy.pool import NullPool

from bot.store.db.fast_sqlite import FastConnection
from bot.store.db.types import Flag, Instant

MOMENT = datetime(2026, 11, 22, 3, 4, 5, 678, tzinfo=UTC)
PUT = text("INSERT INTO notes (name, at, seen) VALUES (:name, :at, :seen)").bindparams(
    bindparam("at", type_=Instant), bindparam("seen", type_=Flag)
)
PUT_AND_TELL = text("""
    INSERT INTO notes (name, at, seen) VALUES (:name, :at, 0) RETURNING name
""").bindparams(bindparam("at", type_=Instant))
ALL = text("SELECT name, at, seen FROM notes ORDER BY name").columns(at=Instant, seen=Flag)
SEE = text("UPDATE notes SET seen = 1 WHERE name >= :name")
SOME = text("SELECT name FROM notes WHERE name IN :names ORDER BY name").bindparams(
    bindparam("names", expanding=True)
)


@pytest.fixture(params=[Connection, FastConnection])
def conn(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    engine: Engine = create_engine(f"sqlite:///{tmp_path / 'notes.db'}", poolclass=NullPool)
    with request.param(engine) as connection, connection.begin():
        connection.exec_driver_sql(
            "CREATE TABLE notes (name TEXT PRIMARY KEY, at INTEGER, seen INTEGER) STRICT"
        )
        yield connection


def _put(conn: Connection, *names: str) -> None:
    conn.execute(PUT, [{"name": name, "at": MOMENT, "seen": False} for name in names])


def test_values_are_translated_on_the_way_in_and_out(conn: Connection) -> None:
    _put(conn, "a")
    row: Row[tuple[object, ...]] = conn.execute(ALL).one()
    assert (row.name, row.at, row.seen) == ("a", MOMENT, False)
    assert dict(row._mapping) == {"name": "a", "at": MOMENT, "seen": False}
    assert conn.execute(text("SELECT at FROM notes")).scalar_one() == 1_795_316_645_000_678


def test_rows_that_were_changed_are_counted(conn: Connection) -> None:
    _put(conn, "a", "b", "c")
    assert conn.execute(SEE, {"name": "b"}).rowcount == 2
    assert [row.seen for row in conn.execute(ALL)] == [False, True, True]


def test_a_change_can_give_rows_back(conn: Connection) -> None:
    result = conn.execute(PUT_AND_TELL, {"name": "a", "at": MOMENT})
    assert result.scalar_one() == "a"
    assert conn.execute(SEE, {"name": "b"}).rowcount == 0


def test_asking_for_one_row_of_several_fails(conn: Connection) -> None:
    _put(conn, "a", "b")
    with pytest.raises(MultipleResultsFound):
        conn.execute(ALL).one_or_none()
    assert conn.execute(ALL).first() is not None
    assert list(conn.execute(ALL).scalars()) == ["a", "b"]


def test_a_list_of_values_may_be_of_any_length(conn: Connection) -> None:
    _put(conn, "a", "b", "c")
    assert list(conn.execute(SOME, {"names": ["a", "c"]}).scalars()) == ["a", "c"]
    assert list(conn.execute(SOME, {"names": []}).scalars()) == []


def test_the_drivers_refusals_keep_their_words(conn: Connection) -> None:
    _put(conn, "a")
    with pytest.raises(IntegrityError, match=r"UNIQUE constraint failed: notes\.name"):
        _put(conn, "a")
    with pytest.raises(OperationalError, match="no such table: nowhere"):
        conn.execute(text("SELECT name FROM nowhere"))
