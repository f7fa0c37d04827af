"""Reads every page of a SQLite file, with nothing but the standard library: it starts at once."""

import contextlib
import sqlite3
from pathlib import Path

__all__ = ["faults"]

CHECK = "PRAGMA quick_check(5)"
WAIT_SECONDS = 10
BAD = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR}
PRIMARY_CODE = 0xFF


def faults(file: Path) -> list[str]:
    """What is broken in the file; raises where it cannot be looked at."""
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
