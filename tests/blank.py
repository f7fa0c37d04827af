"""An empty database for a test: the migrations run once on each engine, every test gets a copy."""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.store.db.database import sqlite_file
from bot.store.db.migrations import migrate
from tests import postgres

__all__ = ["ENGINES", "blank_database", "blank_file", "lay_out"]

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@contextlib.contextmanager
def blank_database(engine: str, folder: Path) -> Iterator[str]:
    """Yields the URL of a migrated database for one test; skips where there is no server."""
    if engine == "sqlite":
        yield f"sqlite+aiosqlite:///{blank_file(folder)}"
        return
    server = postgres.shared()
    if server is None:
        pytest.skip(postgres.MISSING)
    with server.fresh() as url:
        yield url


def blank_file(folder: Path) -> Path:
    """Returns a SQLite file with a migrated database in this folder."""
    file = folder / "books.db"
    file.write_bytes(_migrated())
    return file


async def lay_out(url: str) -> None:
    """Give the database at `url` its tables; a new SQLite file is a copy as well."""
    file = sqlite_file(url)
    if file is None or file.exists():
        await migrate(url)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(await asyncio.to_thread(_migrated))


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory(prefix=f"blank-{os.getpid()}-") as folder:
        file = Path(folder) / "books.db"
        asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
        return file.read_bytes()
