"""The database of a soak, queried from outside while a bot writes it: a file, or on a server."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, text

from bot.store.db import read_only
from bot.store.db.database import sqlite_file

__all__ = ["Books", "Found", "Row"]

T = TypeVar("T")


class Row(dict[str, Any]):
    """A row whose columns are found by name and by place."""

    def __getitem__(self, key: str | int) -> Any:
        return list(self.values())[key] if isinstance(key, int) else super().__getitem__(key)


class Found(list[Row]):
    """The result of a query."""

    def fetchone(self) -> Row:
        return self[0]

    def fetchall(self) -> "Found":
        return self


class Books:
    """Queries the database at an address; never writes."""

    def __init__(self, url: str) -> None:
        self.url = url

    def execute(self, question: str) -> Found:
        return self.look(
            lambda conn: Found(Row(each) for each in conn.execute(text(question)).mappings())
        )

    def count(self, question: str) -> int:
        return int(self.execute(question)[0][0] or 0)

    def look(self, work: Callable[[Connection], T]) -> T:
        """Run a unit that only reads, in a loop of its own where a server has to be asked."""
        file = sqlite_file(self.url)
        if file is not None:
            engine = read_only.read_only_engine(file)
            try:
                with engine.begin() as conn:
                    return work(conn)
            finally:
                engine.dispose()
        found: list[T] = []

        def ask() -> None:
            found.append(asyncio.run(read_only.look(self.url, work)))

        asking = threading.Thread(target=ask)
        asking.start()
        asking.join()
        return found[0]
