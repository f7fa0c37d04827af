"""Which failures are the database's: disk, server, connection; not the unit's own fault."""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from bot.core.errors import StoreError

__all__ = ["StoreUnavailableError", "classified", "unavailable"]

READ_ONLY_STATE: Final = "25006"
BROKEN_STATES: Final = ("08", READ_ONLY_STATE, "28", "3D000", "53", "57P", "58")
"""No connection, read-only, login refused, no such database, out of disk or memory, shut down, or
a disk error of the server."""
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


class StoreUnavailableError(StoreError):
    """The database is unavailable at present, and the unit is not at fault.

    Nothing of the unit is stored, or all of it: the connection to a server may break between a
    commit and its answer.
    """

    loggable = True


def classified(failure: Exception, *, reading: bool = False) -> Exception:
    """Returns the failure itself, or `StoreUnavailableError` where the database caused it.

    A read-only database is no fault while `reading`: then the unit tried to write.
    """
    if isinstance(failure, NoneFree):
        return unavailable(failure)
    if not isinstance(failure, DBAPIError):
        return failure
    code = getattr(failure.orig, "sqlite_errorcode", 0) & PRIMARY_CODE
    state = getattr(failure.orig, "sqlstate", None) or ""
    if reading and (code == sqlite3.SQLITE_READONLY or state == READ_ONLY_STATE):
        return failure
    lost = failure.connection_invalidated or code in BROKEN_CODES
    if not lost and not state.startswith(BROKEN_STATES):
        return failure
    return unavailable(failure)


def unavailable(failure: Exception) -> StoreUnavailableError:
    """Returns the error with words for the log that contain no values of the statement."""
    cause = failure.orig if isinstance(failure, DBAPIError) else failure
    fixed = cause is not failure or isinstance(cause, sqlite3.Error | NoneFree | OSError)
    broken = StoreUnavailableError(str(cause) if fixed else type(failure).__name__)
    broken.__cause__ = failure
    return broken
