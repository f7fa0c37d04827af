"""When the quantity of an article is far above what its seller, and others, sold before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["FEW_MAX", "TIMES", "UnusualQuantity", "is_far_above", "usual_quantity"]

FEW_MAX: Final = 10
"""So many pieces are never far above."""

TIMES: Final = 3
"""More than so many times the past is far above it."""

NINE, TEN = 9, 10


@dataclass(frozen=True, slots=True)
class UnusualQuantity:
    """An article of a sale whose quantity is far above the past.

    Attributes:
        name: of the article.
        quantity: pieces in this sale.
        seller_most: the most pieces in one earlier sale of this seller; 0 if there is none.
        usual: what nine of ten earlier sales of this article do not exceed; 0 if there are none.
    """

    name: str
    quantity: int
    seller_most: int
    usual: int


def usual_quantity(past: Sequence[int]) -> int:
    """Returns the quantity that nine of ten earlier ones do not exceed; 0 without any."""
    if not past:
        return 0
    return sorted(past)[(len(past) - 1) * NINE // TEN]


def is_far_above(quantity: int, seller_most: int, usual: int) -> bool:
    """Returns whether it is more than a few pieces, and far above both parts of the past."""
    return quantity > max(FEW_MAX, TIMES * max(seller_most, usual))
