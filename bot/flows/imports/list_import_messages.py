"""The messages, lookups and actions about a list that an admin sends."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.flows.spec import Action

__all__ = [
    "ImportBegun",
    "ImportList",
    "ListFaulty",
    "ListGone",
    "ListImported",
    "ListNotImported",
    "ListOf",
    "ListRead",
    "ListTerms",
    "ListTermsOf",
    "TypeOpeningTotal",
    "WhyNotImported",
    "WrongTotal",
]

ListOf: TypeAlias = Literal["members", "products", "deliveries"]

WhyNotImported: TypeAlias = Literal["gone", "changed", "busy", "failed"]
"""The file cannot be had, it or the database has changed, people kept joining, or it failed."""


@dataclass(frozen=True, slots=True)
class ListRead(Message):
    """What a list without faults would change.

    Attributes:
        job: the number of the job that read it; 0 where nothing would change.
        same: rows that are already as the list says.
        kept: members who have claimed their place, and keep their own name and phone.
        missing: products on sale that the list does not name; they stay.
        openings: members who bring an opening balance.
        opening: rupiah of these.
        much: new deliveries that are much beside what the member sells.
        late: new deliveries of the last days of a month whose plan counts goods bought.
    """

    job: int
    of: ListOf
    added: int
    changed: int
    same: int
    kept: int
    missing: int
    openings: int
    opening: int
    much: int
    late: int


@dataclass(frozen=True, slots=True)
class ListFaulty(Message):
    """What is wrong with a list, of which nothing is imported.

    Attributes:
        lines: the first faults, each with its line, in the company's first language.
        more: how many others there are.
    """

    of: ListOf
    lines: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class TypeOpeningTotal(Question):
    """Asks for the sum of all opening balances, to sign it."""

    asked_as: ClassVar[str] = "list.total@1"

    openings: int
    opening: int


@dataclass(frozen=True, slots=True)
class WrongTotal(Message):
    """Another sum was typed, so nothing is imported yet."""


@dataclass(frozen=True, slots=True)
class ListGone(Message):
    """The list of this button is too old, or was never read; it can be sent again."""


@dataclass(frozen=True, slots=True)
class ImportBegun(Message):
    """The list is being imported; news follows."""


@dataclass(frozen=True, slots=True)
class ListImported(Message):
    """The list is imported.

    Attributes:
        same: how many were there already, perhaps because another admin sent the same list.
        openings: members who brought an opening balance.
        opening: rupiah of these.
        much: see `ListRead`.
        late: see `ListRead`.
    """

    of: ListOf
    added: int
    changed: int
    same: int
    openings: int
    opening: int
    much: int
    late: int


@dataclass(frozen=True, slots=True)
class ListNotImported(Message):
    """Nothing of the list was imported, and why."""

    of: ListOf
    why: WhyNotImported


@dataclass(frozen=True, slots=True)
class ListTerms:
    """What was shown of a list, and what is to be signed."""

    of: ListOf
    openings: int
    opening: int


@dataclass(frozen=True, slots=True)
class ListTermsOf(Lookup[ListTerms | None]):
    """The list that the job with this number has read for the caller."""

    job: int


@dataclass(frozen=True, slots=True)
class ImportList(Action):
    """Import the list that this job has read."""

    job: int
