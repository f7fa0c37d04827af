"""What a letter is, and what can become of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal

__all__ = ["WITHHELD", "Kind", "OutboxMessage", "SendResult", "Stay"]

WITHHELD: Final = "withheld"
"""The method of a letter that must not be told any more when it leaves."""

Kind = Literal["toast", "answer", "notice", "tip", "broadcast"]


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One claimed row: what to send, and to whom; `key` tells what it belongs to."""

    id: int
    chat_id: int
    kind: Kind
    method: str
    payload: dict[str, Any]
    tries: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of one letter.

    Attributes:
        outcome: sent; later (surely not delivered, try again); doubt (nobody knows); failed.
        wait: for later, how long; None for at once.
        closes: the gate that a 429 closes, see `bot.telegram_api.retry_gates`; the letter goes
            when it is open.
        shut: for how long it is closed.
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
    """Why a letter that was to be worded when it leaves does not leave.

    Attributes:
        wait: after how long to try again; None for never.
    """

    reason: str
    wait: timedelta | None = None
