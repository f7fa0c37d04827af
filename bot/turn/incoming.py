"""An incoming update in the bot's own terms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = ["Incoming", "IncomingKind"]

IncomingKind = Literal["text", "tap", "contact", "photo", "document", "media", "reach", "gap"]


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
        message_id: the message whose button was tapped.
        tap_id: Telegram's id of a tap, needed to answer it.
        file_id: of the photo or document.
        file_key: its unique id, the same for the same file.
        own: for a contact, whether it is the sender's own.
        album: Telegram's id shared by photos and files sent together; empty for a single one.
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
    own: bool = False
    album: str = ""
