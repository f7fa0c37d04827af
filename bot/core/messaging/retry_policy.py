"""How often, and when, what did not go well is tried again: messages on their way, and updates.

Of messages two cases are told apart. What surely did not leave is tried again until it leaves. Of
what may or may not have arrived, an answer or a notice is repeated a few times; a tip or a
broadcast never is, for nobody may get it twice.

An update that fails is tried again a few times. One that the process ended with is suspected and
tried alone; a random kill now and then meets an innocent one just while it is alone, so that
fewer ends would set some aside; one that was met every time can be put back.
"""

from datetime import timedelta
from typing import Final

__all__ = [
    "ALONE_ENDS_MAX",
    "DOUBTS_MAX",
    "ENDS_MAX",
    "FAILURES_KEPT",
    "FAILURES_MAX",
    "LAST_WORDS_ENDS_MAX",
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

FAILURES_MAX: Final = 5
"""How often an update is tried that fails, before it becomes a dead letter."""
FAILURES_KEPT: Final = timedelta(days=30)
ENDS_MAX: Final = 2
"""So many ends of the process make a suspect of an update that was in hand."""
ALONE_ENDS_MAX: Final = 4
"""A suspect that was alone in hand at so many becomes a dead letter."""
LAST_WORDS_ENDS_MAX: Final = 2
"""Where the process ends so often while the sender is told of it, nobody is told."""

NOT_SENT_SECONDS: Final = (1, 2, 4, 8)
REPEAT_SECONDS: Final = (0, 5)


def again_after(tries: int) -> timedelta:
    """How long a message that surely did not leave waits after so many tries (at least one)."""
    return timedelta(seconds=NOT_SENT_SECONDS[min(tries, len(NOT_SENT_SECONDS)) - 1])


def repeated_after(tries: int) -> timedelta:
    """How long an answer that may have arrived waits after so many tries (at least one)."""
    return timedelta(seconds=REPEAT_SECONDS[min(tries, len(REPEAT_SECONDS)) - 1])
