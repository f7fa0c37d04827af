"""Pictures and files to be sent, each stored once."""

import hashlib

from sqlalchemy import Connection, text

__all__ = ["file_id", "keep", "load", "remember"]

KEEP = text("""
    INSERT INTO attachments (digest, name, body) VALUES (:digest, :name, :body)
    ON CONFLICT (digest) DO NOTHING
""")

LOAD = text("SELECT name, body FROM attachments WHERE digest = :digest")

FILE_ID = text("SELECT file_id FROM file_ids WHERE digest = :digest AND bot_id = :bot_id")

REMEMBER = text("""
    INSERT INTO file_ids (digest, bot_id, file_id) VALUES (:digest, :bot_id, :file_id)
    ON CONFLICT (digest, bot_id) DO UPDATE SET file_id = excluded.file_id
""")


def keep(conn: Connection, name: str, body: bytes) -> str:
    """Store a file; returns the digest by which an outbox message refers to it."""
    digest = hashlib.sha256(body).hexdigest()
    conn.execute(KEEP, {"digest": digest, "name": name, "body": body})
    return digest


def load(conn: Connection, digest: str) -> tuple[str, bytes]:
    """Returns the file's name and bytes."""
    row = conn.execute(LOAD, {"digest": digest}).one()
    return row.name, bytes(row.body)


def file_id(conn: Connection, digest: str, bot_id: int) -> str | None:
    """Returns Telegram's id of the file for this bot; None until this bot has sent it."""
    found: str | None = conn.execute(FILE_ID, {"digest": digest, "bot_id": bot_id}).scalar()
    return found


def remember(conn: Connection, digest: str, bot_id: int, file_id: str) -> None:
    """Store Telegram's id of the file, so that this bot need not upload it again."""
    conn.execute(REMEMBER, {"digest": digest, "bot_id": bot_id, "file_id": file_id})
