"""Who decided what, for whoever has to ask later."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["note"]

NOTE = text("""
    INSERT INTO audit (at, actor, action, object) VALUES (:at, :actor, :action, :object)
""").bindparams(bindparam("at", type_=Instant))


def note(conn: Connection, actor: int | None, action: str, subject: str, at: datetime) -> None:
    """Note an act of an admin; no personal data beyond the actor's own account number."""
    conn.execute(NOTE, {"at": at, "actor": actor, "action": action, "object": subject})
