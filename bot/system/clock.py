"""The only reader of the clock.

All other code takes `now` as an argument or is given a `Clock`. In the demo and in tests the
clock is the sandbox's, which can be moved and frozen; it is followed by asking for its next
version, so that a moved clock is known here before the caller that moved it continues.
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
    """What the rest of the bot knows of time."""

    def now(self) -> datetime:
        """The moment, in UTC and aware of it."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, for measuring how long something took."""
        ...

    def on_change(self, callback: Callable[[], None]) -> None:
        """Have `callback` called each time the clock was moved, frozen or let go."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    async def start(self) -> None:
        """Nothing to follow."""

    async def close(self) -> None:
        """Nothing to stop."""

    def on_change(self, callback: Callable[[], None]) -> None:
        """Never calls: this clock is never moved."""


@dataclass(frozen=True, slots=True)
class FollowedTime:
    """What the followed clock said, and when by our own stopwatch."""

    epoch: float
    version: int
    frozen: bool
    taken: float


class FollowedClock:
    """A clock that another process serves and may move: the sandbox's.

    Until the first reading it shows the time of this machine. Between readings it runs with our
    stopwatch, or stops if the other clock is frozen. When the other process goes away it
    runs on and asks again until the other is back.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._reading: FollowedTime | None = None
        self._callbacks: list[Callable[[], None]] = []
        self._known = asyncio.Event()
        self._following: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        """The moment by the followed clock, in UTC."""
        reading = self._reading
        if reading is None:
            return datetime.now(UTC)
        passed = 0.0 if reading.frozen else time.monotonic() - reading.taken
        return datetime.fromtimestamp(reading.epoch + passed, UTC)

    def monotonic(self) -> float:
        """Seconds that never go back; they pass even while the followed clock is frozen."""
        return time.monotonic()

    def on_change(self, callback: Callable[[], None]) -> None:
        """Have `callback` called each time the followed clock was moved, frozen or let go."""
        self._callbacks.append(callback)

    async def start(self) -> None:
        """Follow from now on; returns with the first reading, or without it after a while."""
        assert self._following is None, "the clock is followed already"
        self._following = asyncio.create_task(self._follow(), name="clock")
        try:
            async with asyncio.timeout(FIRST_READING_SECONDS_MAX):
                await self._known.wait()
        except TimeoutError:
            log.warning("The clock at %s does not answer yet; using this machine's.", self._url)

    async def close(self) -> None:
        """Stop following; the clock goes on from its last reading."""
        following, self._following = self._following, None
        if following is not None:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)

    async def _follow(self) -> None:
        """Ask for ever: at once after a loss, else for the next version."""
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
                    version = None  # it may come back with another count of versions
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, RETRY_SECONDS_MAX)
                    continue
                pause = RETRY_SECONDS_MIN
                version = reading.version
                self._take(reading)

    async def _ask(self, http: aiohttp.ClientSession, version: int | None) -> FollowedTime:
        """One question; with a version it is answered when that one is past, or in vain."""
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
        """Keep the reading; tell the others before the next question acknowledges it."""
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
    """The clock that the settings ask for: this machine's unless an address is given."""
    return SystemClock() if url is None else FollowedClock(url)
