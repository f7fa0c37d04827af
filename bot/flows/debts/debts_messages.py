"""What is said about debts and payments, which are the seller's own notes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.flows.debts.debt_facts import CustomerDebt, Debtor, OpenReceipt, ShownPayment

__all__ = [
    "AskAmount",
    "AskOver",
    "AskPayer",
    "AskPayment",
    "AskUndoPayment",
    "DebtOf",
    "Debtors",
    "KindWords",
    "NobodyOwes",
    "NotAnAmount",
    "NothingOwed",
    "PaymentKept",
    "PaymentNotUndone",
    "PaymentNoted",
    "PaymentUndone",
    "PaymentUnsaved",
    "Reminder",
    "TellPayment",
]


@dataclass(frozen=True, slots=True)
class Debtors(Message):
    """The customers who owe something, those that are late first.

    Attributes:
        total: rupiah of all.
        people: how many owe.
        rows: of this page.
        page: counted from 1.
        before: the page before it, 0 if there is none.
        after: the page after it, 0 if there is none.
    """

    passing: ClassVar[bool] = True

    total: int
    people: int
    rows: tuple[Debtor, ...]
    page: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NobodyOwes(Message):
    """Nothing is noted as owed to the caller."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DebtOf(Message):
    """What one customer owes: which receipts, and what was paid when.

    Attributes:
        account: of the customer.
        receipts: what is left of each, the oldest first; not all if there are many.
        more: how many receipts are not shown.
        settled: the receipt that was asked about, of which nothing is owed; mostly empty.
    """

    passing: ClassVar[bool] = True

    account: CustomerDebt
    receipts: tuple[OpenReceipt, ...]
    more: int
    settled: str = ""


@dataclass(frozen=True, slots=True)
class NothingOwed(Message):
    """The customer owes nothing; `over` is rupiah that were paid and that no sale has taken up."""

    customer_id: int
    customer: str
    over: int
    payments: tuple[ShownPayment, ...]
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Reminder(Message):
    """Kind words to forward to a customer, as `KindWords` has them; `digits` is for WhatsApp."""

    passing: ClassVar[bool] = True

    customer_id: int
    customer: str
    words: str
    digits: str


@dataclass(frozen=True, slots=True)
class KindWords(Message):
    """What a customer may be sent, in the customer's language: no threat, no shame.

    Attributes:
        total: rupiah that are owed.
        late: whether the agreed day is over.
        due_on: the agreed day; None if there is none.
        receipts: the oldest of what is owed, with the goods.
        more: whether there are others.
        seller: the first name of the seller.
        title: of the seller: `Bapak`, `Ibu` or `Kak`.
    """

    customer: str
    total: int
    late: bool
    due_on: date | None
    receipts: tuple[OpenReceipt, ...]
    more: bool
    seller: str
    title: str


@dataclass(frozen=True, slots=True)
class AskPayer(Question):
    """Asks who paid; `unknown` is a name that was typed and fits nobody, or several."""

    asked_as: ClassVar[str] = "debts.payer@1"

    unknown: str
    offered: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AskAmount(Question):
    """Asks how much was paid of what is owed, both in rupiah."""

    asked_as: ClassVar[str] = "debts.amount@1"

    customer: str
    owed: int


@dataclass(frozen=True, slots=True)
class AskOver(Question):
    """Asks what to note where more was paid than is owed, all in rupiah."""

    asked_as: ClassVar[str] = "debts.over@1"

    customer: str
    owed: int
    amount: int
    over: int


@dataclass(frozen=True, slots=True)
class AskPayment(Question):
    """The card of a payment before it is saved.

    Attributes:
        means: `cash`, `transfer` or `qris`; empty if nobody said.
        day: when it was made; None for today.
        receipt: of the sale that it pays; empty if it pays the oldest first.
        left: rupiah that stay owed after it.
        over: rupiah that no sale takes up.
        twin: whether the same was noted for that day already.
    """

    asked_as: ClassVar[str] = "debts.payment@1"
    as_shown: ClassVar[bool] = True

    customer: str
    amount: int
    means: str
    day: date | None
    receipt: str
    left: int
    over: int
    twin: bool


@dataclass(frozen=True, slots=True)
class AskUndoPayment(Question):
    """Asks whether a payment is to count no more; `owed` is what is owed then, in rupiah."""

    asked_as: ClassVar[str] = "debts.undo@1"
    as_shown: ClassVar[bool] = True

    payment: ShownPayment
    customer: str
    owed: int


@dataclass(frozen=True, slots=True)
class PaymentNoted(Message):
    """The payment is saved; `left` and `over` are as on its card."""

    lasting: ClassVar[bool] = True

    payment: ShownPayment
    customer_id: int
    customer: str
    left: int
    over: int


@dataclass(frozen=True, slots=True)
class PaymentUnsaved(Message):
    """Nothing was noted."""


@dataclass(frozen=True, slots=True)
class PaymentUndone(Message):
    """The payment counts no more; `owed` is what the customer owes now."""

    payment: ShownPayment
    customer_id: int
    customer: str
    owed: int


@dataclass(frozen=True, slots=True)
class PaymentKept(Message):
    """The payment stays."""


@dataclass(frozen=True, slots=True)
class PaymentNotUndone(Message):
    """There is no such payment of the caller that counts."""


@dataclass(frozen=True, slots=True)
class NotAnAmount(Message):
    """The text names no one amount of money."""


@dataclass(frozen=True, slots=True)
class TellPayment(Message):
    """The text changes nothing of the payment, and is neither a yes nor a no."""
