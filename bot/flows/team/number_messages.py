"""The messages about a phone number that an upline asks for, to both sides."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.conversation.messages import Message, Question

__all__ = [
    "AskedRecently",
    "ConfirmAskNumber",
    "NumberAsked",
    "NumberGiven",
    "NumberIsAsked",
    "NumberKept",
    "NumberNotAsked",
    "NumberRequestGone",
    "NumberStaysPrivate",
    "NumberVisible",
    "TooManyAsked",
]


@dataclass(frozen=True, slots=True)
class ConfirmAskNumber(Question):
    """Asks the upline whether to ask this member for the number."""

    asked_as: ClassVar[str] = "number.ask@1"

    title: str
    short: str


@dataclass(frozen=True, slots=True)
class NumberNotAsked(Message):
    """The upline asks for no number after all."""


@dataclass(frozen=True, slots=True)
class NumberIsAsked(Message):
    """The member is asked for the number."""

    title: str
    short: str
    code: str


@dataclass(frozen=True, slots=True)
class NumberVisible(Message):
    """The upline sees the number already, on the member's card."""

    title: str
    short: str
    code: str


@dataclass(frozen=True, slots=True)
class AskedRecently(Message):
    """The member was asked at this moment and has not answered."""

    title: str
    short: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NumberStaysPrivate(Message):
    """The member keeps the number private, and is not asked again."""

    title: str
    short: str
    code: str


@dataclass(frozen=True, slots=True)
class TooManyAsked(Message):
    """The upline has asked for as many numbers as one may in a day."""

    most: int


@dataclass(frozen=True, slots=True)
class NumberAsked(Message):
    """Asks a member to give an upline the number; the buttons carry the request's reference."""

    title: str
    short: str
    reference: str


@dataclass(frozen=True, slots=True)
class NumberGiven(Message):
    """For the upline: the number is on the member's card; the message itself does not have it."""

    lasting: ClassVar[bool] = True

    title: str
    short: str
    code: str


@dataclass(frozen=True, slots=True)
class NumberKept(Message):
    """For the upline: the member keeps the number private."""

    title: str
    short: str
    code: str


@dataclass(frozen=True, slots=True)
class NumberRequestGone(Message):
    """The request is too old, or the upline who asked is a member no more."""
