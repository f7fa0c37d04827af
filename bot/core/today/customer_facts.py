"""What is known of a seller's customers on the day of a list, and who is on the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from bot.core.customers.purchases import Purchase
from bot.core.today.list_rules import ListReason

__all__ = ["Debt", "ItemState", "KnownCustomers", "ListedCustomer", "Named"]

ItemState: TypeAlias = Literal["shown", "sent", "done", "later", "never"]


@dataclass(frozen=True, slots=True)
class Debt:
    """What is left of a sale on credit; `due_on` is None if no day was agreed."""

    customer_id: int
    sale_id: int
    sold_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ListedCustomer:
    """The last time a customer stood on the list for a reason.

    Attributes:
        subject: what the reason was about; see `Named`.
        shown_on: the day of that list.
        state: what became of it.
        until: the day to which the seller postponed it.
    """

    customer_id: int
    reason: ListReason
    subject: str
    shown_on: date
    state: ItemState
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A customer on the list, with the reason.

    Attributes:
        subject: of `reorder`, `after_days` and `after_weeks` the article and a day,
            `12:2026-12-01`; of `debt` the sale's number; of all others a day.
        weight: who comes first.
    """

    customer_id: int
    reason: ListReason
    subject: str
    weight: float


@dataclass(frozen=True, slots=True)
class KnownCustomers:
    """All that is known of the customers of one seller.

    Attributes:
        purchases: what they bought and kept.
        lasts: how many days a piece of an article lasts, as the company says.
        debts: what they owe.
        birthdays: MM-DD, of those who said it.
        wishes: the day on which to come back to what they wished for.
        contacted: the day on which the seller noted that she had talked to them.
        past: earlier lists.
    """

    purchases: Sequence[Purchase] = ()
    lasts: Mapping[int, int] = field(default_factory=dict)
    debts: Sequence[Debt] = ()
    birthdays: Mapping[int, str] = field(default_factory=dict)
    wishes: Mapping[int, date] = field(default_factory=dict)
    contacted: Mapping[int, date] = field(default_factory=dict)
    past: Sequence[ListedCustomer] = ()
