"""Deletes what is kept only for a time: contacts, open conversations, dead letters, sent files."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = [
    "SentFiles",
    "delete_files",
    "delete_leads",
    "delete_strangers_sessions",
    "settle_dead_letters",
    "unused_files",
]

DELETE_LEADS = text("DELETE FROM leads WHERE at < :before").bindparams(
    bindparam("before", type_=Instant)
)

DELETE_STRANGERS_SESSIONS = text("""
    DELETE FROM sessions WHERE asked_at < :before
      AND NOT EXISTS (SELECT 1 FROM members AS m WHERE m.user_id = sessions.chat_id)
      AND NOT EXISTS (SELECT 1 FROM roles AS r WHERE r.user_id = sessions.chat_id)
""").bindparams(bindparam("before", type_=Instant))

SETTLE_DEAD = text("""
    UPDATE inbox SET state = 'done', body = '', error = NULL
    WHERE state = 'dead' AND received_at < :before
""").bindparams(bindparam("before", type_=Instant))

IN_USE = text("""
    SELECT payload FROM outbox
    WHERE payload LIKE '%"attachment"%'
      AND (created_at >= :before OR state IN ('held', 'new', 'sending', 'uncertain'))
""").bindparams(bindparam("before", type_=Instant))

NEWEST_MESSAGE = text("SELECT COALESCE(MAX(id), 0) FROM outbox")

# The picture of a product stays as long as the product has it, whether it was ever sent or not.
STORED = text("""
    SELECT a.digest FROM attachments AS a
    WHERE NOT EXISTS (SELECT 1 FROM products AS p WHERE p.picture = a.digest)
""")

# Until this statement runs, a new message may have come to use the file.
DELETE_FILE_ID = text("""
    DELETE FROM file_ids WHERE digest = :digest
      AND NOT EXISTS (SELECT 1 FROM outbox AS o
                      WHERE o.id > :seen AND o.payload LIKE '%' || :digest || '%')
""")

DELETE_FILE = text("""
    DELETE FROM attachments WHERE digest = :digest
      AND NOT EXISTS (SELECT 1 FROM file_ids AS f WHERE f.digest = attachments.digest)
      AND NOT EXISTS (SELECT 1 FROM products AS p WHERE p.picture = attachments.digest)
      AND NOT EXISTS (SELECT 1 FROM outbox AS o
                      WHERE o.id > :seen AND o.payload LIKE '%' || :digest || '%')
""")


@dataclass(frozen=True, slots=True)
class SentFiles:
    """Stored files that no message needs any more.

    Attributes:
        unused: their digests.
        seen: the newest message that was looked at.
    """

    unused: tuple[str, ...]
    seen: int


def delete_leads(conn: Connection, before: datetime) -> int:
    """Delete contacts that were left before that moment; returns how many."""
    return conn.execute(DELETE_LEADS, {"before": before}).rowcount


def delete_strangers_sessions(conn: Connection, before: datetime) -> int:
    """Delete open conversations of people who are no members; returns how many."""
    return conn.execute(DELETE_STRANGERS_SESSIONS, {"before": before}).rowcount


def settle_dead_letters(conn: Connection, before: datetime) -> int:
    """Settle dead letters received before that moment, and blank them; returns how many."""
    return conn.execute(SETTLE_DEAD, {"before": before}).rowcount


def unused_files(conn: Connection, before: datetime) -> SentFiles:
    """Returns the stored files that only messages before that moment used, all settled."""
    seen: int = conn.execute(NEWEST_MESSAGE).scalar_one()
    payloads = conn.execute(IN_USE, {"before": before}).scalars()
    used = {json.loads(payload).get("attachment") for payload in payloads}
    stored = conn.execute(STORED).scalars()
    return SentFiles(tuple(each for each in stored if each not in used), seen)


def delete_files(conn: Connection, digests: Collection[str], seen: int) -> int:
    """Delete files, unless a message newer than `seen` uses them; returns how many."""
    count = 0
    for digest in digests:
        facts = {"digest": digest, "seen": seen}
        conn.execute(DELETE_FILE_ID, facts)
        count += conn.execute(DELETE_FILE, facts).rowcount
    return count
