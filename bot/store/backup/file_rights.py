"""Keeps the files of the database readable for the bot's own user only."""

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.store.backup.copies import named_after

__all__ = ["files_of", "readable_by_others", "restrict"]

OTHERS = stat.S_IRWXG | stat.S_IRWXO
SUFFIXES = (
    *("", "-wal", "-shm", "-journal", ".lock", ".seal", ".seal.part", ".sock"),
    *(".key", ".key.part"),
)
LEFTOVER_SUFFIXES = (".restoring*", ".restored-*", ".seeding*")


def files_of(database: Path, folder: Path) -> Iterator[Path]:
    """Yields all files of the database: itself, those beside it, the copies and their folder."""
    for suffix in SUFFIXES:
        file = database.with_name(f"{database.name}{suffix}")
        if file.exists():
            yield file
    if database.parent.is_dir():
        for suffix in LEFTOVER_SUFFIXES:
            yield from database.parent.glob(f"{_escaped(database.name)}{suffix}")
    if folder.is_dir():
        yield folder
        yield from named_after(database, folder)


def readable_by_others(files: Iterable[Path]) -> list[Path]:
    """Returns the files that other users of the machine may read or write."""
    return [file for file in files if _mode(file) & OTHERS]


def restrict(files: Iterable[Path]) -> list[Path]:
    """Remove other users' rights; returns the files of another user, where that fails."""
    left = []
    for file in readable_by_others(files):
        try:
            file.chmod(_mode(file) & ~OTHERS)
        except OSError:
            left.append(file)
    return left


def _mode(file: Path) -> int:
    """Returns the file's permissions; 0 where it has disappeared."""
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except OSError:
        return 0


def _escaped(name: str) -> str:
    """Returns a glob pattern that matches this name only."""
    return "".join(f"[{each}]" if each in "*?[" else each for each in name)
