"""Named numbers and moments that the bot keeps between starts."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["increment", "moment", "put", "put_moment", "read", "rows_changed"]

INCREMENT = text("""
    INSERT INTO marks (name, value) VALUES (:name, 1)
    ON CONFLICT (name) DO UPDATE SET value = marks.value + 1 RETURNING value
""")

PUT = text("""
    INSERT INTO marks (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
""")

READ = text("SELECT value FROM marks WHERE name = :name")

PUT_MOMENT = text(str(PUT)).bindparams(bindparam("value", type_=Instant))

MOMENT = text("SELECT value FROM marks WHERE name = :name AND value <> 0").columns(value=Instant)

ROWS_CHANGED = text("SELECT total_changes()")


def increment(conn: Connection, name: str) -> int:
    """Add one to a number, 0 where none was stored; returns the new number."""
    value: int = conn.execute(INCREMENT, {"name": name}).scalar_one()
    return value


def put(conn: Connection, name: str, value: int) -> None:
    """Store a number under this name."""
    conn.execute(PUT, {"name": name, "value": value})


def read(conn: Connection, name: str) -> int:
    """Returns the number; 0 where none was stored yet."""
    value: int | None = conn.execute(READ, {"name": name}).scalar()
    return value or 0


def put_moment(conn: Connection, name: str, at: datetime) -> None:
    """Store a moment under this name."""
    conn.execute(PUT_MOMENT, {"name": name, "value": at})


def moment(conn: Connection, name: str) -> datetime | None:
    """Returns the moment; None where none was stored, or 0 in its place."""
    at: datetime | None = conn.execute(MOMENT, {"name": name}).scalar()
    return at


def rows_changed(conn: Connection) -> int | None:
    """Returns the number of rows changed over this connection so far; None on a server.

    If two units of work get the same number, nothing was written between them.
    """
    if conn.dialect.name != "sqlite":
        return None
    number: int = conn.execute(ROWS_CHANGED).scalar_one()
    return number
