"""What the bot says when something that people did may never have reached it."""

from dataclasses import dataclass

from bot.core.conversation.messages import Message

__all__ = ["LineWasDown"]


@dataclass(frozen=True, slots=True)
class LineWasDown(Message):
    """Telegram was not heard for a while, so here is the open question once more.

    Attributes:
        words: whether what people wrote may be lost too, and not only what they pressed.
    """

    words: bool
