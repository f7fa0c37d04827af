"""The limits of getUpdates: sizes, repeated requests, and two pollers at once."""

import time
from dataclasses import dataclass

LIMIT_MAX = 100
HOLD_S_MAX = 50
ANSWER_BYTES_MAX = 4 * 1024 * 1024
SAME_ONE_S = 0.5
SAME_HELD_S = 3.0
CONFLICT_EVERY_S = 3.0


@dataclass(slots=True)
class AllowedPoll:
    """What one call of getUpdates is allowed."""

    limit: int
    hold_s: float


class PollLimits:
    """Remembers the last request and the last conflict."""

    def __init__(self) -> None:
        self._offset: int | None = None
        self._asked_at = float("-inf")
        self._conflict_at = float("-inf")

    def allow(self, offset: int, limit: int, hold_s: float) -> AllowedPoll:
        """Returns what a request is allowed; the same offset again soon gets fewer, and later."""
        now = time.monotonic()
        allowed_poll = AllowedPoll(
            min(max(limit, 1), LIMIT_MAX), float(min(max(hold_s, 0), HOLD_S_MAX))
        )
        since = now - self._asked_at
        if offset == self._offset:
            if since < SAME_HELD_S:
                allowed_poll.hold_s = max(allowed_poll.hold_s, SAME_HELD_S)
            if since < SAME_ONE_S:
                allowed_poll.limit = 1
        self._offset, self._asked_at = offset, now
        return allowed_poll

    def conflict_s(self) -> float:
        """Returns the seconds by which a conflict is reported late; 0 for the first."""
        now = time.monotonic()
        if now - self._conflict_at < CONFLICT_EVERY_S:
            return CONFLICT_EVERY_S
        self._conflict_at = now
        return 0.0


def portion(bodies: list[bytes], limit: int) -> int:
    """Returns how many of the updates fit into one answer."""
    size = 0
    for number, body in enumerate(bodies[:limit]):
        size += len(body) + 1
        if size > ANSWER_BYTES_MAX and number:
            return number
    return min(len(bodies), limit)
