"""How fast the bot may write: a share for each chat, and one for what nobody asked for."""

from collections.abc import Collection
from dataclasses import dataclass

__all__ = ["Pace", "Rates"]


BULK_BURST = 4
"""So many unasked messages may go at once: evenly is kinder to Telegram, and a crash meets few."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What Telegram bears, in messages.

    Attributes:
        burst: how many answers a chat may get at once.
        per_second: how many a second after that.
        bulk_per_second: how many unasked messages a second in all.
    """

    burst: int
    per_second: int
    bulk_per_second: int


class Pace:
    """Token buckets on the monotonic clock."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._chats: dict[int, tuple[float, float]] = {}
        self._bulk = (float(min(rates.bulk_per_second, BULK_BURST)), 0.0)

    def resting(self, now: float) -> Collection[int]:
        """The chats that have had their share; forgets those that have recovered it all."""
        resting = []
        for chat, bucket in list(self._chats.items()):
            left = self._refilled(bucket, now)
            if left >= self._rates.burst:
                del self._chats[chat]
            elif left < 1:
                resting.append(chat)
        return resting

    def bulk_allowance(self, now: float) -> int:
        """How many unasked messages may go now."""
        left, since = self._bulk
        rate = float(self._rates.bulk_per_second)
        self._bulk = (min(rate, BULK_BURST, left + (now - since) * rate), now)
        return int(self._bulk[0])

    def spend(self, chat: int, kind: str, now: float) -> None:
        """Count one message."""
        if kind == "toast":
            return
        bucket = self._chats.get(chat, (float(self._rates.burst), now))
        self._chats[chat] = (self._refilled(bucket, now) - 1, now)
        if kind in {"tip", "broadcast"}:
            self._bulk = (self._bulk[0] - 1, self._bulk[1])

    def seconds_to_rest(self, now: float) -> float | None:
        """How long until a resting chat, or anybody unasked, may be written to; None if it may."""
        waits = [
            (1 - left) / self._rates.per_second
            for bucket in self._chats.values()
            if (left := self._refilled(bucket, now)) < 1
        ]
        if self._bulk[0] < 1:
            waits.append((1 - self._bulk[0]) / self._rates.bulk_per_second)
        return min(waits, default=None)

    def _refilled(self, bucket: tuple[float, float], now: float) -> float:
        left, since = bucket
        return min(float(self._rates.burst), left + (now - since) * self._rates.per_second)
