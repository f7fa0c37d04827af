"""What a reader costs in processor time, and an end to one that does not come back."""

import faulthandler
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType
from typing import Final

__all__ = ["GROWTH_MAX", "HANG_SECONDS", "Hangs", "cost", "end_what_is_stuck", "growth"]

HANG_SECONDS: Final = 1.0
"""Processor time that no reader may take."""

STUCK_SECONDS: Final = 120.0
"""After this time in one test the process is ended: it hangs where no signal is handled."""

FLOOR_SECONDS: Final = 0.002
"""Below this a figure says more about the machine than about the reader."""

TIMES: Final = 5
SUSPICIOUS: Final = 2.5

GROWTH_MAX: Final = 3.0
"""How many times as dear a text of twice the length may be; where it is linear, it is two."""


class Hangs(AssertionError):  # noqa: N818 - a verdict, not an error
    """A reader took longer than any may."""


def cost(read: Callable[[str], object], text: str) -> float:
    """Returns the processor time in seconds that one reading takes; raises `Hangs` beyond all."""
    _watch()
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG_SECONDS)
    try:
        began = time.thread_time()
        read(text)
        return time.thread_time() - began
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def growth(read: Callable[[str], object], half: str, whole: str) -> float:
    """Returns how many times as dear the whole is as its half.

    What costs less than the floor counts as the floor. While it looks bad both are read again, and
    the least of several counts: others work on the machine as well.
    """
    dear = cost(read, whole)
    if dear <= GROWTH_MAX * FLOOR_SECONDS:
        return 1.0
    cheap = cost(read, half)
    for _ in range(TIMES):
        if dear <= SUSPICIOUS * cheap:
            break
        dear, cheap = min(dear, cost(read, whole)), min(cheap, cost(read, half))
    return dear / max(cheap, FLOOR_SECONDS)


@cache
def _watch() -> None:
    """Have a second of processor time interrupt what takes it, a search by pattern too.

    The engine of regular expressions looks for signals while it searches. For what hangs where
    no signal is handled, see `end_what_is_stuck`.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Hangs(f"no answer after {HANG_SECONDS} s of processor time")

    signal.signal(signal.SIGVTALRM, stop)


@contextmanager
def end_what_is_stuck() -> Iterator[None]:
    """End the process with its trace, and so the run, should what is inside never come back."""
    faulthandler.dump_traceback_later(STUCK_SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
