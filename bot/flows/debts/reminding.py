"""What is looked up to remind a customer."""

from dataclasses import dataclass

from bot.core.conversation.replay import Lookup
from bot.flows.debts.debts_messages import KindWords

__all__ = ["NumberOf", "WordsFor"]


@dataclass(frozen=True, slots=True)
class NumberOf(Lookup[str]):
    """The digits of a customer's number, for WhatsApp; empty if the caller has none."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class WordsFor(Lookup[str]):
    """The words of a reminder in a language, the caller's own if it is empty; plain text."""

    message: KindWords
    language: str
