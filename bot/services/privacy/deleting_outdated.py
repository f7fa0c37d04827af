"""Once a day, deletes what the company keeps only for a time; the audit log has the counts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.store.customers import forgotten
from bot.store.db import audit_log
from bot.store.privacy import outdated
from bot.store.privacy.forgotten_inquiries import forget_settled_inquiries
from bot.store.receipts import photo_digests
from bot.store.team import relayed
from bot.turn.runtime import BotRuntime

__all__ = ["delete_outdated"]

FILES_AT_ONCE: Final = 100


async def delete_outdated(runtime: BotRuntime, now: datetime) -> None:
    """Delete what has been kept long enough: contacts, questions, messages, digests, files."""
    kept, database = runtime.company.retention, runtime.database
    steps: tuple[tuple[str, Callable[[Connection, datetime], int], int], ...] = (
        ("contacts deleted", outdated.delete_leads, kept.leads_days),
        ("settled questions deleted", forget_settled_inquiries, kept.inquiries_days),
        ("relayed messages deleted", relayed.forget_messages, kept.relayed_messages_days),
        (
            "strangers' conversations deleted",
            outdated.delete_strangers_sessions,
            kept.strangers_days,
        ),
        ("dead letters deleted", outdated.settle_dead_letters, kept.dead_letters_days),
        ("customers' details deleted", forgotten.forget_outdated, kept.customers_days),
        ("digests of photos deleted", photo_digests.delete_before, kept.photo_digests_days),
    )
    for action, step, days in steps:
        delete = _before(step, now - timedelta(days=days))
        await database.write(partial(_noted, delete=delete, action=action, now=now))
    before = now - timedelta(days=kept.files_days)
    files = await database.read(partial(outdated.unused_files, before=before))
    for start in range(0, len(files.unused), FILES_AT_ONCE):
        some = files.unused[start : start + FILES_AT_ONCE]
        delete = partial(outdated.delete_files, digests=some, seen=files.seen)
        await database.write(partial(_noted, delete=delete, action="files deleted", now=now))


def _before(
    step: Callable[[Connection, datetime], int], before: datetime
) -> Callable[[Connection], int]:
    return lambda conn: step(conn, before)


def _noted(
    conn: Connection, *, delete: Callable[[Connection], int], action: str, now: datetime
) -> None:
    """Delete, and note how many rows went, if any did."""
    count = delete(conn)
    if count:
        audit_log.note(conn, None, action, f"{count}", now)
