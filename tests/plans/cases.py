"""A parsed worked example: cases, each a plan over a tree and the expected result."""

from dataclasses import dataclass, field

from bot.core.plans import Version
from tests.plans.oracle_people import Row

__all__ = ["EXPECTED", "Case", "Example", "Person"]

EXPECTED = ("sums", "credits", "ranks", "titles", "paid", "kept", "cut")
"""The sections that a file may have for a case."""


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
    sold: int | None = None
    fixed: int = 0
    given: str = ""

    def row(self, version: Version) -> Row:
        """Returns the row as a snapshot takes it; a rank's number is that of the version."""
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
            self.points if self.sold is None else self.sold,
            self.fixed,
            slugs.index(self.given),
        )


@dataclass
class Case:
    """One plan over one tree, and the expected result; None where the file has none."""

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
        """Returns what the file says of the case, by section."""
        found = {name: getattr(self, name) for name in EXPECTED}
        return {name: value for name, value in found.items() if value is not None}


@dataclass
class Example:
    """A file."""

    title: str
    source: str
    cases: list[Case] = field(default_factory=list)
