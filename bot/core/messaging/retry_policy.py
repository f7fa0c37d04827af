"""How often, and when, failed sends and failed updates are retried.

A message that was certainly not sent is retried until it is sent. If it is unknown whether a
message arrived, an answer or a notice is repeated a few times; a tip or a broadcast never is,
since no member may get one twice. The edit of a broadcast that has arrived is repeated.

An update that fails is retried a few times. One that was being handled when the process ended is a
suspect, and is then tried alone. Random kills sometimes hit an innocent update while it is alone,
so a lower limit would make such updates dead letters; one that is hit every time can be returned
to the inbox by an admin.
"""

from datetime import timedelta
from typing import Final

__all__ = [
    "ALONE_ENDS_MAX",
    "DOUBTS_MAX",
    "EDIT_DOUBTS_MAX",
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
"""How often in all an answer is sent while it is unknown whether it arrived."""

EDIT_DOUBTS_MAX: Final = 20
"""How often the edit of a broadcast is sent while its outcome is unknown: the same edit twice is
one edit, so this only bounds how long the report of a correction can wait for one chat."""

PREPARED_TRIES_MAX: Final = 10
"""How often a message is tried whose text cannot be rendered."""

RETRY_SECONDS_MAX: Final = 10
"""The longest wait between two tries of an answer; only a wrong clock can set a longer one."""

FAILURES_MAX: Final = 5
"""The number of failures after which an update becomes a dead letter."""
FAILURES_KEPT: Final = timedelta(days=30)
ENDS_MAX: Final = 2
"""An update that was being handled at this many ends of the process becomes a suspect."""
ALONE_ENDS_MAX: Final = 4
"""A suspect that was being handled alone at this many ends becomes a dead letter."""
LAST_WORDS_ENDS_MAX: Final = 2
"""If the process ends this often while the sender is being notified, no notice is sent."""

NOT_SENT_SECONDS: Final = (1, 2, 4, 8)
REPEAT_SECONDS: Final = (0, 5)


def again_after(tries: int) -> timedelta:
    """Returns the wait of a message that was certainly not sent, after a number of tries (≥ 1)."""
    return timedelta(seconds=NOT_SENT_SECONDS[min(tries, len(NOT_SENT_SECONDS)) - 1])


def repeated_after(tries: int) -> timedelta:
    """Returns the wait of an answer that may have arrived, after a number of tries (≥ 1)."""
    return timedelta(seconds=REPEAT_SECONDS[min(tries, len(REPEAT_SECONDS)) - 1])
