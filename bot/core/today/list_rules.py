"""Why a seller should think of a customer today: the rules as a table.

To show another reason, or sooner or later, change a row; `day_list.py` reads them all alike.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

__all__ = ["LIST_MAX", "REASONS", "RULES", "ListReason", "ListRule"]

ListReason: TypeAlias = Literal[
    "after_days", "after_weeks", "reorder", "debt", "birthday", "wish", "silent"
]

LIST_MAX: Final = 7
"""The most customers of a day: as many as are done in a few minutes."""


@dataclass(frozen=True, slots=True)
class ListRule:
    """When a reason counts, and how much.

    Attributes:
        reason: what it is about.
        weight: who comes first, of 100; the chance of an order adds up to `chance_weight`.
        chance_weight: what a certain order would add.
        first: the first day of it. For `after_days` and `after_weeks` counted from the sale of an
            article that was new to the customer, for `debt` from the day agreed, for `wish` from
            the day noted, for `silent` from the last sale; for `reorder` from the day on which
            the article is probably used up, and for `birthday` from that day.
        last: the last day of it, counted alike.
        again_days: a customer is not shown again for this reason within so many days; never
            fewer than seven.
        most: how many of a day may have this reason.
    """

    reason: ListReason
    weight: int
    first: int
    last: int
    again_days: int
    most: int
    chance_weight: int = 0


RULES: Final = (
    ListRule("birthday", weight=100, first=0, last=0, again_days=30, most=7),
    ListRule("debt", weight=80, first=0, last=60, again_days=7, most=3),
    ListRule("wish", weight=75, first=0, last=30, again_days=14, most=7),
    ListRule("after_days", weight=60, first=2, last=4, again_days=7, most=3, chance_weight=5),
    ListRule("after_weeks", weight=40, first=14, last=17, again_days=7, most=2, chance_weight=20),
    ListRule("reorder", weight=45, first=-3, last=14, again_days=10, most=7, chance_weight=50),
    ListRule("silent", weight=25, first=21, last=365, again_days=60, most=2, chance_weight=20),
)

REASONS: Final = {rule.reason: rule for rule in RULES}
