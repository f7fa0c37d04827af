"""Who may read a notice: stored with the message, so that it can be checked again at sending."""

from sqlalchemy import Connection, text

__all__ = ["note", "of"]

NOTE = text("UPDATE outbox SET circle = :circle WHERE key = :key")

OF = text("SELECT circle FROM outbox WHERE id = :id")


def note(conn: Connection, key: str, circle: str) -> None:
    """Store the circle of the message with this key."""
    conn.execute(NOTE, {"key": key, "circle": circle})


def of(conn: Connection, outbox_id: int) -> str:
    """Returns the circle of a message; `own` where none was stored."""
    circle: str = conn.execute(OF, {"id": outbox_id}).scalar_one()
    return circle
