"""What kind of company is made up, and how far its making is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, Final, Protocol, TypeVar

from bot.core.calendar.periods import period_bounds, period_of, previous_period

__all__ = ["MICROSECONDS", "Counted", "SeedWish", "micros", "quietly", "wish_before"]

T = TypeVar("T")
MICROSECONDS: Final = 1_000_000


class Counted(Protocol):
    """Goes through things, and may show people how far it is."""

    def __call__(self, things: Sequence[Any], label: str) -> Iterator[Any]:
        """The things one after the other."""
        ...


@dataclass(frozen=True, slots=True)
class SeedWish:
    """The company as it is wanted; the same wish gives the same rows.

    Attributes:
        members: how many.
        lines: how many lines their sales have, over all months.
        seed: of the chance by which all else comes about.
        periods: the months in which they sold, one after the other.
        until: nobody joins and nothing is sold from this moment on.
        time_zone: the company's.
        chain: how many members stand in one line below each other, under the first member.
        first_user: the Telegram account of member 1 is the next one, and so on; None gives
            nobody an account, as with members from a list who have not claimed their place.
    """

    members: int
    lines: int
    seed: int
    periods: tuple[str, ...]
    until: datetime
    time_zone: str
    chain: int = 0
    first_user: int | None = None

    def chance(self, part: str) -> Random:
        """Chance for one part of the work, whatever the others have drawn."""
        return Random(f"{self.seed}:{part}")  # noqa: S311 - the same company each time


def wish_before(
    now: datetime,
    time_zone: str,
    *,
    members: int,
    lines: int,
    months: int,
    chain: int,
    seed: int,
) -> SeedWish:
    """A company that sold in the last full months before now; the same all through a month."""
    period = period_of(now, time_zone)
    until, _ = period_bounds(period, time_zone)
    periods: list[str] = []
    for _ in range(months):
        period = previous_period(period)
        periods.insert(0, period)
    return SeedWish(members, lines, seed, tuple(periods), until, time_zone, chain)


def quietly(things: Sequence[T], label: str) -> Iterator[T]:
    """Nobody is shown how far it is."""
    del label
    return iter(things)


def micros(moment: datetime) -> int:
    """A moment as the books keep it."""
    return int(moment.timestamp()) * MICROSECONDS
