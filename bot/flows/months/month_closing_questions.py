"""The questions about closing a month, and what is said of an answer that is refused."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.flows.months.month_closing_lookups import RequestedClosing

__all__ = [
    "AskClosingReason",
    "AskRefusalReason",
    "ConfirmAgreement",
    "ReasonTooShort",
    "TypeSum",
    "WrongSum",
]


@dataclass(frozen=True, slots=True)
class TypeSum(Question):
    """Asks to type the sum of the bonuses, so that nobody closes a month by a slip."""

    asked_as: ClassVar[str] = "closing.sum@1"

    period: str
    paid: int
    payees: int


@dataclass(frozen=True, slots=True)
class WrongSum(Message):
    """Another sum than that of the bonuses was typed."""


@dataclass(frozen=True, slots=True)
class AskClosingReason(Question):
    """Asks why a month above the company's limit is closed all the same."""

    asked_as: ClassVar[str] = "closing.reason@1"

    request: RequestedClosing


@dataclass(frozen=True, slots=True)
class ReasonTooShort(Message):
    """The reason is too short or too long to say anything."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class ConfirmAgreement(Question):
    """Asks the second admin once more, with the reason and the sum."""

    asked_as: ClassVar[str] = "closing.agree@1"

    request: RequestedClosing


@dataclass(frozen=True, slots=True)
class AskRefusalReason(Question):
    """Asks the second admin why a month is not to be closed; the first one will read it."""

    asked_as: ClassVar[str] = "closing.refusal@1"

    period: str
