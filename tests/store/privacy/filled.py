"""A database with one row in each table for each of two people, whose every value is unique."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Table

from bot.store.db.schema import metadata
from bot.store.db.types import Flag, Instant
from tests.store.privacy.not_copied import OWNERS
from tests.store.seeding import new_database, unguard

__all__ = ["HAS_A_FORM", "ME", "OTHER", "START", "account", "filled", "member", "value"]

ME, OTHER = 1, 2
"""The first figure of every value of a person, and the place of that person."""
START = datetime(2026, 1, 1, tzinfo=UTC)
NUMBERS = {
    (table.name, column.name): place
    for place, (table, column) in enumerate(
        (table, column) for table in metadata.sorted_tables for column in table.columns
    )
}
HAS_A_FORM = {"outbox.payload": "{}", "outbox.state": "sent", "inbox.state": "done"}
"""Columns that are read as JSON, or whose rows are kept in other states."""


@contextmanager
def filled(folder: Path) -> Iterator[Connection]:
    """Yields a transaction with the rows of both people; nothing of it stays."""
    engine = new_database(folder)
    with engine.connect() as conn:
        unguard(conn, *metadata.tables)
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        conn.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        for person in (ME, OTHER):
            _fill(conn, person)
        yield conn
        conn.rollback()
    engine.dispose()


def account(person: int) -> int:
    """Returns the Telegram account of a person."""
    return person * 1_000_000_000


def member(person: int) -> int:
    """Returns the member's number of a person."""
    return _id(metadata.tables["members"], person)


def value(column: Column[Any], person: int) -> Any:
    """Returns a value that no other column and no other person has."""
    name = f"{column.table.name}.{column.name}"
    formed = {
        **HAS_A_FORM,
        "accounts.name": f"member:{member(person)}:wallet",
        "inbox.lane": f"chat {account(person)}",
    }
    if name in formed:
        return formed[name]
    if column.foreign_keys:
        (target,) = {key.column for key in column.foreign_keys}
        return value(target, person)
    if column.name == "id":
        return _id(column.table, person)
    return account(person) if column.name in OWNERS else _of_type(column, person)


def _of_type(column: Column[Any], person: int) -> Any:
    place = NUMBERS[column.table.name, column.name]
    match column.type:
        case Flag():
            return True
        case Instant():
            return START + timedelta(days=person * 3_000, minutes=place)
        case LargeBinary():
            return b"bytes"
        case kind if kind.python_type is int:
            return person * 100_000 + place
    return f"kata{person}{place:04d}"


def _id(table: Table, person: int) -> int:
    """The number of the one row that a person has in a table."""
    return person * 1_000_000 + sorted(metadata.tables).index(table.name)


def _fill(conn: Connection, person: int) -> None:
    """Fill one row of each table, whose every column is about that person."""
    for table in metadata.sorted_tables:
        if table.name == "seal":
            continue
        row = {column.name: value(column, person) for column in table.columns}
        if table.name == "postings":
            row["source_id"], row["destination_id"] = -person, value(table.c.source_id, person)
        conn.execute(table.insert(), row)
