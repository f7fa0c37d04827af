"""What came in from a chat, in the bot's own terms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

__all__ = ["HeardKind", "Incoming"]

HeardKind = Literal["text", "tap", "contact", "photo", "document", "media", "reach", "gap"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update, told by a handler.

    Attributes:
        row: its row in the inbox.
        kind: what it was; `media` is anything the bot has no use for, `reach` a block or unblock,
            `gap` nothing at all: what was said perhaps got lost.
        chat_id: where it was said.
        user_id: who said it.
        private: whether the chat is between the person and the bot.
        text: the text, the caption, the button's data, the phone number, or `open`/`blocked`.
        at: the bot's time when it was taken up.
        message_id: of the message whose button was tapped.
        tap_id: what Telegram wants back for a tap.
        file_id: of the photo or document.
        file_key: its unique id, the same for the same file.
        own: for a contact, whether it is the sender's own.
        album: what photos and files have in common that were sent together; empty for one alone.
    """

    row: int
    kind: HeardKind
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
