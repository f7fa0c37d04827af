"""Each test has a copy of the stored books of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.services.harness import Harness
from tests.upgrade.books import copy_of_books, open_desk_on


@pytest.fixture
def url(tmp_path: Path) -> str:
    return copy_of_books(tmp_path)


@pytest.fixture
async def harness(url: str) -> AsyncIterator[Harness]:
    opened = await open_desk_on(url)
    yield opened
    await opened.runtime.database.close()
