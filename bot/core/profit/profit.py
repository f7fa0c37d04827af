"""What is left of a price for the seller: less the member price and the costs of the way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.sales.drafts import Draft, DraftItem, TypedPrice
from bot.core.sales.sales import SaleLine, is_within, split_total, totals

__all__ = [
    "Cost",
    "PricePercents",
    "Profit",
    "priced_lines",
    "profit_of",
    "readings",
    "with_short_price",
]

THOUSAND = 1_000
PricePercents = tuple[int, int]
"""The lowest and the highest price that the company believes, in percent of the retail price."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Money that a sale costs the seller besides the goods: `ongkir`, in rupiah."""

    word: str
    amount: int


@dataclass(frozen=True, slots=True)
class Profit:
    """What a sale would bring; all in rupiah.

    Attributes:
        total: what the customer pays.
        goods: what the member pays the company for the pieces.
        costs: all costs of the way together.
        pieces: of all articles.
        points: of the sale; no bonus follows from them alone.
    """

    total: int
    goods: int
    costs: int
    pieces: int
    points: int

    @property
    def profit(self) -> int:
        """What is left; below zero for a loss."""
        return self.total - self.goods - self.costs

    @property
    def each(self) -> int:
        """The profit of a piece, rounded down to a rupiah; a loss is never shown smaller."""
        return self.profit // self.pieces

    @property
    def is_even(self) -> bool:
        """Whether the profit divides evenly among the pieces."""
        return self.profit % self.pieces == 0

    @property
    def least_each(self) -> int:
        """The lowest price of a piece at which nothing is lost, rounded up to a rupiah."""
        return -(-self.least_total // self.pieces)

    @property
    def least_total(self) -> int:
        """The lowest price of all pieces together at which nothing is lost."""
        return self.goods + self.costs


def profit_of(lines: Sequence[SaleLine], costs: Sequence[Cost]) -> Profit:
    """Returns what a sale of these lines would bring; there is at least one line."""
    sums = totals(lines)
    return Profit(
        total=sums.total,
        goods=sums.goods,
        costs=sum(cost.amount for cost in costs),
        pieces=sum(line.quantity for line in lines),
        points=sums.points,
    )


def with_short_price(draft: Draft, thousands: int, limits: PricePercents) -> Draft:
    """Returns the draft with its number as the price, where the limits allow that price.

    Args:
        draft: with one article.
        thousands: the number behind the article that may be its price in thousands; 0 for none.
        limits: the company's.
    """
    item = draft.items[0] if len(draft.items) == 1 else None
    if not thousands or item is None or item.product is None or item.quantity != thousands:
        return draft
    each = thousands * THOUSAND
    if not is_within(SaleLine(item.product, 1, each), *limits):
        return draft
    return replace(draft, items=(replace(item, quantity=None, price=TypedPrice(each=each)),))


def priced_lines(draft: Draft, limits: PricePercents) -> tuple[SaleLine, ...] | None:
    """Returns the lines of a draft as the sale flow would price them; one piece if none is said.

    A price that may be for one piece or for all is taken as the limits allow it, and the price of
    each where they do not decide. None if a product is open.
    """
    lines = []
    for item in draft.items:
        if item.product is None:
            return None
        quantity = item.quantity or 1
        amounts = readings(item, limits)
        lines.append(SaleLine(item.product, quantity, amounts[0]))
    if not lines:
        return None
    total = draft.total
    if draft.discount is not None:
        total = draft.discount.off(totals(lines).total if total is None else total)
    return tuple(lines if total is None else split_total(lines, total))


def readings(item: DraftItem, limits: PricePercents) -> tuple[int, ...]:
    """Returns what all pieces of an item may cost: two amounts where its price is open.

    The price of each comes first.
    """
    product, price, quantity = item.product, item.price, item.quantity or 1
    assert product is not None, "the product is known by now"
    if price is None:
        return (product.retail_price * quantity,)
    if price.each is None or price.total is None or quantity == 1:
        each = price.each
        return (each * quantity if each is not None else price.total or 0,)
    both = (price.each * quantity, price.total)
    allowed = [one for one in both if is_within(SaleLine(product, quantity, one), *limits)]
    return (allowed[0],) if len(allowed) == 1 else both
