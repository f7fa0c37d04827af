"""The specification of a made-up company, and helpers for its progress and its times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final, Protocol, TypeVar

from bot.core.calendar.periods import period_bounds, period_of, previous_period

__all__ = ["MICROSECONDS", "CompanySpec", "Counted", "micros", "quietly", "spec_before"]

T = TypeVar("T")
MICROSECONDS: Final = 1_000_000


class Counted(Protocol):
    """Passes things on one by one, and may show the progress."""

    def __call__(self, things: Sequence[T], label: str) -> Iterator[T]:
        """Yield the things one after the other."""
        ...


@dataclass(frozen=True, slots=True)
class CompanySpec:
    """The specification of a company; the same specification makes the same rows.

    Attributes:
        members: the number of members.
        lines: the number of lines of all their sales.
        seed: the seed of all random choices.
        periods: the months with sales, in order.
        until: no member joins and nothing is sold from this moment on.
        time_zone: the company's time zone.
        chain: the number of members in a single line below the first member.
        first_user: the Telegram account of member 1 is the next number, and so on; None for no
            accounts, as with imported members who have not claimed their place.
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
        """Returns the random generator of one part of the work, independent of the others."""
        return Random(f"{self.seed}:{part}")  # noqa: S311 - the same company each time


def spec_before(
    now: datetime,
    time_zone: str,
    *,
    members: int,
    lines: int,
    months: int,
    chain: int,
    seed: int,
) -> CompanySpec:
    """Returns the specification for the last full months; it is the same all through a month."""
    period = period_of(now, time_zone)
    until, _ = period_bounds(period, time_zone)
    periods: list[str] = []
    for _ in range(months):
        period = previous_period(period)
        periods.insert(0, period)
    return CompanySpec(members, lines, seed, tuple(periods), until, time_zone, chain)


def quietly(things: Sequence[T], label: str) -> Iterator[T]:
    """Yield the things without showing the progress."""
    del label
    return iter(things)


def micros(moment: datetime) -> int:
    """Returns a moment as the database stores it, in microseconds."""
    return int(moment.timestamp()) * MICROSECONDS
