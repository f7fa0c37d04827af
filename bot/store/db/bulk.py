"""Reads and writes what a whole company comes to: many plain rows, by one statement.

For one member nothing of this is worth while. For a million it is the difference between seconds
and minutes, as SQLAlchemy dresses up each row on its way in and out. There is nothing to translate
in these rows: they are whole numbers and words.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Dialect, TextClause

__all__ = ["rows_of", "write"]

Row = tuple[Any, ...]

AT_ONCE = 250
INSERT = re.compile(r"(.*\bVALUES\b)(.*?)(\bON CONFLICT\b.*|$)", re.DOTALL)


def rows_of(conn: Connection, statement: TextClause, values: Mapping[str, Any]) -> Iterable[Row]:
    """What a statement finds, each row a tuple."""
    driver = conn.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        found: Iterable[Row] = driver.execute(statement.text, values)
        return found
    return map(tuple, conn.execute(statement, values))


def write(conn: Connection, statement: TextClause, rows: list[Row]) -> None:
    """Execute an INSERT for each row; its values stand in the order of the statement's names."""
    whole = 0
    if conn.dialect.name == "sqlite":
        # While SQLite works, others may: so it is asked seldom, and for much each time.
        many = _insert(statement, conn.dialect, AT_ONCE)
        whole = len(rows) - len(rows) % AT_ONCE
        for start in range(0, whole, AT_ONCE):
            conn.exec_driver_sql(many, tuple(chain(*rows[start : start + AT_ONCE])))
    if rows[whole:]:
        conn.exec_driver_sql(_insert(statement, conn.dialect, 1), rows[whole:])


@cache
def _insert(statement: TextClause, dialect: Dialect, rows: int) -> str:
    """The statement as the driver takes it, with places for so many rows instead of names."""
    found = INSERT.fullmatch(str(statement.compile(dialect=dialect)).strip())
    assert found is not None, "an INSERT of values"
    head, values, tail = found.groups()
    return f"{head} {', '.join([values.strip()] * rows)} {tail}"
