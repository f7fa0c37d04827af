"""The notice to the admins of all that waits at the office."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.flows.inquiries.inquiry_cards import InquiryLine

__all__ = ["OfficeNews"]


@dataclass(frozen=True, slots=True)
class OfficeNews(Message):
    """What waits, in one message.

    Attributes:
        lines: the questions that are new, the first few of them.
        inquiries: all questions that wait.
        leads: all leads that are not done.
        period: the month that ends soon, if sales or returns wait in it; else empty.
        days: how many days of it are left, today included.
        waiting: sales to check in it.
        waiting_sum: their total, in rupiah.
        returns: returns to check.
    """

    lasting: ClassVar[bool] = True

    lines: tuple[InquiryLine, ...]
    inquiries: int
    leads: int
    period: str
    days: int
    waiting: int
    waiting_sum: int
    returns: int
