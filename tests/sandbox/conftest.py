"""A sandbox with two people who know the bot and one who does not, and a bot to talk to it."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from sandbox.server import Sandbox
from tests.sandbox.cast import PEOPLE, Answer, Ask, bot_for


@pytest.fixture(autouse=True)
def _library_of_tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let python-telegram-bot give durations as such; otherwise it warns, and a warning fails."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def telegram() -> AsyncIterator[Sandbox]:
    async with Sandbox(people=PEOPLE, flood=False) as running:
        yield running


@pytest.fixture
async def bot(telegram: Sandbox) -> AsyncIterator[Bot]:
    async with bot_for(telegram) as ready:
        yield ready


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def ask(telegram: Sandbox, http: aiohttp.ClientSession) -> Ask:
    """Call a method with JSON and see the bare answer."""

    async def call(method: str, **params: Any) -> Answer:
        url = f"{telegram.url}/bot{telegram.token}/{method}"
        async with http.post(url, json=params) as answer:
            return answer.status, await answer.json()

    return call


@pytest.fixture
def control(telegram: Sandbox, http: aiohttp.ClientSession) -> Ask:
    """POST to the control interface."""

    async def call(act: str, **fields: Any) -> Answer:
        async with http.post(f"{telegram.url}/control/{act}", json=fields) as answer:
            return answer.status, await answer.json()

    return call


@pytest.fixture
def look(telegram: Sandbox, http: aiohttp.ClientSession) -> Ask:
    """GET from the control interface, or the clock."""

    async def call(path: str) -> Answer:
        async with http.get(telegram.url + path) as answer:
            return answer.status, await answer.json()

    return call
