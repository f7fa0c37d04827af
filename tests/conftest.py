"""Books on both engines, for every test that asks for them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.database import Database, open_database
from tests import postgres
from tests.blank import ENGINES, blank_books


@pytest.fixture(params=ENGINES)
def books_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of migrated books, empty but for that; on SQLite and again on PostgreSQL."""
    with blank_books(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def books(books_url: str) -> AsyncIterator[Database]:
    """The same books, open."""
    database = open_database(books_url)
    yield database
    await database.close()


def pytest_unconfigure() -> None:
    """Take our server with us."""
    postgres.stop_shared()
