"""The correction of a broadcast: how long it is offered, and what became of it.

Telegram lets a bot edit its own messages in private chats at any age. What ends a correction is
that Telegram's number of each message has to be known: it is kept with the message in the outbox,
which is emptied `bot.store.queue.outbox.KEPT_DAYS` after the broadcast ended. A correction is
offered for two weeks of that, so that one which begins on the last day has time to end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

__all__ = [
    "CORRECTABLE_DAYS_MAX",
    "RUNNING_DAYS_MAX",
    "CorrectionProgress",
    "CorrectionState",
    "is_correctable",
]

CorrectionState: TypeAlias = Literal["running", "replaced", "stopped", "done"]

CORRECTABLE_DAYS_MAX: Final = 14
"""For how many days after a broadcast ended its text can be corrected."""

RUNNING_DAYS_MAX: Final = 7
"""The age at which a correction that has not reached every reader is stopped."""


@dataclass(frozen=True, slots=True)
class CorrectionProgress:
    """The number of a correction's messages in each state; the parts add up to the total.

    Attributes:
        total: the messages that had an earlier text when it began or soon after.
        corrected: they have the new text now.
        blocked: not edited, because the person blocked the bot.
        deleted: the message is gone, or Telegram does not let it be edited any more.
        failed: refused by Telegram for another reason, or its answer was lost again and again.
        unsent: not edited: a newer correction replaced this one, it was stopped, or the member's
            account has changed.
        waiting: not edited yet, or being edited.
        unknown: beside the total: messages of the broadcast that may have arrived, but whose
            number is not known, so that they cannot be edited.
    """

    total: int = 0
    corrected: int = 0
    blocked: int = 0
    deleted: int = 0
    failed: int = 0
    unsent: int = 0
    waiting: int = 0
    unknown: int = 0

    @property
    def settled(self) -> int:
        """The number of messages that are in a final state."""
        return self.total - self.waiting


def is_correctable(finished_at: datetime | None, now: datetime) -> bool:
    """Returns whether a broadcast that ended then, or has not ended, can still be corrected."""
    return finished_at is None or now - finished_at <= timedelta(days=CORRECTABLE_DAYS_MAX)
