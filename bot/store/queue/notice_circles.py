"""For whom a notice is: kept with the letter, so that it can be asked again when it leaves."""

from sqlalchemy import Connection, text

__all__ = ["note", "of"]

NOTE = text("UPDATE outbox SET circle = :circle WHERE key = :key")

OF = text("SELECT circle FROM outbox WHERE id = :id")


def note(conn: Connection, key: str, circle: str) -> None:
    """Keep it for the letter with this key."""
    conn.execute(NOTE, {"key": key, "circle": circle})


def of(conn: Connection, outbox_id: int) -> str:
    """The circle of a letter; `own` where nothing was kept."""
    circle: str = conn.execute(OF, {"id": outbox_id}).scalar_one()
    return circle
