"""The office's view of the FAQ: what it holds, and entries made of answered questions."""

from dataclasses import dataclass
from typing import ClassVar, Final

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.answers import button_number
from bot.flows.caller import Caller
from bot.flows.inquiries.faq_messages import FaqHeading
from bot.flows.spec import Action, Outcome

__all__ = [
    "EntryMade",
    "EntryPromises",
    "EntryRemoved",
    "EntryTooLong",
    "FaqInPanel",
    "FaqPanel",
    "MakeEntry",
    "NoSuchEntry",
    "PanelEntry",
    "PanelEntryBy",
    "PutBackEntry",
    "RemoveEntry",
    "faq_panel",
    "make_entry",
    "put_back_entry",
    "remove_entry",
]

PAGE_DIGITS_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class FaqPanel(Message):
    """A page of the entries made by the office; `in_file` counts those of the company's file."""

    passing: ClassVar[bool] = True

    headings: tuple[FaqHeading, ...]
    in_file: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PanelEntry(Message):
    """One entry made by the office, and whether it is out of use."""

    number: int
    heading: str
    answer: str
    removed: bool


@dataclass(frozen=True, slots=True)
class NoSuchEntry(Message):
    """There is no entry with this number, or no answer to make one of."""


@dataclass(frozen=True, slots=True)
class EntryMade(Message):
    """The question and its answer are in the FAQ."""

    number: int
    heading: str
    answer: str


@dataclass(frozen=True, slots=True)
class EntryPromises(Message):
    """The answer promises income or health, so it cannot be in the FAQ."""

    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryTooLong(Message):
    """Question or answer is too long for the FAQ."""

    asked_most: int
    answer_most: int


@dataclass(frozen=True, slots=True)
class EntryRemoved(Message):
    """The entry is out of use."""

    number: int
    heading: str


@dataclass(frozen=True, slots=True)
class FaqInPanel(Lookup[FaqPanel]):
    """A page of the list."""

    page: int


@dataclass(frozen=True, slots=True)
class PanelEntryBy(Lookup[PanelEntry | None]):
    """An entry, in use or not."""

    number: int


@dataclass(frozen=True, slots=True)
class MakeEntry(Action):
    """Make an entry of the answered question with this number."""

    inquiry: int


@dataclass(frozen=True, slots=True)
class RemoveEntry(Action):
    """Take an entry out of use."""

    number: int


@dataclass(frozen=True, slots=True)
class PutBackEntry(Action):
    """Take an entry into use again."""

    number: int


def faq_panel(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Show the FAQ to the office; with `hal` a page, with a number an entry made by the office."""
    word, _, page = rest.partition(" ")
    number = button_number(word)
    if number:
        entry = yield from find(PanelEntryBy(number))
        return entry or NoSuchEntry()
    return (yield from find(FaqInPanel(max(1, button_number(page, PAGE_DIGITS_MAX)))))


def make_entry(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Put an answered question into the FAQ."""
    yield from ()
    return MakeEntry(button_number(rest))


def remove_entry(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Take an entry out of the FAQ."""
    yield from ()
    return RemoveEntry(button_number(rest))


def put_back_entry(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Take a removed entry into the FAQ again."""
    yield from ()
    return PutBackEntry(button_number(rest))
