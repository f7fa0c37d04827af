"""What a customer still owes a seller, by the seller's own notes; no account of the company."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["NotedSale", "Outstanding", "outstanding"]


@dataclass(frozen=True, slots=True)
class NotedSale:
    """A sale to a customer, with what its seller noted of the payment; money is in rupiah.

    Attributes:
        day: of the sale, YYYY-MM-DD.
        counts: whether there is such a sale; one that is void or rejected is none.
        on_credit: whether something was left open; "in full" and nothing said leave nothing.
        total: what the customer had to pay.
        deposit: what the line of the sale said was paid in advance.
        paid: payments that were noted for this very sale.
        back: the price of the goods that came back.
        refund: money that the customer got back for them, as it was noted.
    """

    sale_id: int
    day: str
    counts: bool
    on_credit: bool
    total: int
    deposit: int = 0
    paid: int = 0
    back: int = 0
    refund: int = 0


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is left after all payments of one customer.

    Attributes:
        left: rupiah that are owed of each sale, above zero, the oldest sale first.
        over: rupiah that the customer paid and that no sale has taken up.
    """

    left: tuple[tuple[int, int], ...]
    over: int

    @property
    def total(self) -> int:
        """What the customer owes in all, in rupiah."""
        return sum(amount for _, amount in self.left)


def outstanding(sales: Iterable[NotedSale], loose: int) -> Outstanding:
    """Returns what one customer owes of which sale.

    A payment for a sale pays that sale. What is more than the sale takes up, and a payment for
    none, pay the oldest debts first. Goods that came back take their price off what is to be paid,
    and money that was handed back for them was not paid. Without a payment nothing can have been
    handed back: then the noted refund means that the buyer need not pay.

    Args:
        sales: all sales of the customer about whose payment something is known.
        loose: payments that name no sale, in rupiah.
    """
    ordered = sorted(sales, key=lambda sale: (sale.day, sale.sale_id))
    rest = loose + sum(_unclaimed(sale) for sale in ordered)
    claims, claim_over = _claims([sale for sale in ordered if _is_claimed(sale)], rest)
    rest += claim_over
    left = []
    for sale_id, claim in claims:
        taken = min(rest, claim)
        rest -= taken
        if claim > taken:
            left.append((sale_id, claim - taken))
    return Outstanding(tuple(left), rest)


def _is_claimed(sale: NotedSale) -> bool:
    return sale.counts and sale.on_credit


def _unclaimed(sale: NotedSale) -> int:
    """Returns what was paid for a sale that no longer takes it up."""
    if not sale.counts:
        return sale.paid
    return 0 if sale.on_credit else max(0, sale.paid - sale.total)


def _claims(sales: Sequence[NotedSale], rest: int) -> tuple[list[tuple[int, int]], int]:
    """Returns what is to be paid of each sale besides its own payments, and what is too much.

    `rest` is the money that names no sale: what it would have paid before goods came back could
    also have been handed back.
    """
    claims, over = [], 0
    for sale in sales:
        own = sale.deposit + sale.paid
        share = min(rest, max(0, sale.total - own))
        rest -= share
        handed_back = min(sale.refund, sale.back, own + share)
        claim = sale.total - sale.back + handed_back - own
        over += max(0, -claim)
        claims.append((sale.sale_id, max(0, claim)))
    return claims, over
