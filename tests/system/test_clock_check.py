"""Which answers count as Telegram's word on the time."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from aiohttp import web

from bot.system.clock_check import ClockCheck

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
DAY = timedelta(days=1)


class Clock:
    """A clock that can be moved on purpose; the stopwatch does not run."""

    def __init__(self) -> None:
        self.at = NOON
        self.callbacks: list[Callable[[], None]] = []

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 7.0

    def on_change(self, callback: Callable[[], None]) -> None:
        self.callbacks.append(callback)

    def move(self, moment: datetime) -> None:
        self.at = moment
        for callback in self.callbacks:
            callback()


@asynccontextmanager
async def telegram(answer: Callable[[], web.Response]) -> AsyncIterator[str]:
    async def serve(_: web.Request) -> web.Response:
        return answer()

    app = web.Application()
    app.router.add_get("/", serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def ask(witness: ClockCheck, url: str) -> None:
    async with (
        aiohttp.ClientSession(trace_configs=[witness.trace()]) as http,
        http.get(url) as answer,
    ):
        await answer.read()


def dated(moment: datetime, **headers: str) -> web.Response:
    date = {"Date": format_datetime(moment, usegmt=True)}
    return web.json_response({}, headers=date | headers)


async def test_an_answer_that_was_asked_before_the_clock_was_moved_does_not_count() -> None:
    clock = Clock()
    witness = ClockCheck(clock)

    def moving() -> web.Response:
        clock.move(NOON + 3 * DAY)
        return dated(NOON)

    async with telegram(moving) as url:
        await ask(witness, url)
    assert not witness.has_answers
    assert witness.believed()


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(text="<html>", content_type="text/html"),
        lambda: dated(NOON - DAY, Age="86400"),
        lambda: web.json_response({}, headers={"Date": "yesterday"}),
    ],
    ids=["a page of a proxy", "out of a cache", "no date"],
)
async def test_what_telegram_did_not_say_just_now_does_not_count(
    answer: Callable[[], web.Response],
) -> None:
    witness = ClockCheck(Clock())
    async with telegram(answer) as url:
        await ask(witness, url)
    assert not witness.has_answers


async def test_the_right_time_is_that_of_telegram() -> None:
    clock = Clock()
    witness = ClockCheck(clock)
    async with telegram(lambda: dated(NOON - 3 * DAY)) as url:
        await ask(witness, url)
    doubt = witness.doubt()
    assert doubt is not None
    assert doubt.ahead
    assert abs(witness.right_time() - (NOON - 3 * DAY)) <= timedelta(seconds=1)
    clock.at = NOON - 3 * DAY
    assert witness.right_time() == clock.at
