"""Retail profit: the margin that a seller keeps of the price; the company does not pay it.

The database knows it from each sale. A plan names it for calculations without the database, so
that the larger part of a seller's income is shown beside the bonus.
"""

from dataclasses import dataclass
from typing import ClassVar, Self

from bot.core.plans.kinds.keys import RATE, Key, KeyReader, RuleHead
from bot.core.plans.month import Month
from bot.core.plans.rates import BASIS_POINTS
from bot.core.plans.values import Credit, Names

__all__ = ["Retail"]


@dataclass(frozen=True, slots=True)
class Retail:
    """A seller's margin in a version of the plan.

    Attributes:
        slug: its name.
        names: what members read, by language.
        rate_bp: part of the bonus value that customers pay on top, in hundredths of a percent.
    """

    kind: ClassVar[str] = "retail"
    keys: ClassVar[tuple[Key, ...]] = (RATE,)

    slug: str
    names: Names
    rate_bp: int

    @classmethod
    def read(cls, head: RuleHead, reader: KeyReader) -> Self:
        """Returns the margin from the plan file."""
        return cls(head.slug, head.names, reader.rate("rate"))

    def margins(self, month: Month) -> list[Credit]:
        """Returns what each seller keeps."""
        ids, rate_bp = month.snapshot.ids, self.rate_bp
        return [
            Credit(ids[place], self.slug, ids[place], 0, base, rate_bp, amount)
            for place, base in enumerate(month.bases)
            if base > 0 and (amount := base * rate_bp // BASIS_POINTS)
        ]
