"""What is asked about a sale beside its parts: whether it is one, another one, or a second one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.flows.sales.sale_parts import ShownLine

__all__ = ["AskAnother", "AskIfSale", "AskSecond", "NoSaleMeant", "NotRecorded"]


@dataclass(frozen=True, slots=True)
class AskAnother(Question):
    """Asks what to do with the line of another sale while this one is not yet saved.

    `receipt` is the number of this one if it is recorded already.
    """

    asked_as: ClassVar[str] = "sale.another@2"
    pressed_before: ClassVar[Mapping[str, str]] = {"ya": "first", "/batal": "new"}

    lines: tuple[ShownLine, ...]
    buyer: str
    own_use: bool
    typed: str
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class AskIfSale(Question):
    """Asks whether a text is a sale to be recorded; it reads like one, but may be none."""

    asked_as: ClassVar[str] = "sale.meant@1"

    typed: str


@dataclass(frozen=True, slots=True)
class AskSecond(Question):
    """Asks whether this is another sale; an identical one is already recorded."""

    asked_as: ClassVar[str] = "sale.second@1"

    receipt: str
    buyer: str


@dataclass(frozen=True, slots=True)
class NoSaleMeant(Message):
    """The text was no sale; says where else it may lead."""

    ends_all: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class NotRecorded(Message):
    """The sale was a duplicate and was not recorded."""
