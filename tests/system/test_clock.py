"""The clock that can be followed."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.system import clock as clock_module
from bot.system.clock import Clock, FollowedClock, SystemClock, clock_for

NOON = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
SECONDS_MAX = 5


class ClockServer:
    """Serves a clock in the way the sandbox does: answers late, when the version is past."""

    def __init__(self) -> None:
        self.epoch = NOON.timestamp()
        self.version = 1
        self.frozen = True
        self.acknowledged = 0
        self.broken = False
        self.port = 0
        self._moved = asyncio.Condition()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/clock"

    async def serve(self, request: web.Request) -> web.Response:
        if self.broken:
            return web.Response(status=500, text="no")
        after = int(request.query.get("after", 0))
        async with self._moved:
            self.acknowledged = max(self.acknowledged, after)
            self._moved.notify_all()
            if "after" in request.query:
                await self._moved.wait_for(lambda: self.version > after or self.broken)
        return web.json_response(
            {
                "now": datetime.fromtimestamp(self.epoch, UTC).isoformat(),
                "epoch": self.epoch,
                "version": self.version,
                "frozen": self.frozen,
            },
        )

    async def move(self, *, seconds: float = 0, frozen: bool = True, version: int = 0) -> None:
        async with self._moved:
            self.epoch += seconds
            self.frozen = frozen
            self.version = version or self.version + 1
            self._moved.notify_all()
            await self._moved.wait_for(lambda: self.acknowledged >= self.version)

    async def breaks(self, *, broken: bool) -> None:
        async with self._moved:
            self.broken = broken
            self._moved.notify_all()

    @asynccontextmanager
    async def running(self, port: int = 0) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_get("/clock", self.serve)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield
        finally:
            await self.breaks(broken=True)
            await runner.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[ClockServer]:
    server = ClockServer()
    async with server.running():
        yield server


@pytest.fixture
async def clock(server: ClockServer) -> AsyncIterator[FollowedClock]:
    clock = FollowedClock(server.url)
    await clock.start()
    yield clock
    await clock.close()


async def soon(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while not is_so():  # what is awaited has no event
            await asyncio.sleep(0.01)


async def within(what: Awaitable[None]) -> None:
    await asyncio.wait_for(what, SECONDS_MAX)


def test_the_system_clock_knows_its_zone_and_never_goes_back() -> None:
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert abs(clock.now().timestamp() - time.time()) < 1
    assert clock.monotonic() <= clock.monotonic()


async def test_the_settings_choose_the_clock_and_both_are_used_alike() -> None:
    assert isinstance(clock_for("http://127.0.0.1:9/clock"), FollowedClock)
    clock = clock_for(None)
    assert isinstance(clock, SystemClock)
    clock.on_change(lambda: None)
    await clock.start()
    await clock.close()


async def test_a_frozen_clock_stops_while_the_stopwatch_runs(clock: FollowedClock) -> None:
    began = clock.monotonic()
    assert clock.now() == NOON
    await asyncio.sleep(0.05)
    assert clock.now() == NOON
    assert clock.monotonic() > began


async def test_a_moved_clock_is_known_before_the_mover_goes_on(
    server: ClockServer, clock: FollowedClock
) -> None:
    seen: list[datetime] = []
    clock.on_change(lambda: seen.append(clock.now()))
    await within(server.move(seconds=3600))
    await within(server.move(seconds=-7200))
    assert seen == [NOON + timedelta(hours=1), NOON - timedelta(hours=1)]
    assert clock.now() == seen[-1]


async def test_a_clock_that_was_let_go_runs_with_the_stopwatch(
    server: ClockServer, clock: FollowedClock
) -> None:
    await within(server.move(frozen=False))
    first = clock.now()
    await asyncio.sleep(0.05)
    assert timedelta(seconds=0.04) < clock.now() - first < timedelta(seconds=SECONDS_MAX)


async def test_a_listener_that_fails_stops_neither_the_others_nor_the_clock(
    server: ClockServer, clock: FollowedClock, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("no")

    seen: list[datetime] = []
    clock.on_change(fail)
    clock.on_change(lambda: seen.append(clock.now()))
    await within(server.move(seconds=1))
    await within(server.move(seconds=1))
    assert len(seen) == 2
    assert "A listener failed" in caplog.text


async def test_a_lost_clock_runs_on_and_is_found_again_with_another_count(
    server: ClockServer, clock: FollowedClock, caplog: pytest.LogCaptureFixture
) -> None:
    await within(server.move(seconds=60, version=40))
    changes: list[int] = []
    clock.on_change(lambda: changes.append(1))
    await server.breaks(broken=True)
    await soon(lambda: "Lost the clock" in caplog.text)
    assert clock.now() == NOON + timedelta(seconds=60)
    server.epoch, server.version = NOON.timestamp() + 5, 3
    await server.breaks(broken=False)
    await soon(lambda: clock.now() == NOON + timedelta(seconds=5))
    assert changes == [1]
    assert caplog.text.count("Lost the clock") == 1


async def test_a_clock_that_is_not_there_yet_is_this_machines_until_it_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clock_module, "FIRST_READING_SECONDS_MAX", 0.05)
    server = ClockServer()
    async with server.running():
        port = server.port
    server.broken = False
    clock = FollowedClock(server.url)
    await clock.start()
    try:
        assert "does not answer yet" in caplog.text
        assert abs(clock.now().timestamp() - time.time()) < 1
        async with server.running(port):
            await soon(lambda: clock.now() == NOON)
    finally:
        await clock.close()


async def test_closing_leaves_nothing_running_and_can_be_done_twice(server: ClockServer) -> None:
    before = asyncio.all_tasks()
    clock = FollowedClock(server.url)
    await clock.close()
    await clock.start()
    await clock.close()
    await clock.close()
    assert not {task for task in asyncio.all_tasks() - before if task.get_name() == "clock"}
    assert clock.now() == NOON
