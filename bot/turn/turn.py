"""One turn of a conversation: the update, its sender, and what its services share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Content, Reader, Screen
from bot.core.conversation.messages import Message
from bot.core.conversation.replay import EnclosedFile, Lookup
from bot.core.understanding.text_shapes import Unclear
from bot.flows.caller import Caller
from bot.flows.spec import Action
from bot.store.backup.erasure_file import ErasureBook
from bot.store.members import members
from bot.system.number_keys import NumberKeys
from bot.turn.incoming import Incoming
from bot.turn.notices import send
from bot.turn.reply import Document, Picture, Reply, SentFile

__all__ = ["REFERENCE_BITS", "Actions", "Lookups", "Turn", "new_reference"]

SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz"
REFERENCE_LENGTH = 10
REFERENCE_BITS = 50


@dataclass(slots=True)
class Turn:
    """What the services of one update share. It lives as long as the update's transaction.

    Attributes:
        chance: random bits, from which references and codes are made.
        reference: names the conversation; unique, so that its action runs only once.
        put_back: whether a dead letter was returned to the inbox.
        job_asked: whether a job was asked for, which is to begin at once.
        cause: the prefix of outbox keys in a turn that no update began.
        unclear: why the text of this update was unclear; None if it was clear.
        after_gap: whether messages typed just before were left out, so that this one answers no
            question.
        enclosed: the photo or document that the conversation keeps for what it will record.
        erasures: the list of erasures beside the database.
        number_keys: seal and open the numbers of customers.
        to_enclose: the one that came with this update's words, for a sale that they begin.
        reply: answers the person.
    """

    conn: Connection
    content: Content
    company: Company
    incoming: Incoming
    caller: Caller
    reader: Reader
    username: str
    chance: int
    reference: str = ""
    put_back: bool = False
    job_asked: bool = False
    unclear: Unclear | None = None
    cause: str = ""
    erasures: ErasureBook = field(default_factory=ErasureBook)
    number_keys: NumberKeys = field(default_factory=NumberKeys)
    after_gap: bool = False
    enclosed: EnclosedFile | None = None
    to_enclose: EnclosedFile | None = None
    reply: Reply = field(init=False)

    def __post_init__(self) -> None:
        """Make the reply, which renders for `reader` as it is by then: a flow may change it."""
        self.reply = Reply(self.conn, self.incoming, self.screen, self.menu, self.cause)

    @property
    def now(self) -> datetime:
        """When the bot began to handle this update."""
        return self.incoming.at

    def tell(self, member_id: int, message: Message, key: str) -> None:
        """Send another member a notice, once per key, within the sending hours."""
        person = members.reachable(self.conn, member_id)
        if person is not None:
            send(self.conn, self.content, self.company, person, message, key=key, at=self.now)

    def screen(self, message: Message | Screen) -> Screen:
        """Returns the message rendered for the caller."""
        if isinstance(message, Screen):
            return message
        return self.content.screen(message, self.reader)

    def screen_in(self, message: Message, language: str) -> Screen:
        """Returns the message in this language, to compare it with what a person typed."""
        return self.content.screen(message, replace(self.reader, language=language))

    def menu(self) -> Screen:
        """Returns the screen with the keys of the menu."""
        return self.content.menu(self.reader.language)


# Each function takes the class it is listed under; no mapping can say that, hence Any.
Lookups: TypeAlias = Mapping[type[Lookup[object]], Callable[[Turn, Any], Any]]
"""The function that answers each class of lookup."""

Actions: TypeAlias = Mapping[
    type[Action],
    Callable[[Turn, Any], Iterable[Message | Picture | Document | SentFile]],  # as in Lookups
]
"""The function that performs each class of action."""


def new_reference(chance: int) -> str:
    """Returns a reference never used before, made from 50 random bits."""
    symbols = []
    for _ in range(REFERENCE_LENGTH):
        chance, place = divmod(chance, len(SYMBOLS))
        symbols.append(SYMBOLS[place])
    return "".join(symbols)
