"""The audit log: who decided what, and when."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["note"]

NOTE = text("""
    INSERT INTO audit (at, actor, action, object) VALUES (:at, :actor, :action, :object)
""").bindparams(bindparam("at", type_=Instant))


def note(conn: Connection, actor: int | None, action: str, subject: str, at: datetime) -> None:
    """Log a decision; no personal data beyond the account number of whoever made it.

    Args:
        conn: the transaction of the decision.
        actor: the account that decided; None for the operator and the bot itself.
        action: the kind of decision.
        subject: what it is about.
        at: when it was made.
    """
    conn.execute(NOTE, {"at": at, "actor": actor, "action": action, "object": subject})
