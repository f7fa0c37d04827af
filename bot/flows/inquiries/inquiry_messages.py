"""Messages about a question to the office, for the person who asks it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.flows.inquiries.faq_messages import FaqHeading
from bot.flows.spec import Action

__all__ = [
    "AnswerForYou",
    "AskInquiry",
    "DropInquiry",
    "InquiryDropped",
    "InquiryGone",
    "InquiryOffer",
    "InquirySent",
    "InquiryTooLong",
    "InquiryUnread",
    "OfferInquiry",
    "SendInquiry",
    "SubmitInquiry",
    "TooManyInquiries",
]


@dataclass(frozen=True, slots=True)
class InquiryOffer(Message):
    """The bot has no answer; asks whether to send the question to the office.

    Attributes:
        reference: of the question.
        asked: its first words.
        near: questions of the FAQ that may be meant instead.
    """

    reference: str
    asked: str
    near: tuple[FaqHeading, ...]


@dataclass(frozen=True, slots=True)
class InquirySent(Message):
    """The question is at the office; `again` if it was sent before."""

    asked: str
    again: bool


@dataclass(frozen=True, slots=True)
class InquiryDropped(Message):
    """The question is not sent."""


@dataclass(frozen=True, slots=True)
class InquiryGone(Message):
    """The question of this button is no longer kept."""


@dataclass(frozen=True, slots=True)
class InquiryTooLong(Message):
    """The question has more characters than are sent."""

    length: int
    most: int


@dataclass(frozen=True, slots=True)
class TooManyInquiries(Message):
    """The person has sent as many questions as one may within an hour."""

    until: datetime


@dataclass(frozen=True, slots=True)
class AskInquiry(Question):
    """Asks what the office is to be asked."""

    asked_as: ClassVar[str] = "inquiry.words@1"


@dataclass(frozen=True, slots=True)
class InquiryUnread(Message):
    """The answer has no words."""


@dataclass(frozen=True, slots=True)
class AnswerForYou(Message):
    """The office's answer to the person's question; `asked` has its first words."""

    lasting: ClassVar[bool] = True

    asked: str
    answer: str
    member: bool


@dataclass(frozen=True, slots=True)
class OfferInquiry(Action):
    """Answer from the FAQ, or ask whether to send the text to the office."""

    text: str


@dataclass(frozen=True, slots=True)
class SendInquiry(Action):
    """Send the text to the office."""

    text: str


@dataclass(frozen=True, slots=True)
class SubmitInquiry(Action):
    """Send the caller's question with this reference to the office."""

    reference: str


@dataclass(frozen=True, slots=True)
class DropInquiry(Action):
    """Do not send the caller's question."""

    reference: str
