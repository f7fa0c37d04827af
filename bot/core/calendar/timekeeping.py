"""Whether our clock is believed: what others say of the time, held against what it says.

The witness is the `Date` of Telegram's answers. One answer proves little, for something on the
way may have kept it: the median of the last few counts. What was dated before (an update, a row
of the books) proves nothing but that a clock is behind, and is asked only where there is no
witness.

An answer is kept as the right time at which our stopwatch, which never goes back, showed nothing.
So a clock which is set wrong, or right, is seen at once and not only by the next answers.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

__all__ = ["CLOCK_DOUBT_SECONDS", "ClockDoubt", "ClockReading", "Timekeeper"]

CLOCK_DOUBT_SECONDS: Final = 120
"""From so large a difference on, nothing is done that cannot be taken back."""

BELIEVED_SECONDS: Final = 60
"""A clock that was in doubt has to be so near again, so that it does not waver between the two."""

ANSWERS_KEPT: Final = 5
ANSWERS_SURE: Final = 3
"""So many answers after each other have to speak against the clock before anybody is told."""

SECOND: Final = timedelta(seconds=1)
"""`Date` leaves the fraction of its second out."""

ZERO: Final = timedelta()


@dataclass(frozen=True, slots=True)
class ClockReading:
    """An instant as our clock and our stopwatch show it."""

    wall: datetime
    steady: timedelta

    @property
    def begin(self) -> datetime:
        """When the stopwatch showed nothing, by our clock."""
        return self.wall - self.steady


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Why the clock is not believed.

    Attributes:
        seconds: by how much it is ahead; negative where it is behind.
        witness: who says so.
        sure: whether enough was heard to tell people.
    """

    seconds: int
    witness: Literal["telegram", "books"]
    sure: bool

    @property
    def ahead(self) -> bool:
        """Whether the clock shows a time that has not come."""
        return self.seconds > 0


@dataclass(frozen=True, slots=True)
class DatedAnswer:
    """One dated answer: between which moments the stopwatch showed nothing, by the right time."""

    least: datetime
    most: datetime
    spoke_against: bool

    def gap(self, ours: datetime) -> timedelta:
        """The smallest difference from our clock that the bounds allow; ahead is positive."""
        return max(ours - self.most, ZERO) + min(ours - self.least, ZERO)


class Timekeeper:
    """Hears dated answers, and says whether the clock is to be believed."""

    def __init__(self) -> None:
        self._answers: deque[DatedAnswer] = deque(maxlen=ANSWERS_KEPT)
        self._least: datetime | None = None
        self._doubted = False

    @property
    def has_witness(self) -> bool:
        """Whether Telegram has dated an answer."""
        return bool(self._answers)

    def forget(self) -> None:
        """Take back all that was heard: the clock was moved on purpose, and Telegram's with it."""
        self._answers.clear()
        self._least = None
        self._doubted = False

    def answered(self, date: datetime, asked: ClockReading, got: ClockReading) -> None:
        """Hear an answer with this `Date`, dated at some instant between the question and it."""
        least, most = date - got.steady, date + SECOND - asked.steady
        received = DatedAnswer(least, most, spoke_against=False)
        against = abs(received.gap(got.begin)) > timedelta(seconds=CLOCK_DOUBT_SECONDS)
        self._answers.append(DatedAnswer(least, most, spoke_against=against))

    def at_least(self, date: datetime, steady: timedelta) -> None:
        """Hear that this time had come by then."""
        least = date - steady
        self._least = least if self._least is None else max(self._least, least)

    def doubt(self, now: ClockReading) -> ClockDoubt | None:
        """Why the clock is not believed now; None while it is."""
        gap = self._gap(now.begin)
        bound = BELIEVED_SECONDS if self._doubted else CLOCK_DOUBT_SECONDS
        self._doubted = abs(gap) > timedelta(seconds=bound)
        if not self._doubted:
            return None
        if not self._answers:
            return ClockDoubt(gap // SECOND, "books", sure=True)
        latest = list(self._answers)[-ANSWERS_SURE:]
        sure = len(latest) == ANSWERS_SURE and all(one.spoke_against for one in latest)
        return ClockDoubt(gap // SECOND, "telegram", sure)

    def _gap(self, ours: datetime) -> timedelta:
        """By how much the clock is ahead, as far as is proved."""
        if not self._answers:
            return ZERO if self._least is None else min(ours - self._least, ZERO)
        gaps = sorted(one.gap(ours) for one in self._answers)
        if len(gaps) % 2:
            return gaps[len(gaps) // 2]
        # Of two in the middle the one that speaks less against the clock.
        return min(gaps[len(gaps) // 2 - 1 : len(gaps) // 2 + 1], key=abs)
