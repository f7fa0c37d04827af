"""When to repeat a check that units of work, still running then, may have made out of date."""

from typing import Final

from bot.store.db.writers import UNIT_SECONDS_MAX

__all__ = ["Recheck"]

AGAIN_SECONDS: Final = 1.0


class Recheck:
    """When to repeat a check, for as long as earlier units of work may still be committed.

    A unit that used the time before the clock was set back, or whose server no longer responds,
    may be committed some time after that is noticed.
    """

    def __init__(self) -> None:
        self._next = self._until = float("-inf")

    def begin(self, monotonic: float) -> None:
        """Start: the check is due now, and repeatedly while a unit may still run."""
        self._next, self._until = monotonic, monotonic + UNIT_SECONDS_MAX + AGAIN_SECONDS

    def moment(self) -> float | None:
        """Returns when the check is due next; None when it is over."""
        return self._next if self._next < self._until else None

    def due(self, monotonic: float) -> bool:
        """Returns whether the check is due."""
        return self._next <= monotonic and self._next < self._until

    def done(self, monotonic: float) -> None:
        """Note that the check was done; the next is due in `AGAIN_SECONDS`."""
        self._next = monotonic + AGAIN_SECONDS
