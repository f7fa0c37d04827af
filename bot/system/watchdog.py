"""Ends a process that hangs, so that it can be started again.

A pattern that backtracks for ever holds the interpreter: no task, no thread and no handler of a
signal in Python runs any more. What ends the process then is a thread of the C library of
`faulthandler`, which the loop puts off with each beat. It writes where every thread stood, by
file, line and function, and leaves with the code 1.
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
    """No unit of work is under way."""


class Watchdog:
    """Beats for as long as the context lasts.

    Attributes:
        deadline: until when, by the monotonic clock, the unit of work under way must have ended.
    """

    def __init__(self, feed: Callable[[], None]) -> None:
        """Call `feed` with each beat of a process that does not stand still."""
        self.deadline: Callable[[], float | None] = _never
        self._feed = feed
        self._beat_at = time.monotonic()
        self._leaving = False
        self._heart: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._beat()
        self._heart = asyncio.create_task(self._go_on(), name="watchdog")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._heart is not None:
            self._heart.cancel()
            await asyncio.gather(self._heart, return_exceptions=True)
        if not self._leaving:
            faulthandler.cancel_dump_traceback_later()

    @property
    def late(self) -> float:
        """Seconds since the last beat, in which no one was served."""
        return time.monotonic() - self._beat_at

    def leave_within(self, seconds: float) -> None:
        """End the process after these seconds, whatever it does until then."""
        if not self._leaving:
            faulthandler.dump_traceback_later(seconds, exit=True)
            self._leaving = True

    async def _go_on(self) -> None:
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
            log.critical("a unit of work does not end; the process does")
        if not self._leaving:
            faulthandler.dump_traceback_later(max(left, AT_ONCE_SECONDS), exit=True)
