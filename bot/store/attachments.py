"""Pictures and files that wait to be sent, each kept once."""

import hashlib

from sqlalchemy import Connection, text

__all__ = ["keep", "load", "remember"]

KEEP = text("""
    INSERT INTO attachments (digest, name, body) VALUES (:digest, :name, :body)
    ON CONFLICT (digest) DO NOTHING
""")

LOAD = text("SELECT name, body, file_id FROM attachments WHERE digest = :digest")

REMEMBER = text("UPDATE attachments SET file_id = :file_id WHERE digest = :digest")


def keep(conn: Connection, name: str, body: bytes) -> str:
    """Keep a file; gives the digest by which a letter names it."""
    digest = hashlib.sha256(body).hexdigest()
    conn.execute(KEEP, {"digest": digest, "name": name, "body": body})
    return digest


def load(conn: Connection, digest: str) -> tuple[str, bytes, str | None]:
    """The file's name and bytes, and its Telegram id once it has been sent."""
    row = conn.execute(LOAD, {"digest": digest}).one()
    return row.name, bytes(row.body), row.file_id


def remember(conn: Connection, digest: str, file_id: str) -> None:
    """Keep Telegram's id of the file, so that it need not be sent again."""
    conn.execute(REMEMBER, {"digest": digest, "file_id": file_id})
