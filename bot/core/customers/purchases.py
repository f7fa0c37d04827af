"""What customers bought, as the rules about the next order read it."""

from dataclasses import dataclass
from datetime import date

__all__ = ["Purchase"]


@dataclass(frozen=True, slots=True)
class Purchase:
    """One article of one sale to a customer.

    Attributes:
        customer_id: who bought; never goods for the seller's own use.
        product_id: the article.
        quantity: pieces that the customer kept, 1 or more.
        day: of the sale, by the seller's calendar.
    """

    customer_id: int
    product_id: int
    quantity: int
    day: date
