"""When to do something again because of units that were under way when it was done first."""

from typing import Final

from bot.store.writers import UNIT_SECONDS_MAX

__all__ = ["Echo"]

AGAIN_SECONDS: Final = 1.0


class Echo:
    """When to do something again, as long as units that were under way may still be kept.

    A unit that had the time from a clock since set back, or whose server answers no more, ends
    some time later than we hear of that.
    """

    def __init__(self) -> None:
        self._next = self._until = float("-inf")

    def begin(self, monotonic: float) -> None:
        """It is to be done now, and again and again for so long."""
        self._next, self._until = monotonic, monotonic + UNIT_SECONDS_MAX + AGAIN_SECONDS

    def moment(self) -> float | None:
        """When it is to be done next; None where it is over."""
        return self._next if self._next < self._until else None

    def due(self, monotonic: float) -> bool:
        """Whether it is to be done now."""
        return self._next <= monotonic and self._next < self._until

    def done(self, monotonic: float) -> None:
        """It was done, and need not be for a second."""
        self._next = monotonic + AGAIN_SECONDS
