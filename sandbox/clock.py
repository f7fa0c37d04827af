"""The sandbox's clock: real time plus an offset, or frozen; bots may follow it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.bell import Bell

FOLLOWERS_WAIT_S = 5.0
AWAY_S = 2.0


class Clock:
    """The clock of the chats; followers wait for its changes."""

    def __init__(self) -> None:
        self.version = 1
        self._offset = timedelta()
        self._frozen: datetime | None = None
        self._running_since: datetime | None = datetime.now(UTC)
        self._moved = Bell()
        self._asked = Bell()
        self._closed = False
        self._waiting: list[Callable[[], bool]] = []
        self._away: list[float] = []
        self._acknowledged = 0

    def now(self) -> datetime:
        """Returns the sandbox's current time in UTC."""
        return self._frozen or datetime.now(UTC) + self._offset

    def epoch(self) -> int:
        """Returns the same in whole seconds since 1970, as in a message."""
        return int(self.now().timestamp())

    def face(self) -> dict[str, Any]:
        """Returns the answer of `GET /clock`."""
        now = self.now()
        return {
            "now": now.isoformat(),
            "epoch": now.timestamp(),
            "version": self.version,
            "frozen": self._frozen is not None,
            "running_since": self._running_since.isoformat() if self._running_since else None,
        }

    def change(
        self,
        *,
        to: datetime | None = None,
        advance: timedelta | None = None,
        freeze: bool | None = None,
    ) -> None:
        """Set, advance, freeze or unfreeze the clock, and wake the followers."""
        now = (to or self.now()).astimezone(UTC) + (advance or timedelta())
        frozen = self._frozen is not None if freeze is None else freeze
        self._offset = now - datetime.now(UTC)
        self._frozen = now if frozen else None
        self._running_since = None if frozen else now
        self.version += 1
        self._moved.ring()

    async def follow(
        self, version: int, hold_s: float, alive: Callable[[], bool]
    ) -> dict[str, Any]:
        """Wait until the clock is newer than the follower's version; returns its face."""
        if self._away:
            self._away.pop(0)
        if version >= self.version:
            self._acknowledged += 1
            self._asked.ring()
        self._waiting.append(alive)
        deadline = time.monotonic() + hold_s
        try:
            while self.version == version and not self._closed:
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    break
                await self._moved.wait(remaining)
        finally:
            self._waiting.remove(alive)
        if alive():
            self._away.append(time.monotonic())
        return self.face()

    def followers(self) -> int:
        """Returns the number of followers that wait or are about to ask again."""
        recent = time.monotonic() - AWAY_S
        self._away = [at for at in self._away if at > recent]
        return sum(alive() for alive in self._waiting) + len(self._away)

    async def followed(self, expected: int) -> bool:
        """Wait until `expected` followers know this version; returns False after a timeout."""
        self._acknowledged = 0
        deadline = time.monotonic() + FOLLOWERS_WAIT_S
        while self._acknowledged < expected and not self._closed:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return False
            await self._asked.wait(remaining)
        return True

    def close(self) -> None:
        """Answer all waiting followers."""
        self._closed = True
        self._moved.ring()
        self._asked.ring()

    def dump(self) -> dict[str, Any]:
        """Returns the state to save."""
        return {
            "offset_s": self._offset.total_seconds(),
            "frozen": self._frozen.isoformat() if self._frozen else None,
            "version": self.version,
        }

    def load(self, saved: dict[str, Any]) -> None:
        """Restore a saved state."""
        self._offset = timedelta(seconds=saved["offset_s"])
        self._frozen = datetime.fromisoformat(saved["frozen"]) if saved["frozen"] else None
        self._running_since = None if self._frozen else self.now()
        self.version = saved["version"] + 1
