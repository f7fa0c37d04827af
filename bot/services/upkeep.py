"""Tells the admins, once, when the books cannot be copied or do not add up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.core.messages import Message
from bot.flows.upkeep import BackupsFail, BooksUnsound, LongWait, WebhookSet
from bot.services.conversation import Ear
from bot.services.turn import send_to_admins
from bot.store import proof

__all__ = ["Stuck", "note_proof", "tell_backups_fail", "tell_stuck"]


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why no updates come in.

    Attributes:
        why: a webhook takes them, or Telegram wants to be left alone for too long to be believed.
        seconds: for how long.
    """

    why: Literal["webhook", "wait"]
    seconds: int = 0


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


def tell_stuck(conn: Connection, *, ear: Ear, stuck: Stuck, at: datetime) -> None:
    """Say why nothing comes in; once a day for each reason."""
    notice: Message = WebhookSet() if stuck.why == "webhook" else LongWait(stuck.seconds // 3600)
    key = f"stuck:{stuck.why}:{at.date().isoformat()}"
    send_to_admins(conn, ear.content, ear.company, notice, key, at)
