"""What the running bot is made of, for everything that works on the books and speaks to people."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.company import Company
from bot.content import Content
from bot.store.db.database import Database

__all__ = ["BotRuntime"]


@dataclass(frozen=True, slots=True)
class BotRuntime:
    """What hearing needs: the books, the words and the company's rules.

    Attributes:
        chance: gives a random whole number.
        put_back: called when an update was put back among those that wait.
    """

    database: Database
    content: Content
    company: Company
    username: str
    chance: Callable[[], int]
    put_back: Callable[[], None] = lambda: None
