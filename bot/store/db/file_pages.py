"""Checks every page of a SQLite file; standard library only, so that the process starts fast."""

import contextlib
import sqlite3
from pathlib import Path

__all__ = ["faults"]

CHECK = "PRAGMA quick_check(5)"
WAIT_SECONDS = 10
BAD = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR}
PRIMARY_CODE = 0xFF


def faults(file: Path) -> list[str]:
    """Returns what is damaged in the file, a line each; empty for a sound file.

    Raises:
        sqlite3.DatabaseError: the file cannot be checked at present.
    """
    address = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)) as conn:
            said = [str(row[0]) for row in conn.execute(CHECK)]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & PRIMARY_CODE not in BAD:
            raise
        return [str(error)]
    lines = [line for each in said for line in each.splitlines()]
    return [line for line in lines if line != "ok" and not line.startswith("***")]
