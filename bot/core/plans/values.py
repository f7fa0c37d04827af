"""What every rule of a plan takes and gives."""

import hashlib
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Protocol, runtime_checkable

__all__ = ["BASIS_POINTS", "Credit", "Plan", "Rule", "Snapshot", "Version", "share"]

BASIS_POINTS = 10_000
"""A rate is a whole number of these in a whole: 500 is 5 %."""


def share(base: int, rate_bp: int) -> int:
    """A rate of a sum of rupiah: multiplied, then rounded down; the company keeps the rest."""
    return base * rate_bp // BASIS_POINTS


@dataclass(frozen=True, slots=True)
class Credit:
    """A bonus of one member from the sales of another in a month.

    Attributes:
        member_id: who is paid.
        rule: the slug of the rule that pays.
        source_id: whose sales it comes from.
        level: how many paid places the source stands below; 0 is the member.
        base: bonus value of the source's approved sales in rupiah, above zero.
        rate_bp: in hundredths of a percent.
        amount: rupiah, above zero.
    """

    member_id: int
    rule: str
    source_id: int
    level: int
    base: int
    rate_bp: int
    amount: int

    def columns(self) -> tuple[int | str, ...]:
        """The fields in their order, as they travel from one process to another."""
        return tuple(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A month as a plan sees it, in columns: the same place in each belongs to the same member.

    Attributes:
        ids: of the members.
        sponsors: place of each one's sponsor; -1 where there is none or it is not looked at.
        active: whether the membership is in force.
        points: of the own approved sales.
        bonus: bonus value of the own approved sales in rupiah.
    """

    ids: Sequence[int]
    sponsors: Sequence[int]
    active: Sequence[bool]
    points: Sequence[int]
    bonus: Sequence[int]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int | None, bool, int, int]]) -> "Snapshot":
        """The columns of rows of id, sponsor's id, active, points and bonus value."""
        taken = sorted(rows)
        places = {row[0]: place for place, row in enumerate(taken)}
        return cls(
            ids=[row[0] for row in taken],
            sponsors=[-1 if row[1] is None else places.get(row[1], -1) for row in taken],
            active=[bool(row[2]) for row in taken],
            points=[row[3] for row in taken],
            bonus=[row[4] for row in taken],
        )


@runtime_checkable
class Rule(Protocol):
    """One way of paying; its slug is unique within a version."""

    @property
    def slug(self) -> str:
        """Its name in the books."""
        ...

    @abstractmethod
    def credits(self, month: Snapshot) -> list[Credit]:
        """What it pays for a month."""
        ...


@dataclass(frozen=True, slots=True)
class Version:
    """The plan from one month on.

    Attributes:
        since: the first month that it holds for, as YYYY-MM.
        rules: in the order of the file.
    """

    since: str
    rules: tuple[Rule, ...]

    @property
    def digest(self) -> str:
        """Two versions with the same digest pay the same."""
        return hashlib.sha256(repr(self.rules).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Plan:
    """All versions, the earliest first; none for a company that pays no bonus."""

    versions: tuple[Version, ...] = ()

    def version_for(self, period: str) -> Version | None:
        """The version in force at the start of a month; None before the first."""
        return next((each for each in reversed(self.versions) if each.since <= period), None)
