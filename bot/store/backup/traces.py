"""What says that there were books, where none stand: their seal, copies, leftovers, the lock."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.store.backup import seal_file
from bot.store.backup.copies import Copy, copies, identity, of_these_books
from bot.store.backup.seal_file import Beside
from bot.store.backup.seals import Identity, Seal
from bot.system.process_lock import denies_books, lock_of

__all__ = ["Traces", "are_gone", "decided", "half_restored", "look_for"]

LOGS = ("-wal", "-journal")


@dataclass(frozen=True)
class Traces:
    """What was found around books that may not be there.

    Attributes:
        beside: the seal beside them; None where none stands there.
        copies: the finished ones, the oldest by name first.
        files: what else says that there were books.
    """

    beside: Beside | None
    copies: tuple[Copy, ...] = ()
    files: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return self.beside is not None or bool(self.copies) or bool(self.files)

    @cached_property
    def known(self) -> dict[Path, Identity]:
        """What each copy that can be read says about itself; looked up when first asked for."""
        found = ((each.file, identity(each.file)) for each in self.copies)
        return {file: each for file, each in found if each is not None}

    @property
    def owners(self) -> tuple[Seal, ...]:
        """The seals of the books that belong here: as it stands beside them, or in most copies."""
        if self.beside is not None and self.beside.seals:
            return self.beside.seals
        sealed = [each.seal for each in self.known.values() if each.seal is not None]
        if not sealed:
            return ()
        [(token, _)] = Counter(each.token for each in sealed).most_common(1)
        return (max((each for each in sealed if each.token == token), key=_age),)

    def admit(self, found: Identity) -> bool:
        """Whether books or a copy that say this of themselves belong here, as far as is known."""
        return not self.owners or any(found.belongs_to(owner) for owner in self.owners)

    @property
    def newest(self) -> Copy | None:
        """The copy of these books that was written furthest, whatever the clock called it."""
        mine = [each for each in self.copies if self._is_mine(each)]
        return max(mine, key=lambda each: (self.known[each.file].reached, each.at), default=None)

    def _is_mine(self, copy: Copy) -> bool:
        found = self.known.get(copy.file)
        return found is not None and self.admit(found)


def look_for(url: str, books: Path, folder: Path) -> Traces:
    """Look for everything that says that there were books at this place."""
    proved = copies(books, folder)
    others = {*of_these_books(books, folder)} - {each.file for each in proved}
    files = (*_left(books), *sorted(others))
    return Traces(seal_file.read(seal_file.place_of(url)), tuple(proved), files)


def are_gone(books: Path) -> bool:
    """Whether no file stands there, or an empty one."""
    return not books.exists() or books.stat().st_size == 0


def half_restored(books: Path) -> Path:
    """Where a restore prepares its file; what stands there was left by one that was killed."""
    return books.with_name(f"{books.name}.restoring")


def decided(books: Path) -> Path | None:
    """The file of a restore that only has to be put in place; None where there is none."""
    if not books.parent.is_dir():
        return None
    start = f"{books.name}.restored-"
    return next((each for each in books.parent.iterdir() if each.name.startswith(start)), None)


def _left(books: Path) -> Iterator[Path]:
    if half_restored(books).exists():
        yield half_restored(books)
    lock = lock_of(books)
    if denies_books(lock):
        return  # whatever SQLite left belongs to a first start that did not come to its end
    if lock.exists():
        yield lock
    for more in LOGS:
        log = books.with_name(f"{books.name}{more}")
        if log.exists() and log.stat().st_size:
            yield log


def _age(seal: Seal) -> float:
    return 0.0 if seal.sealed_at is None else seal.sealed_at.timestamp()
