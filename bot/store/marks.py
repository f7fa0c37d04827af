"""Small numbers the bot has to remember between starts."""

from sqlalchemy import Connection, text

__all__ = ["put", "raised", "read"]

RAISE = text("""
    INSERT INTO marks (name, value) VALUES (:name, 1)
    ON CONFLICT (name) DO UPDATE SET value = marks.value + 1 RETURNING value
""")

PUT = text("""
    INSERT INTO marks (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
""")

READ = text("SELECT value FROM marks WHERE name = :name")


def raised(conn: Connection, name: str) -> int:
    """Raise the number by one and give it."""
    value: int = conn.execute(RAISE, {"name": name}).scalar_one()
    return value


def put(conn: Connection, name: str, value: int) -> None:
    """Remember this number."""
    conn.execute(PUT, {"name": name, "value": value})


def read(conn: Connection, name: str) -> int:
    """The number; 0 before it was ever raised."""
    value: int | None = conn.execute(READ, {"name": name}).scalar()
    return value or 0
