"""Questions of people as the office sees them: the list, a card each, and what becomes of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Literal

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.answers import button_number
from bot.flows.caller import Caller
from bot.flows.spec import Action, Outcome

__all__ = [
    "CloseInquiry",
    "Inquiries",
    "InquiriesPage",
    "InquiryAnswerLong",
    "InquiryAnswered",
    "InquiryBy",
    "InquiryCard",
    "InquiryClosed",
    "InquiryLine",
    "InquiryNotThere",
    "InquirySettledBefore",
    "NoInquiries",
    "ReleaseAnswer",
    "WhichInquiry",
    "close_inquiry",
    "inquiries",
    "release_answer",
]

PAGE_DIGITS_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class InquiryLine:
    """A question in a list, by its first words."""

    number: int
    asked: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Inquiries(Message):
    """A page of the questions that wait; `before` and `after` are 0 if there is no such page."""

    passing: ClassVar[bool] = True

    lines: tuple[InquiryLine, ...]
    total: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NoInquiries(Message):
    """No question waits."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class InquiryCard(Message):
    """One question in full; a reply to this message is its answer.

    Attributes:
        number: of the question.
        inquiry: what was asked.
        asker: the member who asked; empty for a person who has not joined.
        code: the member's code.
        account_end: the last digits of the account.
        at: when it was sent.
        state: `waiting`, `answered` or `closed`.
        by: the admin who settled it; empty for one who is no member.
        settled_at: when that was; the same as `at` while it waits.
        reply: the beginning of the answer that was sent first; empty if there is none.
        entry: whether an entry of the FAQ was made of it.
    """

    lasting: ClassVar[bool] = True

    number: int
    inquiry: str
    asker: str
    code: str
    account_end: str
    at: datetime
    state: Literal["waiting", "answered", "closed"]
    by: str
    settled_at: datetime
    reply: str
    entry: bool


@dataclass(frozen=True, slots=True)
class InquiryNotThere(Message):
    """There is no question with this number."""


@dataclass(frozen=True, slots=True)
class InquiryAnswered(Message):
    """The admin's answer is on its way.

    Attributes:
        number: of the question.
        asker: the member who asked; empty for a person who has not joined.
        reached: False if the person has blocked the bot, or left Telegram.
    """

    lasting: ClassVar[bool] = True

    number: int
    asker: str
    reached: bool


@dataclass(frozen=True, slots=True)
class InquirySettledBefore(Message):
    """Somebody answered or closed the question before, so this answer was not sent.

    Attributes:
        number: of the question.
        mine: whether it was the same admin.
        by: who it was; empty for an admin who is no member.
        settled_at: when.
        reply: the beginning of that answer; empty if the question was closed.
        held: the number of the answer that was not sent.
    """

    lasting: ClassVar[bool] = True

    number: int
    mine: bool
    by: str
    settled_at: datetime
    reply: str
    held: int


@dataclass(frozen=True, slots=True)
class InquiryAnswerLong(Message):
    """The answer has more characters than fit; nothing was sent."""

    length: int
    most: int


@dataclass(frozen=True, slots=True)
class WhichInquiry(Message):
    """The message replied to names several questions; nothing was sent."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InquiryClosed(Message):
    """The question is closed without an answer."""

    number: int


@dataclass(frozen=True, slots=True)
class InquiriesPage(Lookup[Inquiries | NoInquiries]):
    """A page of the list."""

    page: int


@dataclass(frozen=True, slots=True)
class InquiryBy(Lookup[InquiryCard | None]):
    """The question with this number; None if it was never sent."""

    number: int


@dataclass(frozen=True, slots=True)
class CloseInquiry(Action):
    """Close a question without an answer."""

    number: int


@dataclass(frozen=True, slots=True)
class ReleaseAnswer(Action):
    """Send the caller's answer that was held back."""

    held: int


def inquiries(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Show the questions that wait for an answer; with `hal` a page, with a number one of them."""
    word, _, page = rest.partition(" ")
    number = button_number(word)
    if number:
        card = yield from find(InquiryBy(number))
        return card or InquiryNotThere()
    return (yield from find(InquiriesPage(max(1, button_number(page, PAGE_DIGITS_MAX)))))


def close_inquiry(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Close a question without an answer."""
    yield from ()
    return CloseInquiry(button_number(rest))


def release_answer(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Send a second answer to a question as well."""
    yield from ()
    return ReleaseAnswer(button_number(rest))
