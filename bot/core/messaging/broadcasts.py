"""Who may be meant by a broadcast, and how long it takes to reach them all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

from bot.core.calendar.hours import SendingHours, local_day, may_train, next_training

__all__ = [
    "AUDIENCES",
    "BAR_BLOCKS",
    "NEWCOMER_DAYS",
    "PER_DAY_MAX",
    "TAG",
    "TYPED_FROM",
    "Audience",
    "BroadcastProgress",
    "BroadcastState",
    "bar",
    "ends_at",
    "without_tags",
]

Audience: TypeAlias = Literal["all", "team", "active", "new", "WIB", "WITA", "WIT"]

BroadcastState: TypeAlias = Literal["running", "paused", "stopped", "done"]

AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
NEWCOMER_DAYS: Final = 30
PER_DAY_MAX: Final = 3
TYPED_FROM: Final = 101
"""From so many recipients on, the count is typed and not tapped."""

TAG: Final = re.compile(r"<(/?)([A-Za-z][^<>]*)>")
"""A mark of bold or the like, as its writer types it."""

BAR_BLOCKS: Final = 10
SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class BroadcastProgress:
    """What became of a broadcast's letters; the parts always come to the total.

    Attributes:
        total: how many there are.
        sent: Telegram took them.
        blocked: the person blocked the bot.
        failed: Telegram refused them for another reason; the account may be gone.
        uncertain: nobody knows whether they arrived.
        unsent: never left: stopped before, or the person refused broadcasts or left meanwhile.
        waiting: still to go, or on their way.
    """

    total: int = 0
    sent: int = 0
    blocked: int = 0
    failed: int = 0
    uncertain: int = 0
    unsent: int = 0
    waiting: int = 0

    @property
    def settled(self) -> int:
        """How many are done with, one way or another."""
        return self.total - self.waiting


def bar(done: int, total: int) -> str:
    """How far it is, as ten blocks; the last one fills when nothing is left."""
    filled = BAR_BLOCKS if done >= total else done * BAR_BLOCKS // total
    return "█" * filled + "░" * (BAR_BLOCKS - filled)


def ends_at(
    starts_at: datetime, waiting: Mapping[str, int], per_second: int, hours: SendingHours
) -> datetime:
    """When the last one is sent, if nothing goes wrong and nothing else is sent.

    Args:
        starts_at: when the first one may leave.
        waiting: how many people wait in each zone.
        per_second: the company's rate for tips and broadcasts.
        hours: when people may be written to; every day that is no holiday has some.
    """
    left = {zone: count for zone, count in waiting.items() if count > 0}
    now = starts_at
    while left:
        open_zones = sorted(zone for zone in left if may_train(now, zone, hours))
        if not open_zones:
            now = min(next_training(now, zone, hours) for zone in left)
            continue
        until = min(_closing(now, zone, hours) for zone in open_zones)
        opening = [next_training(now, zone, hours) for zone in left if zone not in open_zones]
        until = min([until, *opening])
        room = max((until - now) // SECOND * per_second, 1)
        needed = sum(left[zone] for zone in open_zones)
        sent = min(room, needed)
        for zone in open_zones:
            gone = min(left[zone], sent)
            sent -= gone
            left[zone] -= gone
            if not left[zone]:
                del left[zone]
        now = until if needed > room else now + -(-needed // per_second) * SECOND
    return now


def _closing(at: datetime, zone: str, hours: SendingHours) -> datetime:
    """The end of the window in which `at` lies."""
    day = local_day(at, zone)
    return datetime.combine(day, hours.window_on(day)[1], ZoneInfo(zone)).astimezone(UTC)


def without_tags(source: str) -> str:
    """The text as it is read: what stands on both sides of a tag is one word."""
    return TAG.sub("", source)
