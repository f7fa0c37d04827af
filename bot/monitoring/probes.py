"""Serves `/live`, `/ready` and `/metrics` to a monitor on this machine.

The answers come from the loop that does the work: while it hangs there is no answer at all, which
means no. What it finds afterwards, such as a writer that hangs, is a 503.
"""

import asyncio
import logging
from datetime import timedelta
from typing import Final, Self

from aiohttp import web

from bot.monitoring.snapshot import MetricsSnapshot
from bot.system.clock import Clock
from bot.telemetry.metrics import Metrics

__all__ = ["ProbeServer"]

log = logging.getLogger(__name__)

HOST: Final = "127.0.0.1"
BEAT_SECONDS: Final = 1.0
JUMP_SECONDS: Final = 5.0
PAGE_TYPE: Final = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


class ProbeServer:
    """Listens for as long as the context lasts.

    Attributes:
        port: where; a free one if 0 was asked for.
    """

    def __init__(
        self, port: int, overview: MetricsSnapshot, metrics: Metrics, clock: Clock
    ) -> None:
        self.port = port
        self._overview = overview
        self._metrics = metrics
        self._clock = clock
        self._heart: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None
        self._last_beat = clock.monotonic()

    async def __aenter__(self) -> Self:
        pages = web.Application()
        pages.router.add_get("/live", self._live)
        pages.router.add_get("/ready", self._ready)
        pages.router.add_get("/metrics", self._figures)
        runner = web.AppRunner(pages, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, HOST, self.port)
            await site.start()
        except BaseException:
            await runner.cleanup()
            raise
        self._runner = runner
        _, self.port = runner.addresses[0][:2]
        self._heart = asyncio.create_task(self._beat(), name="heartbeat")
        log.info("watched", extra={"port": self.port})
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._heart is not None:
            self._heart.cancel()
            await asyncio.gather(self._heart, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _live(self, _request: web.Request) -> web.Response:
        self._take_the_pulse()
        return _answer(self._overview.condition().why_dead())

    async def _ready(self, _request: web.Request) -> web.Response:
        self._take_the_pulse()
        return _answer(self._overview.condition().why_not_ready())

    async def _figures(self, _request: web.Request) -> web.Response:
        page = self._metrics.page(await self._overview.gauges())
        return web.Response(body=page, headers=PAGE_TYPE)

    async def _beat(self) -> None:
        """Notice a loop that is late, and a wall clock that does not go with the stopwatch."""
        while True:
            wall = self._clock.now()
            self._last_beat = self._clock.monotonic()
            await asyncio.sleep(BEAT_SECONDS)
            passed = self._clock.monotonic() - self._last_beat
            self._overview.lag = max(passed - BEAT_SECONDS, 0.0)
            drift = (self._clock.now() - wall) / timedelta(seconds=1) - passed
            if abs(drift) > JUMP_SECONDS:
                self._metrics.jumped()
                log.warning("the wall clock was set", extra={"seconds": round(drift)})

    def _take_the_pulse(self) -> None:
        """A beat that is overdue at this instant counts as well."""
        late = self._clock.monotonic() - self._last_beat - BEAT_SECONDS
        self._overview.lag = max(self._overview.lag, late)


def _answer(reasons: list[str]) -> web.Response:
    body = {"ok": not reasons, "reasons": reasons}
    return web.json_response(body, status=503 if reasons else 200)
