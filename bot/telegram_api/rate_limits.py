"""Rate limits of sending: one for each chat, and one for all tips and broadcasts.

Telegram's server delays calls for some seconds before it refuses any. So a slow call lowers the
limit of its chat, and many slow calls lower the bot's throughput; quick calls raise both again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

__all__ = ["SLOW_SECONDS", "RateLimiter", "Rates"]


BULK_BURST = 4
"""The most tips and broadcasts sent at once. Kept low, so that few are in flight at a crash."""

SLOW_SECONDS: Final = 1.0
"""A call that takes longer was delayed by the server: the shortest delay is a second."""

HALVINGS_MAX: Final = 3
STRAIN_STEP: Final = 1 / 16
STRAIN_MAX: Final = 7 / 8
IN_FLIGHT_MIN: Final = 2


@dataclass(frozen=True, slots=True)
class Rates:
    """What Telegram accepts, in messages.

    Attributes:
        burst: answers to one chat at once.
        per_second: answers to one chat in a second after that.
        bulk_per_second: tips and broadcasts in a second, together and to all chats.
    """

    burst: int
    per_second: int
    bulk_per_second: int


@dataclass(slots=True)
class _Bucket:
    """The token bucket of a chat: `left` tokens at `since`, and how often its rate is halved."""

    left: float
    since: float
    halvings: int = 0


class RateLimiter:
    """Token buckets on the monotonic clock."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._chats: dict[int, _Bucket] = {}
        self._bulk = (float(min(rates.bulk_per_second, BULK_BURST)), 0.0)
        self._strain = 0.0

    def resting(self, now: float) -> Collection[int]:
        """Returns the chats that must wait; forgets those with a full bucket."""
        resting = []
        for chat, bucket in list(self._chats.items()):
            left = self._refilled(bucket, now)
            if left >= self._rates.burst:
                del self._chats[chat]
            elif left < 1:
                resting.append(chat)
        return resting

    def bulk_allowance(self, now: float) -> int:
        """Returns how many tips and broadcasts may be sent now."""
        left, since = self._bulk
        most = min(float(self._rates.bulk_per_second), BULK_BURST)
        self._bulk = (min(most, left + (now - since) * self._bulk_rate()), now)
        return int(self._bulk[0])

    def in_flight_max(self, most: int) -> int:
        """Returns how many calls may be in flight: `most`, or fewer while many are slow."""
        return max(int(most * (1 - self._strain)), min(IN_FLIGHT_MIN, most))

    def spend(self, chat: int, kind: str, now: float) -> None:
        """Take the tokens of one message."""
        if kind == "toast":
            return
        bucket = self._chats.setdefault(chat, _Bucket(float(self._rates.burst), now))
        bucket.left, bucket.since = self._refilled(bucket, now) - 1, now
        if kind in {"tip", "broadcast"}:
            self._bulk = (self._bulk[0] - 1, self._bulk[1])

    def observe(self, chat: int, seconds: float, now: float) -> None:
        """Adjust the limits to how long a call for this chat took."""
        slow = seconds >= SLOW_SECONDS
        target = STRAIN_MAX if slow else 0.0
        self._strain += (target - self._strain) * STRAIN_STEP
        bucket = self._chats.get(chat)
        if bucket is None:
            if not slow:
                return
            bucket = self._chats[chat] = _Bucket(0.0, now)
        left = self._refilled(bucket, now)
        if slow:
            # The next message to this chat would be delayed as well.
            left = min(left, 0.0)
            bucket.halvings = min(bucket.halvings + 1, HALVINGS_MAX)
        else:
            bucket.halvings = max(bucket.halvings - 1, 0)
        bucket.left, bucket.since = left, now

    def seconds_to_rest(self, now: float) -> float | None:
        """Returns the seconds until another message may be sent; None if no limit is reached."""
        waits = [
            (1 - left) / self._rate(bucket)
            for bucket in self._chats.values()
            if (left := self._refilled(bucket, now)) < 1
        ]
        if self._bulk[0] < 1:
            waits.append((1 - self._bulk[0]) / self._bulk_rate())
        return min(waits, default=None)

    def _refilled(self, bucket: _Bucket, now: float) -> float:
        gained = (now - bucket.since) * self._rate(bucket)
        return min(float(self._rates.burst), bucket.left + gained)

    def _rate(self, bucket: _Bucket) -> float:
        return self._rates.per_second / (1 << bucket.halvings)

    def _bulk_rate(self) -> float:
        return self._rates.bulk_per_second * (1 - self._strain)
