"""Who may read the files of the books: the user of the bot, and nobody else."""

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.store.backup.copies import of_these_books

__all__ = ["files_of", "narrow", "wide"]

OTHERS = stat.S_IRWXG | stat.S_IRWXO
ENDS = ("", "-wal", "-shm", "-journal", ".lock", ".seal", ".seal.part", ".sock")
LEFT_ENDS = (".restoring*", ".restored-*", ".seeding*")


def files_of(books: Path, folder: Path) -> Iterator[Path]:
    """Everything that holds the books or belongs to them, the folder of the copies included."""
    for end in ENDS:
        file = books.with_name(f"{books.name}{end}")
        if file.exists():
            yield file
    if books.parent.is_dir():
        for end in LEFT_ENDS:
            yield from books.parent.glob(f"{_plain(books.name)}{end}")
    if folder.is_dir():
        yield folder
        yield from of_these_books(books, folder)


def wide(files: Iterable[Path]) -> list[Path]:
    """Those that other users of the machine may read or write."""
    return [file for file in files if _mode(file) & OTHERS]


def narrow(files: Iterable[Path]) -> list[Path]:
    """Take the files from other users; returns those that belong to another user and stay wide."""
    left = []
    for file in wide(files):
        try:
            file.chmod(_mode(file) & ~OTHERS)
        except OSError:
            left.append(file)
    return left


def _mode(file: Path) -> int:
    """The rights; none where the file has gone meanwhile."""
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except OSError:
        return 0


def _plain(name: str) -> str:
    """The name as a pattern of file names that means itself alone."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
