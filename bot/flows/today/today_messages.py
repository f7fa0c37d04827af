"""What is said about the list of a day."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.today.list_rules import ListReason

__all__ = [
    "AskListHour",
    "AskNever",
    "CustomerWords",
    "ListClock",
    "NeverAgain",
    "NobodyRefused",
    "NobodyToday",
    "NotOnTheList",
    "RefusedCustomers",
    "RefusedRow",
    "RemindedAgain",
    "StaysOnTheList",
    "TodayCard",
    "TodayItem",
    "TodayList",
]


@dataclass(frozen=True, slots=True)
class TodayItem:
    """A customer on the list, as it is shown.

    Attributes:
        customer: the name as the seller writes it.
        called: the name without notes in it, as the customer is addressed.
        article: what was bought; empty where the reason is about none.
        day: of the sale, of the last sale, the day agreed, or the birthday, by the reason; of
            `reorder` when it is probably used up. None if a debt has no day.
        days: from that day to today; below zero if it is still to come.
        weeks: whole weeks of them.
        months: whole months of them, of thirty days; 0 below two.
        pieces: of the article, in the last order of it; 0 where the reason is no reorder.
        every: after how many days the article was usually ordered; 0 where that is not known.
        bought_on: the day of that order, or of the sale that is owed for; None for other reasons.
        amount: what is owed, in rupiah.
        wish: what the customer wanted.
        by_seller: whether the seller herself chose the day of the wish.
        done: whether the seller has done it, or the customer has bought since.
        until: the day to which it was postponed.
        link: opens a chat with ready words in it.
    """

    customer_id: int
    customer: str
    called: str
    reason: ListReason
    article: str
    day: date | None
    days: int
    weeks: int
    months: int
    pieces: int
    every: int
    bought_on: date | None
    amount: int
    wish: str
    by_seller: bool
    done: bool
    until: date | None
    link: str


@dataclass(frozen=True, slots=True)
class TodayList(Message):
    """The list of a day, done ones among them.

    Attributes:
        day: the seller's own day.
        items: at most seven.
        open: how many are left to do.
    """

    day: date
    items: tuple[TodayItem, ...]
    open: int


@dataclass(frozen=True, slots=True)
class NobodyToday(Message):
    """There is nobody to think of today.

    Attributes:
        customers: whether the member has any.
    """

    passing: ClassVar[bool] = True

    customers: bool


@dataclass(frozen=True, slots=True)
class TodayCard(Message):
    """One customer of the list, with the ready words.

    Attributes:
        words: for the customer, in the customer's language.
        copied: the same if a button can carry them to the clipboard; otherwise empty.
        receipt: of the last sale, to log it once more; empty if there is none.
    """

    item: TodayItem
    words: str
    copied: str
    receipt: str


@dataclass(frozen=True, slots=True)
class CustomerWords(Message):
    """Words from a seller to a customer, to be sent by the seller's own hand.

    Attributes:
        article: as people say it.
        days: from the day that the reason is about to today.
        due: whether a day was agreed for what is owed.
        bought_on: the day of the sale that is owed for.
        wording: which of several wordings, so that a morning's messages are not all alike.
    """

    called: str
    reason: ListReason
    article: str
    days: int
    due: bool
    bought_on: date | None
    amount: int
    wish: str
    wording: int


@dataclass(frozen=True, slots=True)
class NotOnTheList(Message):
    """The customer is not on the caller's list."""


@dataclass(frozen=True, slots=True)
class AskNever(Question):
    """Asks whether a customer is never to be shown for this reason again."""

    asked_as: ClassVar[str] = "today.never@1"

    customer: str
    reason: ListReason


@dataclass(frozen=True, slots=True)
class NeverAgain(Message):
    """The customer is not shown for this reason any more."""

    customer_id: int
    customer: str
    reason: ListReason


@dataclass(frozen=True, slots=True)
class StaysOnTheList(Message):
    """Nothing was changed."""

    customer: str


@dataclass(frozen=True, slots=True)
class RemindedAgain(Message):
    """The customer may be shown for this reason again."""

    customer: str
    reason: ListReason


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A customer whom the seller does not want to be shown for a reason."""

    customer_id: int
    customer: str
    reason: ListReason


@dataclass(frozen=True, slots=True)
class RefusedCustomers(Message):
    """Whom the seller does not want to be shown any more, the latest first."""

    rows: tuple[RefusedRow, ...]


@dataclass(frozen=True, slots=True)
class NobodyRefused(Message):
    """There is no reason that the seller has refused."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AskListHour(Question):
    """Asks when to send the list; offers whole hours, accepts any minute."""

    asked_as: ClassVar[str] = "today.hour@1"

    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListClock(Message):
    """When the list comes by itself from now on.

    Attributes:
        hour: HH:MM in the member's own zone.
        zone: WIB, WITA or WIT.
        comes: whether it comes at all.
    """

    hour: str
    zone: str
    comes: bool
