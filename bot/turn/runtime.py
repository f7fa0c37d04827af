"""The running bot, as every part sees it that reads the database and writes to people."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.company import Company
from bot.content import Content
from bot.store.db.database import Database

__all__ = ["BotRuntime"]


@dataclass(frozen=True, slots=True)
class BotRuntime:
    """The database, the content and the company's rules.

    Attributes:
        username: of the bot, without `@`.
        chance: returns a random whole number.
        on_put_back: called after a dead letter has been returned to the inbox.
    """

    database: Database
    content: Content
    company: Company
    username: str
    chance: Callable[[], int]
    on_put_back: Callable[[], None] = lambda: None
