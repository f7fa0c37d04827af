"""The manners of getUpdates: limits, the same question again, and two who ask at once."""

import time
from dataclasses import dataclass

LIMIT_MAX = 100
HOLD_S_MAX = 50
ANSWER_BYTES_MAX = 4 * 1024 * 1024
SAME_ONE_S = 0.5
SAME_HELD_S = 3.0
CONFLICT_EVERY_S = 3.0


@dataclass(slots=True)
class Question:
    """What one call of getUpdates may have."""

    limit: int
    hold_s: float


class Manners:
    """Remembers the last question and the last conflict."""

    def __init__(self) -> None:
        self._offset: int | None = None
        self._asked_at = float("-inf")
        self._conflict_at = float("-inf")

    def judge(self, offset: int, limit: int, hold_s: float) -> Question:
        """Clamp what is asked; the same offset again soon gets less, and later."""
        now = time.monotonic()
        question = Question(min(max(limit, 1), LIMIT_MAX), float(min(max(hold_s, 0), HOLD_S_MAX)))
        since = now - self._asked_at
        if offset == self._offset:
            if since < SAME_HELD_S:
                question.hold_s = max(question.hold_s, SAME_HELD_S)
            if since < SAME_ONE_S:
                question.limit = 1
        self._offset, self._asked_at = offset, now
        return question

    def conflict_s(self) -> float:
        """How long the words of a conflict are kept back: the first are said at once."""
        now = time.monotonic()
        if now - self._conflict_at < CONFLICT_EVERY_S:
            return CONFLICT_EVERY_S
        self._conflict_at = now
        return 0.0


def portion(bodies: list[bytes], limit: int) -> int:
    """How many of the updates make one answer."""
    size = 0
    for number, body in enumerate(bodies[:limit]):
        size += len(body) + 1
        if size > ANSWER_BYTES_MAX and number:
            return number
    return min(len(bodies), limit)
