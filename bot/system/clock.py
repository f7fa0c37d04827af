"""The only reader of the clock.

All other code takes `now` or a `Clock` as an argument. The demo and some tests use the sandbox's
clock, which can be moved and frozen. It is followed by long polling: the request for the next
version also acknowledges the current one, so the sandbox knows when the bot has seen a change.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import aiohttp

__all__ = ["Clock", "FollowedClock", "SystemClock", "clock_for"]

POLL_SECONDS = 25
ANSWER_SECONDS_MAX = POLL_SECONDS + 10
FIRST_READING_SECONDS_MAX = 5
RETRY_SECONDS_MIN = 0.1
RETRY_SECONDS_MAX = 2.0

log = logging.getLogger(__name__)


class Clock(Protocol):
    """The time, for the rest of the bot."""

    def now(self) -> datetime:
        """Returns the current time, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Returns seconds that never decrease, for measuring durations."""
        ...

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback` each time the clock has been moved, frozen or unfrozen."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Returns the current time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Returns seconds that never decrease."""
        return time.monotonic()

    async def start(self) -> None:
        """Do nothing; `FollowedClock` connects here."""

    async def close(self) -> None:
        """Do nothing; `FollowedClock` disconnects here."""

    def on_change(self, callback: Callable[[], None]) -> None:
        """Do nothing: this clock is never moved."""


@dataclass(frozen=True, slots=True)
class FollowedTime:
    """A reading of the followed clock; `taken` is by the monotonic clock."""

    epoch: float
    version: int
    frozen: bool
    taken: float


class FollowedClock:
    """A clock that another process, the sandbox, serves and may move.

    Until the first reading it shows this machine's time. Between readings it runs with the
    monotonic clock, unless the followed clock is frozen. When the other process is gone, it runs
    on and retries until that process is back.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._reading: FollowedTime | None = None
        self._callbacks: list[Callable[[], None]] = []
        self._known = asyncio.Event()
        self._following: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        """Returns the followed clock's time in UTC."""
        reading = self._reading
        if reading is None:
            return datetime.now(UTC)
        passed = 0.0 if reading.frozen else time.monotonic() - reading.taken
        return datetime.fromtimestamp(reading.epoch + passed, UTC)

    def monotonic(self) -> float:
        """Returns seconds that never decrease and pass even while the followed clock is frozen."""
        return time.monotonic()

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback` each time the followed clock has been moved, frozen or unfrozen."""
        self._callbacks.append(callback)

    async def start(self) -> None:
        """Start following; returns after the first reading or `FIRST_READING_SECONDS_MAX`."""
        assert self._following is None, "the clock is followed already"
        self._following = asyncio.create_task(self._follow(), name="clock")
        try:
            async with asyncio.timeout(FIRST_READING_SECONDS_MAX):
                await self._known.wait()
        except TimeoutError:
            log.warning("The clock at %s does not answer yet; using this machine's.", self._url)

    async def close(self) -> None:
        """Stop following; the clock runs on from its last reading."""
        following, self._following = self._following, None
        if following is not None:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)

    async def _follow(self) -> None:
        """Ask for one version after the other; after a lost connection, for the current one."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS_MAX)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            version: int | None = None
            pause = RETRY_SECONDS_MIN
            while True:
                try:
                    reading = await self._ask(http, version)
                except (aiohttp.ClientError, OSError, ValueError, KeyError, TypeError):
                    if version is not None:
                        log.warning("Lost the clock at %s; asking again.", self._url)
                    version = None  # a restarted sandbox counts its versions from the start
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, RETRY_SECONDS_MAX)
                    continue
                pause = RETRY_SECONDS_MIN
                version = reading.version
                self._take(reading)

    async def _ask(self, http: aiohttp.ClientSession, version: int | None) -> FollowedTime:
        """Request a reading; given a version, the answer waits for the next one or a timeout."""
        known = {} if version is None else {"after": str(version), "timeout": str(POLL_SECONDS)}
        async with http.get(self._url, params=known) as answer:
            answer.raise_for_status()
            body = await answer.json()
        return FollowedTime(
            epoch=float(body["epoch"]),
            version=int(body["version"]),
            frozen=bool(body["frozen"]),
            taken=time.monotonic(),
        )

    def _take(self, reading: FollowedTime) -> None:
        """Store the reading, and call the callbacks before the next request acknowledges it."""
        earlier, self._reading = self._reading, reading
        self._known.set()
        if earlier is None or earlier.version == reading.version:
            return
        for callback in self._callbacks:
            try:
                callback()
            except Exception:
                log.exception("A listener failed when the clock was moved.")


def clock_for(url: str | None) -> SystemClock | FollowedClock:
    """Returns the clock at `url`, or this machine's clock if `url` is None."""
    return SystemClock() if url is None else FollowedClock(url)
