"""Reads and writes the rows of a whole company: many plain rows with one statement.

SQLAlchemy wraps each row on its way in and out. For a million rows that is the difference between
seconds and minutes. These rows hold only whole numbers and texts, so no value needs converting.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Dialect, TextClause

__all__ = ["rows_of", "write"]

AT_ONCE = 250
INSERT = re.compile(r"(.*\bVALUES\b)(.*?)(\bON CONFLICT\b.*|$)", re.DOTALL)


def rows_of(
    conn: Connection, statement: TextClause, values: Mapping[str, object]
) -> Iterable[Any]:  # rows by the million: the caller names the columns, `Iterable[tuple[int, …]]`
    """Returns the rows that a statement finds, each a plain tuple."""
    driver = conn.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        return driver.execute(statement.text, values)
    return map(tuple, conn.execute(statement, values))


def write(conn: Connection, statement: TextClause, rows: Sequence[tuple[object, ...]]) -> None:
    """Execute an INSERT for each row, with its values in the order of the statement's names."""
    whole = 0
    if conn.dialect.name == "sqlite":
        # Other threads run while SQLite does, so a few large calls hold them up least.
        many = _insert(statement, conn.dialect, AT_ONCE)
        whole = len(rows) - len(rows) % AT_ONCE
        for start in range(0, whole, AT_ONCE):
            conn.exec_driver_sql(many, tuple(chain(*rows[start : start + AT_ONCE])))
    if rows[whole:]:
        conn.exec_driver_sql(_insert(statement, conn.dialect, 1), list(rows[whole:]))


@cache
def _insert(statement: TextClause, dialect: Dialect, rows: int) -> str:
    """Returns the statement in the driver's form, with placeholders for that many rows."""
    found = INSERT.fullmatch(str(statement.compile(dialect=dialect)).strip())
    assert found is not None, "an INSERT of values"
    head, values, tail = found.groups()
    return f"{head} {', '.join([values.strip()] * rows)} {tail}"
