"""Evidence that there was a database in this place: its seal, copies, leftovers, the lock."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from bot.store.backup import seal_file
from bot.store.backup.copies import Copy, copies, identity, named_after
from bot.store.backup.seal_file import SealFile
from bot.store.backup.seals import Identity, Seal
from bot.system.process_lock import lock_of, says_no_database

__all__ = ["Traces", "decided", "half_restored", "has_no_data", "look_for"]

LOG_SUFFIXES = ("-wal", "-journal")


@dataclass(frozen=True)
class Traces:
    """The traces of a database that may be missing.

    Attributes:
        beside: the content of the seal file; None where there is none.
        copies: the finished copies, the oldest by name first.
        files: other files that show that there was a database.
    """

    beside: SealFile | None
    copies: tuple[Copy, ...] = ()
    files: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return self.beside is not None or bool(self.copies) or bool(self.files)

    @cached_property
    def known(self) -> dict[Path, Identity]:
        """The identity of each readable copy; read when first needed."""
        found = ((each.file, identity(each.file)) for each in self.copies)
        return {file: each for file, each in found if each is not None}

    @property
    def owners(self) -> tuple[Seal, ...]:
        """The seals of the database that belongs here: from the seal file, or from most copies."""
        if self.beside is not None and self.beside.seals:
            return self.beside.seals
        sealed = [each.seal for each in self.known.values() if each.seal is not None]
        if not sealed:
            return ()
        [(token, _)] = Counter(each.token for each in sealed).most_common(1)
        return (max((each for each in sealed if each.token == token), key=_sealed_at),)

    def admit(self, found: Identity) -> bool:
        """Returns whether a database with this identity belongs here, as far as is known."""
        return not self.owners or any(found.belongs_to(owner) for owner in self.owners)

    @property
    def newest(self) -> Copy | None:
        """The copy of this database that was written furthest, whatever its name says."""
        mine = [each for each in self.copies if self._is_mine(each)]
        return max(mine, key=lambda each: (self.known[each.file].reached, each.at), default=None)

    def _is_mine(self, copy: Copy) -> bool:
        found = self.known.get(copy.file)
        return found is not None and self.admit(found)


def look_for(url: str, database: Path, folder: Path) -> Traces:
    """Returns all traces of a database in this place."""
    finished = copies(database, folder)
    others = {*named_after(database, folder)} - {each.file for each in finished}
    files = (*_left(database), *sorted(others))
    return Traces(seal_file.read(seal_file.path_for(url)), tuple(finished), files)


def has_no_data(database: Path) -> bool:
    """Returns whether the database file is missing or empty."""
    return not database.exists() or database.stat().st_size == 0


def half_restored(database: Path) -> Path:
    """Returns where a restore prepares its file; a killed restore leaves one there."""
    return database.with_name(f"{database.name}.restoring")


def decided(database: Path) -> Path | None:
    """Returns the file of a restore that only has to be put in place; None if there is none."""
    if not database.parent.is_dir():
        return None
    start = f"{database.name}.restored-"
    return next((each for each in database.parent.iterdir() if each.name.startswith(start)), None)


def _left(database: Path) -> Iterator[Path]:
    if half_restored(database).exists():
        yield half_restored(database)
    lock = lock_of(database)
    if says_no_database(lock):
        return  # files that SQLite left belong to a first start that was killed
    if lock.exists():
        yield lock
    for more in LOG_SUFFIXES:
        log = database.with_name(f"{database.name}{more}")
        if log.exists() and log.stat().st_size:
            yield log


def _sealed_at(seal: Seal) -> datetime:
    return seal.sealed_at or datetime.min.replace(tzinfo=UTC)
