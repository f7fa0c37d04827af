"""The audit log: which admin decided what, which seller changed a sale, and when."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["note"]

NOTE = text("""
    INSERT INTO audit (at, actor, action, object) VALUES (:at, :actor, :action, :object)
""").bindparams(bindparam("at", type_=Instant))


def note(conn: Connection, actor: int | None, action: str, subject: str, at: datetime) -> None:
    """Log a decision or a change; no personal data beyond the account number.

    Args:
        conn: the transaction of the decision.
        actor: the account of the person; None for the operator and the bot itself.
        action: the kind of decision or change.
        subject: what it is about.
        at: when it was made.
    """
    conn.execute(NOTE, {"at": at, "actor": actor, "action": action, "object": subject})
