"""Messages of the FAQ: the list, one answer, and what the office sees of it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Lookup

__all__ = [
    "FaqAnswer",
    "FaqBy",
    "FaqFor",
    "FaqHeading",
    "FaqList",
    "FaqPage",
    "NoFaq",
]


@dataclass(frozen=True, slots=True)
class FaqHeading:
    """A question of the FAQ in a list; the key is behind its button."""

    key: str
    heading: str


@dataclass(frozen=True, slots=True)
class FaqAnswer(Message):
    """A question of the FAQ with its answer.

    Attributes:
        open: whether a conversation waits for the person, to which a button leads back.
    """

    passing: ClassVar[bool] = True

    heading: str
    answer: str
    member: bool
    open: bool


@dataclass(frozen=True, slots=True)
class FaqList(Message):
    """A page of the questions; `before` and `after` are 0 if there is no such page."""

    passing: ClassVar[bool] = True

    headings: tuple[FaqHeading, ...]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NoFaq(Message):
    """There is no such question, or none at all."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class FaqPage(Lookup[FaqList | NoFaq]):
    """A page of the list."""

    page: int


@dataclass(frozen=True, slots=True)
class FaqBy(Lookup[FaqAnswer | None]):
    """The question with this key; None if it is gone."""

    key: str


@dataclass(frozen=True, slots=True)
class FaqFor(Lookup[FaqAnswer | None]):
    """The question that a text asks; None if none is clear."""

    text: str
