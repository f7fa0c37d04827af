"""Tells the admins, once, when the books cannot be copied or do not add up."""

from datetime import datetime

from sqlalchemy import Connection

from bot.flows.upkeep import BackupsFail, BooksUnsound
from bot.services.conversation import Ear
from bot.services.turn import send_to_admins
from bot.store import proof

__all__ = ["note_proof", "tell_backups_fail"]


def tell_backups_fail(conn: Connection, *, ear: Ear, since: datetime | None, at: datetime) -> None:
    """Say that no copy was made since that one; said once for each copy that is the newest."""
    key = f"backups:{'never' if since is None else since.isoformat()}"
    send_to_admins(conn, ear.content, ear.company, BackupsFail(since), key, at)


def note_proof(conn: Connection, *, ear: Ear, faults: int, at: datetime) -> None:
    """Keep the outcome of a proof; where the one before was sound and this one is not, say so."""
    before = proof.keep(conn, faults, at)
    if faults and not before:
        key = f"proof:{at.isoformat()}"
        send_to_admins(conn, ear.content, ear.company, BooksUnsound(faults), key, at)
