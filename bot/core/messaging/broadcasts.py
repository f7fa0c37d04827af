"""The audiences of broadcasts, and how long it takes to reach one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

from bot.core.calendar.hours import SendingHours, local_day, may_train, next_training

__all__ = [
    "BAR_BLOCKS",
    "NEWCOMER_DAYS",
    "PER_DAY_MAX",
    "TAG",
    "TYPED_FROM",
    "Audience",
    "AudienceKind",
    "BroadcastProgress",
    "BroadcastState",
    "Course",
    "audience_of",
    "bar",
    "course_of",
    "without_tags",
]

AudienceKind: TypeAlias = Literal[
    "all", "team", "active", "new", "silent", "rank", "WIB", "WITA", "WIT"
]

BroadcastState: TypeAlias = Literal["running", "paused", "stopped", "done"]

NEWCOMER_DAYS: Final = 30
SILENT_DAYS_MAX: Final = 365
PER_DAY_MAX: Final = 3
TYPED_FROM: Final = 101
"""From this number of recipients on, the trainer confirms by typing the number."""

TAG: Final = re.compile(r"<(/?)([A-Za-z][^<>]*)>")
"""An HTML tag for bold and the like, as the author types it."""

BAR_BLOCKS: Final = 10
SECOND: Final = timedelta(seconds=1)
_DAYS: Final = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Audience:
    """The members a broadcast is for.

    Attributes:
        kind: what they have in common; one's own team, a time zone, sales this month or last.
        days: for `silent`, the days in which they sold nothing, and were members.
        rank: for `rank`, the slug of the highest rank that they have reached.
    """

    kind: AudienceKind
    days: int = 0
    rank: str = ""

    @property
    def key(self) -> str:
        """What is stored, and what a button answers: `all`, `silent:30`, `rank:emas`."""
        detail = self.rank or (str(self.days) if self.days else "")
        return f"{self.kind}:{detail}" if detail else self.kind


def audience_of(key: str) -> Audience | None:
    """Returns the audience of a key; None if there is no such audience."""
    kind, _, detail = key.partition(":")
    found = next((each for each in get_args(AudienceKind) if each == kind), None)
    if found == "silent":
        days = int(detail) if _DAYS.fullmatch(detail) else 0
        return Audience(found, days=days) if 0 < days <= SILENT_DAYS_MAX else None
    if found == "rank":
        return Audience(found, rank=detail) if detail else None
    return None if found is None or detail else Audience(found)


@dataclass(frozen=True, slots=True)
class BroadcastProgress:
    """The number of a broadcast's messages in each state; the parts always add up to the total.

    Attributes:
        total: all messages.
        sent: accepted by Telegram.
        blocked: not sent, because the person blocked the bot.
        failed: refused by Telegram for another reason; the account may be gone.
        uncertain: it is unknown whether they arrived.
        unsent: never sent: the broadcast was stopped, or the person refused broadcasts or left.
        waiting: not sent yet, or being sent.
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
        """The number of messages that are in a final state."""
        return self.total - self.waiting


def bar(done: int, total: int) -> str:
    """Returns a progress bar of ten blocks; the last one fills only when nothing is left."""
    filled = BAR_BLOCKS if done >= total else done * BAR_BLOCKS // total
    return "█" * filled + "░" * (BAR_BLOCKS - filled)


@dataclass(frozen=True, slots=True)
class Course:
    """How a broadcast is expected to go.

    Attributes:
        ends_at: when the last message is sent.
        later: how many get it only on a day after the one on which it starts, by their own days.
    """

    ends_at: datetime
    later: int


def course_of(
    starts_at: datetime, waiting: Mapping[str, int], per_second: int, hours: SendingHours
) -> Course:
    """Returns how a broadcast goes if nothing fails and nothing else is sent.

    Args:
        starts_at: when the first message may be sent.
        waiting: the number of recipients in each zone.
        per_second: the company's rate for tips and broadcasts.
        hours: the sending hours; every day that is not a holiday has some.
    """
    left = {zone: count for zone, count in waiting.items() if count > 0}
    now, later = starts_at, 0
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
            if local_day(now, zone) > local_day(starts_at, zone):
                later += gone
            if not left[zone]:
                del left[zone]
        now = until if needed > room else now + -(-needed // per_second) * SECOND
    return Course(now, later)


def _closing(at: datetime, zone: str, hours: SendingHours) -> datetime:
    """Returns the end of the sending hours around `at`."""
    day = local_day(at, zone)
    return datetime.combine(day, hours.window_on(day)[1], ZoneInfo(zone)).astimezone(UTC)


def without_tags(source: str) -> str:
    """Returns the text without tags; letters on both sides of a tag form one word."""
    return TAG.sub("", source)
