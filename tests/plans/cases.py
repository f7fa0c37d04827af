"""A worked example as it was read: cases, each a plan over a tree and what has to come out."""

from dataclasses import dataclass, field

from bot.core.plans import Version
from tests.plans.oracle_people import Row

__all__ = ["EXPECTED", "Case", "Example", "Person"]

EXPECTED = ("sums", "credits", "ranks", "titles", "paid", "kept", "cut")
"""What a file may say of a case, by section."""


@dataclass(frozen=True)
class Person:
    """One line of a tree."""

    id: int
    name: str
    sponsor: int | None
    active: bool = True
    points: int = 0
    bonus: int = 0
    customers: int = 0
    sales: int = 0
    accumulated: int = 0
    rank: str = ""

    def row(self, version: Version) -> Row:
        """As a snapshot takes it; the number of a rank is that of the version."""
        slugs = ["", *(rank.slug for rank in version.ranks)]
        return Row(
            self.id,
            self.sponsor,
            self.active,
            self.points,
            self.bonus,
            self.customers,
            self.sales,
            self.accumulated,
            slugs.index(self.rank),
        )


@dataclass
class Case:
    """One plan over one tree, and what has to come out; None where the file is silent."""

    version: Version
    people: list[Person]
    sums: dict[tuple[str, str], int] | None = None
    credits: list[tuple[str, str, int, str, int]] | None = None
    ranks: dict[str, str] | None = None
    titles: dict[str, str] | None = None
    paid: int | None = None
    kept: int | None = None
    cut: int | None = None

    def said(self) -> dict[str, object]:
        """What the file says of it, by section."""
        found = {name: getattr(self, name) for name in EXPECTED}
        return {name: value for name, value in found.items() if value is not None}


@dataclass
class Example:
    """A file."""

    title: str
    source: str
    cases: list[Case] = field(default_factory=list)
