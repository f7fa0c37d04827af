"""Ends a process that hangs, so that the supervisor can start it again.

A regular expression that backtracks without end holds the interpreter: no task, thread or signal
handler in Python runs any more. `faulthandler` has a timer thread in C for this, which the event
loop resets with each heartbeat. When the timer expires, it prints the traceback of every thread
and exits with code 1.
"""

import asyncio
import faulthandler
import logging
import time
from collections.abc import Callable
from typing import Final, Self

from bot.telemetry.health import STANDSTILL_SECONDS_MAX

__all__ = ["BEAT_SECONDS", "Watchdog"]

log = logging.getLogger(__name__)

BEAT_SECONDS: Final = 0.25
AT_ONCE_SECONDS: Final = 0.001


def _never() -> None:
    """Returns no deadline, as while no unit of work runs."""


class Watchdog:
    """Ends the process if the event loop or a unit of work hangs while the context lasts.

    Attributes:
        deadline: returns when, by the monotonic clock, the running unit of work must have ended;
            None if none runs.
    """

    def __init__(self, feed: Callable[[], None]) -> None:
        """Call `feed` with each heartbeat of a process that does not hang."""
        self.deadline: Callable[[], float | None] = _never
        self._feed = feed
        self._beat_at = time.monotonic()
        self._exiting = False
        self._heartbeat: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._beat()
        self._heartbeat = asyncio.create_task(self._run(), name="watchdog")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._heartbeat is not None:
            self._heartbeat.cancel()
            await asyncio.gather(self._heartbeat, return_exceptions=True)
        if not self._exiting:
            faulthandler.cancel_dump_traceback_later()

    @property
    def late(self) -> float:
        """Seconds since the last heartbeat; signals of this time are handled only now."""
        return time.monotonic() - self._beat_at

    def exit_within(self, seconds: float) -> None:
        """Exit the process after `seconds`, no matter what it does until then."""
        if not self._exiting:
            faulthandler.dump_traceback_later(seconds, exit=True)
            self._exiting = True

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            self._beat()

    def _beat(self) -> None:
        now, due = time.monotonic(), self.deadline()
        self._beat_at = now
        left = STANDSTILL_SECONDS_MAX if due is None else min(STANDSTILL_SECONDS_MAX, due - now)
        if left > 0:
            self._feed()
        else:
            log.critical("a unit of work hangs; the process ends now")
        if not self._exiting:
            faulthandler.dump_traceback_later(max(left, AT_ONCE_SECONDS), exit=True)
