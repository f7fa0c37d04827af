"""Serves `/live`, `/ready` and `/metrics` to this machine only.

The event loop that does the work also answers the probes, so while it hangs there is no answer,
which counts as a failure. A loop that was late, or a writer that hangs, is answered with a 503.
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
        port: of the socket; a free one if 0 was given.
    """

    def __init__(
        self, port: int, snapshot: MetricsSnapshot, metrics: Metrics, clock: Clock
    ) -> None:
        self.port = port
        self._snapshot = snapshot
        self._metrics = metrics
        self._clock = clock
        self._heartbeat: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None
        self._last_beat = clock.monotonic()

    async def __aenter__(self) -> Self:
        pages = web.Application()
        pages.router.add_get("/live", self._live)
        pages.router.add_get("/ready", self._ready)
        pages.router.add_get("/metrics", self._metrics_page)
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
        self._heartbeat = asyncio.create_task(self._beat(), name="heartbeat")
        log.info("probes are served", extra={"port": self.port})
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._heartbeat is not None:
            self._heartbeat.cancel()
            await asyncio.gather(self._heartbeat, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _live(self, _request: web.Request) -> web.Response:
        self._update_lag()
        return _response(self._snapshot.condition().why_dead())

    async def _ready(self, _request: web.Request) -> web.Response:
        self._update_lag()
        return _response(self._snapshot.condition().why_not_ready())

    async def _metrics_page(self, _request: web.Request) -> web.Response:
        page = self._metrics.page(await self._snapshot.gauges())
        return web.Response(body=page, headers=PAGE_TYPE)

    async def _beat(self) -> None:
        """Measure how late the loop is, and notice when the wall clock is set."""
        while True:
            wall = self._clock.now()
            self._last_beat = self._clock.monotonic()
            await asyncio.sleep(BEAT_SECONDS)
            passed = self._clock.monotonic() - self._last_beat
            self._snapshot.lag = max(passed - BEAT_SECONDS, 0.0)
            drift = (self._clock.now() - wall) / timedelta(seconds=1) - passed
            if abs(drift) > JUMP_SECONDS:
                self._metrics.jumped()
                log.warning("the wall clock was set", extra={"seconds": round(drift)})

    def _update_lag(self) -> None:
        """Take a heartbeat that is overdue now into account."""
        late = self._clock.monotonic() - self._last_beat - BEAT_SECONDS
        self._snapshot.lag = max(self._snapshot.lag, late)


def _response(reasons: list[str]) -> web.Response:
    body = {"ok": not reasons, "reasons": reasons}
    return web.json_response(body, status=503 if reasons else 200)
