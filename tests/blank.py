"""An empty database for a test: the migrations run once on each engine, every test gets a copy."""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.store.db.migrations import migrate
from tests import postgres

__all__ = ["ENGINES", "blank_database", "blank_file"]

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


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory(prefix=f"blank-{os.getpid()}-") as folder:
        file = Path(folder) / "books.db"
        asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
        return file.read_bytes()
