"""Facts about debts that flows look up and messages show."""

from dataclasses import dataclass
from datetime import date

from bot.core.conversation.replay import Lookup

__all__ = [
    "CustomerAccount",
    "CustomerDebt",
    "DebtOfSale",
    "Debtor",
    "OpenReceipt",
    "PayersFound",
    "PayersMeant",
    "SaleToPay",
    "ShownPayment",
    "StandingPayment",
    "UndoablePayment",
    "WhoOwes",
]


@dataclass(frozen=True, slots=True)
class Debtor:
    """A customer who owes something.

    Attributes:
        owed: in rupiah.
        since: the day of the oldest sale that is not paid.
        due_on: the earliest day that was agreed; None if there is none.
        days_late: how many days that day is over; 0 if it is not.
        age_days: how many days ago the oldest sale was.
    """

    customer_id: int
    name: str
    owed: int
    since: date
    due_on: date | None
    days_late: int
    age_days: int


@dataclass(frozen=True, slots=True)
class OpenReceipt:
    """A sale of which something is owed.

    Attributes:
        goods: names and quantities; not looked up everywhere.
        left: in rupiah.
    """

    receipt: str
    day: date
    left: int
    due_on: date | None
    days_late: int
    goods: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPayment:
    """A payment that was noted.

    Attributes:
        means: `cash`, `transfer` or `qris`; empty if nobody said.
        receipt: of the sale that it paid; empty if it paid the oldest first.
    """

    number: int
    amount: int
    means: str
    day: date
    receipt: str


@dataclass(frozen=True, slots=True)
class CustomerDebt:
    """What one of the caller's customers owes.

    Attributes:
        customer_id: the kept row of a customer who was put together with another.
        language: of the customer, as the seller noted it; empty if she did not.
        owed: in rupiah.
        over: rupiah that were paid and that no sale has taken up.
        receipts: the oldest first; goods are named on the first few.
        payments: the latest, the newest first.
    """

    customer_id: int
    name: str
    language: str
    owed: int
    over: int
    receipts: tuple[OpenReceipt, ...]
    payments: tuple[ShownPayment, ...]


@dataclass(frozen=True, slots=True)
class SaleToPay:
    """One of the caller's sales, of which `left` rupiah are owed."""

    customer_id: int
    receipt: str
    left: int


@dataclass(frozen=True, slots=True)
class PayersFound:
    """The caller's customers whom a line may mean, the likeliest first."""

    customers: tuple[tuple[int, str], ...]
    is_certain: bool


@dataclass(frozen=True, slots=True)
class UndoablePayment:
    """A payment that counts, and what the customer owes without it."""

    payment: ShownPayment
    customer_id: int
    name: str
    owed: int


@dataclass(frozen=True, slots=True)
class WhoOwes(Lookup[tuple[Debtor, ...]]):
    """All customers who owe the caller something, those that are late first."""


@dataclass(frozen=True, slots=True)
class CustomerAccount(Lookup[CustomerDebt | None]):
    """What a customer of the caller owes; None for another seller's customer."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class DebtOfSale(Lookup[SaleToPay | None]):
    """What is owed of a sale of the caller to a customer; None for any other sale."""

    sale_id: int


@dataclass(frozen=True, slots=True)
class PayersMeant(Lookup[PayersFound]):
    """Which customers of the caller a line means."""

    text: str


@dataclass(frozen=True, slots=True)
class StandingPayment(Lookup[UndoablePayment | None]):
    """A payment of the caller that counts, by its number; with 0 the one that was noted last."""

    number: int
