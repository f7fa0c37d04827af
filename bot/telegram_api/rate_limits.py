"""How fast the bot may write: a share for each chat, and one for all tips and broadcasts.

Telegram's server holds calls for some seconds before it refuses any. So a call that was slow
lowers the share of its chat, and many of them lower what is sent in all; quick ones raise it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

__all__ = ["SLOW_SECONDS", "Pace", "Rates"]


BULK_BURST = 4
"""Tips and broadcasts in flight at once; few, so that a crash leaves few uncertain."""

SLOW_SECONDS: Final = 1.0
"""A call that takes longer was held: the shortest hold is a second."""

HALVINGS_MAX: Final = 3
STRAIN_STEP: Final = 1 / 16
STRAIN_MAX: Final = 7 / 8
PLACES_MIN: Final = 2


@dataclass(frozen=True, slots=True)
class Rates:
    """What Telegram bears, in messages.

    Attributes:
        burst: how many answers a chat may get at once.
        per_second: how many a second after that.
        bulk_per_second: tips and broadcasts a second, together, to all chats.
    """

    burst: int
    per_second: int
    bulk_per_second: int


@dataclass(slots=True)
class _Share:
    """What a chat may still get at a moment, with its rate halved `halvings` times."""

    left: float
    since: float
    halvings: int = 0


class Pace:
    """Token buckets on the monotonic clock."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._chats: dict[int, _Share] = {}
        self._bulk = (float(min(rates.bulk_per_second, BULK_BURST)), 0.0)
        self._strain = 0.0

    def resting(self, now: float) -> Collection[int]:
        """The chats that have had their share; forgets those that have recovered it all."""
        resting = []
        for chat, share in list(self._chats.items()):
            left = self._refilled(share, now)
            if left >= self._rates.burst:
                del self._chats[chat]
            elif left < 1:
                resting.append(chat)
        return resting

    def bulk_allowance(self, now: float) -> int:
        """How many tips and broadcasts may go now."""
        left, since = self._bulk
        most = min(float(self._rates.bulk_per_second), BULK_BURST)
        self._bulk = (min(most, left + (now - since) * self._bulk_rate()), now)
        return int(self._bulk[0])

    def places(self, most: int) -> int:
        """Returns how many calls may be under way at once while they are answered quickly."""
        return max(int(most * (1 - self._strain)), min(PLACES_MIN, most))

    def spend(self, chat: int, kind: str, now: float) -> None:
        """Count one message."""
        if kind == "toast":
            return
        share = self._chats.setdefault(chat, _Share(float(self._rates.burst), now))
        share.left, share.since = self._refilled(share, now) - 1, now
        if kind in {"tip", "broadcast"}:
            self._bulk = (self._bulk[0] - 1, self._bulk[1])

    def took(self, chat: int, seconds: float, now: float) -> None:
        """Learn from how long Telegram needed for a message to this chat."""
        slow = seconds >= SLOW_SECONDS
        target = STRAIN_MAX if slow else 0.0
        self._strain += (target - self._strain) * STRAIN_STEP
        share = self._chats.get(chat)
        if share is None:
            if not slow:
                return
            share = self._chats[chat] = _Share(0.0, now)
        left = self._refilled(share, now)
        if slow:
            # Whatever the chat gets next would be held as well.
            left = min(left, 0.0)
            share.halvings = min(share.halvings + 1, HALVINGS_MAX)
        else:
            share.halvings = max(share.halvings - 1, 0)
        share.left, share.since = left, now

    def seconds_to_rest(self, now: float) -> float | None:
        """How long until a resting chat, or anybody unasked, may be written to; None if it may."""
        waits = [
            (1 - left) / self._rate(share)
            for share in self._chats.values()
            if (left := self._refilled(share, now)) < 1
        ]
        if self._bulk[0] < 1:
            waits.append((1 - self._bulk[0]) / self._bulk_rate())
        return min(waits, default=None)

    def _refilled(self, share: _Share, now: float) -> float:
        gained = (now - share.since) * self._rate(share)
        return min(float(self._rates.burst), share.left + gained)

    def _rate(self, share: _Share) -> float:
        return self._rates.per_second / (1 << share.halvings)

    def _bulk_rate(self) -> float:
        return self._rates.bulk_per_second * (1 - self._strain)
