"""Everything that happens in the chats, numbered, for the page and for waiting requests."""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from sandbox.bell import Bell

EVENTS_KEPT_MAX = 20_000


class Events:
    """A numbered record of what happened; readers wait for the next one."""

    def __init__(self) -> None:
        self.last = 0
        self.closed = False
        self.on_change: Callable[[], None] | None = None
        self._kept: deque[dict[str, Any]] = deque(maxlen=EVENTS_KEPT_MAX)
        self._bell = Bell()

    def emit(self, kind: str, person: int | None = None, **fields: Any) -> int:
        """Record an event; returns its number. `by_bot` among the fields marks the bot's own."""
        self.last += 1
        self._kept.append({"n": self.last, "kind": kind, "person": person, **fields})
        if self.on_change:
            self.on_change()
        self._bell.ring()
        return self.last

    def after(self, number: int) -> list[dict[str, Any]]:
        """Returns the events after a number, oldest first."""
        found: list[dict[str, Any]] = []
        for event in reversed(self._kept):
            if event["n"] <= number:
                break
            found.append(event)
        found.reverse()
        return found

    def covers(self, number: int) -> bool:
        """Returns whether all events after this number are still kept."""
        if number > self.last:
            return False
        return number == self.last or bool(self._kept and self._kept[0]["n"] <= number + 1)

    async def wait(self, seconds: float) -> None:
        """Wait for the next event, at most this many seconds."""
        if not self.closed:
            await self._bell.wait(seconds)

    async def until(
        self, wanted: Callable[[dict[str, Any]], bool], after: int, hold_s: float
    ) -> list[dict[str, Any]]:
        """Wait for a wanted event; returns those after the number, [] after a timeout."""
        deadline = time.monotonic() + hold_s
        while True:
            found = [event for event in self.after(after) if wanted(event)]
            remaining = deadline - time.monotonic()
            if found or self.closed or remaining <= 0:
                return found
            await self._bell.wait(remaining)

    def close(self) -> None:
        """Answer all waiting readers."""
        self.closed = True
        self._bell.ring()
