"""One turn of a conversation: what was heard, from whom, and what the services of it share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Content, Reader, Screen
from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Lookup
from bot.flows.caller import Caller
from bot.flows.spec import Action
from bot.store.members import members
from bot.turn.incoming import Incoming
from bot.turn.notices import send
from bot.turn.reply import Picture, Reply, SentFile

__all__ = ["REFERENCE_BITS", "Actions", "Lookups", "Turn", "new_reference"]

SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz"
REFERENCE_LENGTH = 10
REFERENCE_BITS = 50


@dataclass(slots=True)
class Turn:
    """What the services of one update share. It lives as long as the update's transaction.

    `put_back` says that an update waits again that had been set aside, `after_gap` that what was
    typed just before was left out, so that this answers no question. `cause` names the letters of
    a turn that no update has begun. `reply` answers the person.
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
    cause: str = ""
    after_gap: bool = False
    reply: Reply = field(init=False)

    def __post_init__(self) -> None:
        """The reply speaks in the words of whoever the reader is by then."""
        self.reply = Reply(self.conn, self.incoming, self.screen, self.menu, self.cause)

    @property
    def now(self) -> datetime:
        """When this update was taken up."""
        return self.incoming.at

    def tell(self, member_id: int, message: Message, key: str) -> None:
        """Tell another member something, once for this key, within the hours for it."""
        person = members.reachable(self.conn, member_id)
        if person is not None:
            send(self.conn, self.content, self.company, person, message, key=key, at=self.now)

    def screen(self, message: Message | Screen) -> Screen:
        """The message in the caller's words."""
        if isinstance(message, Screen):
            return message
        return self.content.screen(message, self.reader)

    def screen_in(self, message: Message, language: str) -> Screen:
        """The message in this language, for what a person may type."""
        return self.content.screen(message, replace(self.reader, language=language))

    def menu(self) -> Screen:
        """The keys of the menu."""
        return self.content.menu(self.reader.language)


Lookups: TypeAlias = Mapping[type[Lookup[Any]], Callable[[Turn, Any], Any]]
Actions: TypeAlias = Mapping[
    type[Action], Callable[[Turn, Any], Iterable[Message | Picture | SentFile]]
]
"""Which function answers which lookup, and which one does what a flow ended with."""


def new_reference(chance: int) -> str:
    """A name nobody used before, from 50 random bits."""
    symbols = []
    for _ in range(REFERENCE_LENGTH):
        chance, place = divmod(chance, len(SYMBOLS))
        symbols.append(SYMBOLS[place])
    return "".join(symbols)
