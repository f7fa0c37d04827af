"""The message after an outage in which answers of people may have been lost."""

from dataclasses import dataclass

from bot.core.conversation.messages import Message

__all__ = ["LineWasDown"]


@dataclass(frozen=True, slots=True)
class LineWasDown(Message):
    """Telegram could not be reached for a while, so the open question is shown once more.

    Attributes:
        words: whether typed messages may be lost too, not only presses of buttons.
    """

    words: bool
