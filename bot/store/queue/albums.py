"""Albums: photos and files that were sent together, which arrive as separate messages."""

from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = ["read_words", "seen", "take"]

KEPT: Final = timedelta(days=2)
"""Longer than Telegram keeps updates that were not fetched."""

MEET = text("""
    INSERT INTO albums (chat_id, album, at) VALUES (:chat_id, :album, :at)
    ON CONFLICT (chat_id, album) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

TAKEN = text("SELECT taken FROM albums WHERE chat_id = :chat_id AND album = :album").columns(
    taken=Flag
)

TAKE = text("UPDATE albums SET taken = 1 WHERE chat_id = :chat_id AND album = :album")

READ_WORDS = text("""
    UPDATE albums SET worded = 1 WHERE chat_id = :chat_id AND album = :album AND worded = 0
""")

FORGET = text("DELETE FROM albums WHERE at < :before").bindparams(
    bindparam("before", type_=Instant)
)


def seen(
    conn: Connection, chat_id: int, album: str, at: datetime
) -> Literal["first", "before", "taken"]:
    """Returns whether a part is the first to come, or not, or one before it was used already."""
    facts = {"chat_id": chat_id, "album": album}
    if conn.execute(MEET, {**facts, "at": at}).rowcount == 1:
        conn.execute(FORGET, {"before": at - KEPT})
        return "first"
    return "taken" if conn.execute(TAKEN, facts).scalar_one() else "before"


def take(conn: Connection, chat_id: int, album: str) -> None:
    """Note that a part of the album was used."""
    conn.execute(TAKE, {"chat_id": chat_id, "album": album})


def read_words(conn: Connection, chat_id: int, album: str) -> bool:
    """Note that the words of the album are read; False if they were read before."""
    return conn.execute(READ_WORDS, {"chat_id": chat_id, "album": album}).rowcount == 1
