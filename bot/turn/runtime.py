"""The running bot, as every part sees it that reads the database and writes to people."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.company import Company
from bot.content import Content
from bot.core.understanding.text_shapes import Unclear
from bot.store.backup.erasure_file import ErasureBook
from bot.store.db.database import Database
from bot.system.number_keys import NumberKeys

__all__ = ["BotRuntime"]


@dataclass(frozen=True, slots=True)
class BotRuntime:
    """The database, the content and the company's rules.

    Attributes:
        username: of the bot, without `@`.
        chance: returns a random whole number.
        on_put_back: called after a dead letter has been returned to the inbox.
        on_job: called after a job was asked for, so that it begins at once.
        erasures: what was erased, beside the database.
        number_keys: seal and open the numbers of customers.
        on_unclear: called with the reason after the answer to an unclear text has been stored.
    """

    database: Database
    content: Content
    company: Company
    username: str
    chance: Callable[[], int]
    on_put_back: Callable[[], None] = lambda: None
    on_unclear: Callable[[Unclear], None] = lambda _why: None
    on_job: Callable[[], None] = lambda: None
    erasures: ErasureBook = field(default_factory=ErasureBook)
    number_keys: NumberKeys = field(default_factory=NumberKeys)
