"""Copies the books while the bot writes, and believes a copy only after reading it back.

SQLite writes the copy itself (`VACUUM INTO`) from one snapshot: a copy of the file by other means
would miss what still stands in the log beside it, and the page-by-page backup of the library
begins afresh at each write and may never end.
"""

import contextlib
import os
from datetime import datetime
from pathlib import Path

from bot.store import ledger
from bot.store.looking import damages, open_read_only, read_only_engine

__all__ = ["UnsoundCopy", "back_up", "copy_into", "flush", "prove"]

COPY = "VACUUM INTO :file"


class UnsoundCopy(Exception):  # noqa: N818
    """The copy does not hold what it should, so neither do the books.

    Attributes:
        faults: one sentence for each.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def back_up(file: Path, folder: Path, now: datetime, *, mark: str = "") -> Path:
    """Copy the books into the folder; gives the copy once it is on disk and proved.

    Args:
        file: the books, which another process may be writing.
        folder: made if it is not there.
        now: goes into the name of the copy.
        mark: goes into the name as well, to tell why the copy was made.

    Raises:
        UnsoundCopy: the copy was thrown away.
        FileExistsError: there is a copy of this very second.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{file.stem}-{now:%Y%m%d-%H%M%S}{mark}{file.suffix or '.db'}"
    if copy.exists():
        raise FileExistsError(copy)
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    try:
        copy_into(file, part)
        prove(part)
        flush(part)
        part.replace(copy)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    flush(folder)
    return copy


def copy_into(file: Path, new: Path) -> None:
    """Copy the books into a file that is not there yet; nobody else can read it meanwhile."""
    # SQLite writes into an empty file as it is.
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    # Not by an engine: SQLite refuses to copy inside a transaction.
    with contextlib.closing(open_read_only(file)) as connection:
        connection.execute(COPY, {"file": str(new)})


def prove(copy: Path) -> None:
    """Read the copy whole; raises `UnsoundCopy`."""
    engine = read_only_engine(copy, options="&immutable=1")
    try:
        with engine.begin() as conn:
            faults = damages(conn) or ledger.audit(conn)
    finally:
        engine.dispose()
    if faults:
        raise UnsoundCopy(faults)


def flush(path: Path) -> None:
    """Return when a file, or what a folder holds, is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
