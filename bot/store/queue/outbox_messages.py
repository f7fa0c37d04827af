"""Messages of the outbox, and the possible results of sending one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

__all__ = [
    "CORRECTED",
    "CORRECTION",
    "WITHHELD",
    "OutboxKind",
    "OutboxMessage",
    "SendResult",
    "Stay",
]

WITHHELD: Final = "withheld"
"""The method of a message that may not be sent any more when its turn comes."""

CORRECTION: Final = "correction"
CORRECTED: Final = "corrected"
"""The method of the edit of a delivered broadcast, before and after its text is rendered."""

OutboxKind = Literal["toast", "answer", "notice", "tip", "broadcast"]


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A claimed row: what to send, and to which chat.

    Attributes:
        payload: JSON as it was stored; what is in it depends on the method.
        tries: the attempts to send it, this one included.
        key: its unique name, which says what it belongs to.
    """

    id: int
    chat_id: int
    kind: OutboxKind
    method: str
    payload: dict[str, object]
    tries: int
    key: str = ""

    def number(self, name: str) -> int:
        """Returns a whole number from the payload."""
        value = self.payload[name]
        assert isinstance(value, int), f"{name} is a number"
        return value

    def text(self, name: str) -> str:
        """Returns a text from the payload."""
        value = self.payload[name]
        assert isinstance(value, str), f"{name} is a text"
        return value


@dataclass(frozen=True, slots=True)
class SendResult:
    """The result of sending one message.

    Attributes:
        outcome: sent; later (certainly not delivered, to be tried again); doubt (it is uncertain
            whether it was delivered; the word is a label of a metric, so it stays); failed
            (refused for good).
        message_id: Telegram's id of the message, if it was sent.
        error: what went wrong, for the operator.
        wait: for later, how long; None for at once.
        closes: the gate that a 429 closes, see `bot.telegram_api.retry_gates`; the message is sent
            when it opens.
        shut: for how long the gate is closed.
    """

    outgoing: OutboxMessage
    outcome: Literal["sent", "later", "doubt", "failed"]
    message_id: int | None = None
    error: str | None = None
    wait: timedelta | None = None
    closes: str | None = None
    shut: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Stay:
    """Why a message that is rendered at sending time is not sent.

    Attributes:
        wait: after how long to try again; None for never.
    """

    reason: str
    wait: timedelta | None = None
