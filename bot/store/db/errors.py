"""Which failures are the books' own: the disk, the server, the way there; not the unit's fault."""

import sqlite3

from sqlalchemy.exc import DBAPIError

__all__ = ["StoreBroken", "judged"]

BROKEN_STATES = ("08", "25006", "53", "57P", "58")
"""No connection, read-only, out of disk or memory, shut down, a fault of its disk."""
BROKEN_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_READONLY,
}
PRIMARY_CODE = 0xFF


class StoreBroken(Exception):  # noqa: N818 - says what is the case
    """The books cannot be written at present; the unit is not at fault and left no trace."""


def judged(failure: Exception) -> Exception:
    """The failure itself, or that the books are broken where it comes to that."""
    if not isinstance(failure, DBAPIError):
        return failure
    code = getattr(failure.orig, "sqlite_errorcode", 0) & PRIMARY_CODE
    state = getattr(failure.orig, "sqlstate", None) or ""
    lost = failure.connection_invalidated or code in BROKEN_CODES
    if not lost and not state.startswith(BROKEN_STATES):
        return failure
    broken = StoreBroken(str(failure.orig))
    broken.__cause__ = failure
    return broken
