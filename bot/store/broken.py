"""Which failures are the books' own: the disk, the server, the way there; not the unit's fault."""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

__all__ = ["StoreBroken", "judged", "unkept"]

READ_ONLY_STATE: Final = "25006"
BROKEN_STATES: Final = ("08", READ_ONLY_STATE, "28", "3D000", "53", "57P", "58")
"""No connection, read-only, login refused, no such database, out of disk or memory, shut down, a
fault of its disk."""
BROKEN_CODES: Final = {
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
PRIMARY_CODE: Final = 0xFF


class StoreBroken(Exception):  # noqa: N818 - says what is the case
    """The books cannot be had at present, and the unit is not at fault.

    It left no trace, or all of it: the line to a server may break between a commit and its answer.
    """


def judged(failure: Exception, *, reading: bool = False) -> Exception:
    """The failure itself, or that the books are broken where it comes to that.

    That nothing can be written is no fault of the books where the unit was only to read.
    """
    if isinstance(failure, NoneFree):
        return unkept(failure)
    if not isinstance(failure, DBAPIError):
        return failure
    code = getattr(failure.orig, "sqlite_errorcode", 0) & PRIMARY_CODE
    state = getattr(failure.orig, "sqlstate", None) or ""
    if reading and (code == sqlite3.SQLITE_READONLY or state == READ_ONLY_STATE):
        return failure
    lost = failure.connection_invalidated or code in BROKEN_CODES
    if not lost and not state.startswith(BROKEN_STATES):
        return failure
    return unkept(failure)


def unkept(failure: Exception) -> StoreBroken:
    """That the books are broken, in words for the log, which quote nobody."""
    told = failure.orig if isinstance(failure, DBAPIError) else failure
    fixed = told is not failure or isinstance(told, sqlite3.Error | NoneFree | OSError)
    broken = StoreBroken(str(told) if fixed else type(failure).__name__)
    broken.__cause__ = failure
    return broken
