"""Whether the machine's clock is right, compared with the time that Telegram's answers carry.

The reference is the `Date` header of Telegram's answers. One answer is weak evidence, since it may
have been delayed on its way, so the median of the last few counts. Earlier timestamps (of an
update, of a row in the database) can only show that the clock is behind; they count only while
there is no answer from Telegram.

An answer is stored as the true time at which the monotonic clock read zero. So a change of the
machine's clock is noticed at once, not only with the next answers.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

__all__ = ["CLOCK_DOUBT_SECONDS", "ClockDoubt", "ClockReading", "Timekeeper"]

CLOCK_DOUBT_SECONDS: Final = 120
"""From this difference on, the bot does nothing that cannot be undone."""

BELIEVED_SECONDS: Final = 60
"""A doubted clock is believed again below this difference; the gap between the two limits keeps
it from changing back and forth."""

ANSWERS_KEPT: Final = 5
ANSWERS_SURE: Final = 3
"""The number of consecutive answers that must contradict the clock before admins are notified."""

SECOND: Final = timedelta(seconds=1)
"""The resolution of `Date`, which has no fraction of a second."""

ZERO: Final = timedelta()


@dataclass(frozen=True, slots=True)
class ClockReading:
    """An instant as the machine's clock and its monotonic clock show it."""

    wall: datetime
    steady: timedelta

    @property
    def begin(self) -> datetime:
        """When the monotonic clock read zero, by the machine's clock."""
        return self.wall - self.steady


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Why the clock is not believed.

    Attributes:
        seconds: how far it is ahead; negative where it is behind.
        witness: the source of the contradicting time.
        sure: whether the evidence suffices to notify people.
    """

    seconds: int
    witness: Literal["telegram", "database"]
    sure: bool

    @property
    def ahead(self) -> bool:
        """Whether the clock is ahead of the true time."""
        return self.seconds > 0


@dataclass(frozen=True, slots=True)
class DatedAnswer:
    """Bounds, from one dated answer, of the true time at which the monotonic clock read zero."""

    least: datetime
    most: datetime
    contradicts: bool

    def gap(self, ours: datetime) -> timedelta:
        """Returns the clock's smallest difference that the bounds allow; ahead is positive."""
        return max(ours - self.most, ZERO) + min(ours - self.least, ZERO)


class Timekeeper:
    """Collects dated answers, and decides whether the clock is believed."""

    def __init__(self) -> None:
        self._answers: deque[DatedAnswer] = deque(maxlen=ANSWERS_KEPT)
        self._least: datetime | None = None
        self._doubted = False

    @property
    def has_witness(self) -> bool:
        """Whether Telegram has dated an answer."""
        return bool(self._answers)

    def forget(self) -> None:
        """Forget all answers: the clock was moved on purpose, and Telegram's with it."""
        self._answers.clear()
        self._least = None
        self._doubted = False

    def answered(self, date: datetime, asked: ClockReading, got: ClockReading) -> None:
        """Record an answer with this `Date`, made between the request and the answer's arrival."""
        least, most = date - got.steady, date + SECOND - asked.steady
        received = DatedAnswer(least, most, contradicts=False)
        against = abs(received.gap(got.begin)) > timedelta(seconds=CLOCK_DOUBT_SECONDS)
        self._answers.append(DatedAnswer(least, most, contradicts=against))

    def at_least(self, date: datetime, steady: timedelta) -> None:
        """Record that the true time was at least `date` at this reading of the monotonic clock."""
        least = date - steady
        self._least = least if self._least is None else max(self._least, least)

    def doubt(self, now: ClockReading) -> ClockDoubt | None:
        """Returns why the clock is not believed now; None while it is."""
        gap = self._gap(now.begin)
        bound = BELIEVED_SECONDS if self._doubted else CLOCK_DOUBT_SECONDS
        self._doubted = abs(gap) > timedelta(seconds=bound)
        if not self._doubted:
            return None
        if not self._answers:
            return ClockDoubt(gap // SECOND, "database", sure=True)
        latest = list(self._answers)[-ANSWERS_SURE:]
        sure = len(latest) == ANSWERS_SURE and all(one.contradicts for one in latest)
        return ClockDoubt(gap // SECOND, "telegram", sure)

    def _gap(self, ours: datetime) -> timedelta:
        """Returns how far the clock is certainly ahead; negative where it is behind."""
        if not self._answers:
            return ZERO if self._least is None else min(ours - self._least, ZERO)
        gaps = sorted(one.gap(ours) for one in self._answers)
        if len(gaps) % 2:
            return gaps[len(gaps) // 2]
        # Of the two in the middle, the one nearer to the clock.
        return min(gaps[len(gaps) // 2 - 1 : len(gaps) // 2 + 1], key=abs)
