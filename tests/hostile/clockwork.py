"""What a reader costs in processor time, and an end to one that does not come back."""

import faulthandler
import gc
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from types import FrameType
from typing import Final

__all__ = ["GROWTH_MAX", "HANG_SECONDS", "Hangs", "cost", "end_what_is_stuck", "growths"]

HANG_SECONDS: Final = 1.0
"""Processor time that no reader may take."""

STUCK_SECONDS: Final = 120.0
"""After this time in one test the process is ended: it hangs where no signal is handled."""

FLOOR_SECONDS: Final = 0.001
"""Below this a figure says more about the machine than about the reader."""

PAUSES: Final = (0.0,) * 6 + (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds from one reading of what looks bad to the next: what disturbs it may go on a while."""

GROWTH_MAX: Final = 8.0
"""How many times as dear a text of four times the length may be.

Where the cost goes by the length it is four times as dear, where it goes by the square sixteen.
"""


class Hangs(AssertionError):  # noqa: N818 - a verdict, not an error
    """A reader took longer than any may."""


def cost(read: Callable[[str], object], text: str) -> float:
    """Returns the processor time in seconds that one reading takes; raises `Hangs` beyond all.

    What is left over of other tests is not cleared away meanwhile, which would cost by how much
    that is.
    """
    _watch()
    was_clearing = gc.isenabled()
    gc.disable()
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG_SECONDS)
    try:
        began = time.thread_time()
        read(text)
        return time.thread_time() - began
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if was_clearing:
            gc.enable()


def growths(read: Callable[[str], object], texts: Sequence[str]) -> Iterator[float]:
    """Yields how many times as dear each text is as the one before it, a quarter as long.

    What costs less than the floor counts as the floor. What looks bad is read again together with
    the one before, and the least of several counts: others work on the machine as well.
    """
    costs = [cost(read, text) for text in texts]
    for place, (short, long) in enumerate(pairwise(texts)):
        cheap, dear = costs[place], costs[place + 1]
        for pause in PAUSES:
            if dear <= GROWTH_MAX * max(cheap, FLOOR_SECONDS):
                break
            time.sleep(pause)
            dear, cheap = min(dear, cost(read, long)), min(cheap, cost(read, short))
        yield dear / max(cheap, FLOOR_SECONDS)


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
