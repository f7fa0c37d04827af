"""Whether and when a message that did not arrive is sent again.

Two cases are told apart. What surely did not leave is tried again until it leaves. Of what may or
may not have arrived, an answer or a notice is repeated a few times; a tip or a broadcast never is,
for nobody may get it twice.
"""

from datetime import timedelta
from typing import Final

__all__ = [
    "DOUBTS_MAX",
    "PREPARED_TRIES_MAX",
    "RETRY_SECONDS_MAX",
    "again_after",
    "repeated_after",
]

DOUBTS_MAX: Final = 5
"""How often an answer that may or may not have arrived is sent in all."""

PREPARED_TRIES_MAX: Final = 10
"""How often a message is tried whose text cannot be prepared."""

RETRY_SECONDS_MAX: Final = 10
"""The longest wait between two tries of an answer; a later one only a wrong clock can have set."""

NOT_SENT_SECONDS: Final = (1, 2, 4, 8)
REPEAT_SECONDS: Final = (0, 5)


def again_after(tries: int) -> timedelta:
    """How long a message that surely did not leave waits after so many tries (at least one)."""
    return timedelta(seconds=NOT_SENT_SECONDS[min(tries, len(NOT_SENT_SECONDS)) - 1])


def repeated_after(tries: int) -> timedelta:
    """How long an answer that may have arrived waits after so many tries (at least one)."""
    return timedelta(seconds=REPEAT_SECONDS[min(tries, len(REPEAT_SECONDS)) - 1])
