"""An incoming update in the bot's own terms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.conversation.replay import EnclosedFile

__all__ = ["Forwarded", "Incoming", "IncomingKind", "Quoted"]

IncomingKind = Literal["text", "tap", "contact", "photo", "document", "media", "reach", "gap"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message of this chat that the update replies to.

    Attributes:
        message_id: its number in the chat.
        by_bot: whether the bot wrote it; otherwise the person did.
        text: its text or caption.
        buttons: the data of the buttons under it.
    """

    message_id: int
    by_bot: bool
    text: str
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forwarded:
    """Who wrote a forwarded message first.

    Attributes:
        name: as Telegram shows it; it is shown again, and never stored.
        by: the bot itself, the person who forwards it, or another.
    """

    name: str
    by: Literal["bot", "sender", "other"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update, as a handler decoded it.

    Attributes:
        row: its row in the inbox.
        kind: `media` is anything the bot has no use for, `reach` a block or unblock; `gap` is no
            update at all: the bot speaks first, because updates may have been lost.
        chat_id: the chat it came from.
        user_id: the sender.
        private: whether the chat is between the person and the bot.
        text: the text, the caption, the button's data, the phone number, or `open`/`blocked`.
        at: when the bot began to handle it, by the bot's clock.
        message_id: the message; of a tap, the one whose button was pressed.
        tap_id: Telegram's id of a tap, needed to answer it.
        file_id: of the photo or document.
        file_key: its unique id, the same for the same file.
        file_name: of a document, as the person's device calls it.
        file_bytes: the size of a document; 0 if unknown.
        own: for a contact, whether it is the sender's own.
        contact_name: for a contact, the name on it.
        album: Telegram's id shared by photos and files sent together; empty for a single one.
        media: for `media`, Telegram's name of what it is, such as `voice`; empty if unknown.
        edited: whether it is an earlier message that the person has changed.
        quoted: the message that it replies to.
        forwarded: who wrote it first, if the person only passed it on.
    """

    row: int
    kind: IncomingKind
    chat_id: int
    user_id: int
    private: bool
    text: str
    at: datetime
    message_id: int | None = None
    tap_id: str = ""
    file_id: str = ""
    file_key: str = ""
    file_name: str = ""
    file_bytes: int = 0
    own: bool = False
    contact_name: str = ""
    album: str = ""
    media: str = ""
    edited: bool = False
    quoted: Quoted | None = None
    forwarded: Forwarded | None = None

    @property
    def file(self) -> EnclosedFile | None:
        """The photo or document that it has."""
        match self.kind:
            case "photo" | "document" as kind:
                return EnclosedFile(self.file_id, self.file_key, kind)
            case _:
                return None
