"""A seller's own customers as files, for herself."""

from dataclasses import dataclass

from bot.core.conversation.messages import Message
from bot.flows.spec import Action

__all__ = [
    "CustomerHeadings",
    "CustomersAsContacts",
    "CustomersAsSheet",
    "GiveCustomers",
    "NoCustomersToGive",
]


@dataclass(frozen=True, slots=True)
class GiveCustomers(Action):
    """Send all of the caller's customers as files."""


@dataclass(frozen=True, slots=True)
class CustomerHeadings(Message):
    """The headings of the workbook, one a line."""


@dataclass(frozen=True, slots=True)
class CustomersAsSheet(Message):
    """The caption of the workbook."""

    count: int


@dataclass(frozen=True, slots=True)
class CustomersAsContacts(Message):
    """The caption of the vCards; `count` has those with a number."""

    count: int


@dataclass(frozen=True, slots=True)
class NoCustomersToGive(Message):
    """There is no customer to be sent."""
