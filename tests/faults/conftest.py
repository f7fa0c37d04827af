"""A small company on a stage, for tests in which something goes wrong."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.company import load_company
from tests.stage import SAMPLE, Given, Stage

GIVEN = [
    Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",)),
    Given("Sari Dewi", sponsor="Budi"),
    Given("Tuti Rahayu", sponsor="Budi"),
]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A running bot; sales count at once, so that no admin is notified of them."""
    company = load_company(SAMPLE)
    policy = replace(company.policy, approve_sales=False)
    async with Stage(tmp_path, GIVEN, replace(company, policy=policy)) as stage:
        # The work of the first tick is done before a test disturbs anything.
        await stage.app.scheduler.settled()
        await stage.settle()
        yield stage
