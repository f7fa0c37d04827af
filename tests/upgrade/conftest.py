"""Each test has its own copy of the stored database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.services.harness import Harness
from tests.upgrade.books import copy_of_database, open_harness_on


@pytest.fixture
def url(tmp_path: Path) -> str:
    return copy_of_database(tmp_path)


@pytest.fixture
async def harness(url: str) -> AsyncIterator[Harness]:
    opened = await open_harness_on(url)
    yield opened
    await opened.runtime.database.close()
