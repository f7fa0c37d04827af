"""What is different between two states of a sale, so that a reader need not compare them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

__all__ = [
    "ChangedItem",
    "LineChange",
    "SaleChange",
    "SaleState",
    "ShownChange",
    "SoldItem",
    "change_between",
    "shown_change",
]

ITEMS_SHOWN_MAX = 8

BuyerChange: TypeAlias = Literal["", "own_use", "customer", "other"]


@dataclass(frozen=True, slots=True, order=True)
class SoldItem:
    """A line of a sale: the product, the pieces, and the rupiah for all of them."""

    product_id: int
    name: str
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True)
class SaleState:
    """A sale as it was or is; the order of its items does not matter.

    Attributes:
        items: the lines.
        customer_id: the buyer; None for own use.
        day: when it was sold.
        invoice: the number of the invoice, or empty.
        photo: Telegram's unique id of the proof, or empty.
    """

    items: tuple[SoldItem, ...]
    customer_id: int | None
    day: date
    invoice: str
    photo: str


@dataclass(frozen=True, slots=True)
class LineChange:
    """An item before and after; None before it was added, or after it was removed."""

    before: SoldItem | None
    after: SoldItem | None


@dataclass(frozen=True, slots=True)
class SaleChange:
    """The parts that differ, each as it was before and is after; None where nothing differs."""

    items: tuple[LineChange, ...] = ()
    customer_id: tuple[int | None, int | None] | None = None
    day: tuple[date, date] | None = None
    proof: tuple[tuple[str, str], tuple[str, str]] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the two states are the same."""
        return self == SaleChange()


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that is no longer as it was recorded; it has no pieces where it is not on the sale.

    Attributes:
        amount: the rupiah for all pieces.
        other_price: whether one piece costs more or less than before.
    """

    name: str
    quantity: int
    amount: int
    quantity_before: int
    amount_before: int
    other_price: bool


@dataclass(frozen=True, slots=True)
class ShownChange:
    """What the seller has changed since the sale was recorded.

    Attributes:
        at: when it was last changed (aware, UTC).
        times: how often it was changed.
        items: the items that differ, or the first of them.
        more: how many items more differ.
        buyer: empty where it is the same one; otherwise `own_use`, `customer` instead of own use,
            or `other` customer: customers' names are the seller's alone.
        day_before: the day as recorded, if it is another one now.
        proof: whether another invoice or photo, or none, is there now.
    """

    at: datetime
    times: int
    items: tuple[ChangedItem, ...]
    more: int
    buyer: BuyerChange
    day_before: date | None
    proof: bool

    @property
    def is_empty(self) -> bool:
        """Whether the sale is as it was recorded again."""
        return not (self.items or self.buyer or self.day_before or self.proof)


def change_between(before: SaleState, after: SaleState) -> SaleChange:
    """Returns what has to be changed in one state to make it the other."""
    buyers = (before.customer_id, after.customer_id)
    days = (before.day, after.day)
    proofs = ((before.invoice, before.photo), (after.invoice, after.photo))
    return SaleChange(
        items=_items_changed(before.items, after.items),
        customer_id=buyers if buyers[0] != buyers[1] else None,
        day=days if days[0] != days[1] else None,
        proof=proofs if proofs[0] != proofs[1] else None,
    )


def _items_changed(
    before: Sequence[SoldItem], after: Sequence[SoldItem]
) -> tuple[LineChange, ...]:
    """Returns the items that differ: those of one product in pairs, then what is left over.

    The items come in the order in which they are now; those removed come last.
    """
    gone = list((Counter(before) - Counter(after)).elements())
    changes = []
    for item in (Counter(after) - Counter(before)).elements():
        was = next((other for other in gone if other.product_id == item.product_id), None)
        if was is not None:
            gone.remove(was)
        changes.append(LineChange(was, item))
    return (*changes, *(LineChange(item, None) for item in gone))


def shown_change(change: SaleChange, at: datetime, times: int) -> ShownChange:
    """Returns a change as the office reads it.

    Args:
        change: what differs from the sale as it was recorded.
        at: when it was last changed (aware, UTC).
        times: how often it was changed.
    """
    return ShownChange(
        at=at,
        times=times,
        items=tuple(_shown_item(each) for each in change.items[:ITEMS_SHOWN_MAX]),
        more=max(0, len(change.items) - ITEMS_SHOWN_MAX),
        buyer=_buyer_change(change),
        day_before=None if change.day is None else change.day[0],
        proof=change.proof is not None,
    )


def _shown_item(change: LineChange) -> ChangedItem:
    before, after = change.before, change.after
    known = after or before
    assert known is not None, "a change is about an item"
    had, cost = (before.quantity, before.amount) if before is not None else (0, 0)
    has, costs = (after.quantity, after.amount) if after is not None else (0, 0)
    return ChangedItem(known.name, has, costs, had, cost, other_price=costs * had != cost * has)


def _buyer_change(change: SaleChange) -> BuyerChange:
    match change.customer_id:
        case None:
            return ""
        case (_, None):
            return "own_use"
        case (None, _):
            return "customer"
        case _:
            return "other"
