"""What Telegram wants to be left alone with, and for how long.

A gate is about one kind of call: messages to one chat, edits there, everything unasked, menus, or
toasts. It is counted on the monotonic clock, so that a wall clock that jumps neither opens it nor
holds it.
"""

from typing import Final

from bot.system.clock import Clock

__all__ = ["BULK_GATE", "CHATS_MAX", "MENUS", "TOASTS", "Gates", "chat", "edits", "family"]

BULK_GATE: Final = "bulk"
MENUS: Final = "menus"
TOASTS: Final = "toasts"

CHATS_MAX: Final = 1_000
"""With more chats closed at once than this, the limit is the bot's: all chats wait."""


def chat(chat_id: int) -> str:
    """The gate of the messages to one chat."""
    return f"chat:{chat_id}"


def edits(chat_id: int) -> str:
    """The gate of the edits in one chat, where messages may still be sent."""
    return f"edits:{chat_id}"


def family(scope: str) -> str:
    """What kind of gate it is, without whose."""
    return scope.partition(":")[0]


class Gates:
    """The gates that are closed just now.

    Args:
        clock: whose monotonic side counts.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def close(self, scope: str, seconds: float) -> None:
        """Keep one closed for so long; one that is closed for longer stays so."""
        until = self._clock.monotonic() + seconds
        if until > self._until.get(scope, 0.0):
            self._until[scope] = until

    def shut(self, scope: str) -> bool:
        """Whether it is closed."""
        return self._until.get(scope, 0.0) > self._clock.monotonic()

    def chats(self) -> list[int]:
        """The chats that are closed; forgets every gate that has opened."""
        now = self._clock.monotonic()
        for scope in [scope for scope, until in self._until.items() if until <= now]:
            del self._until[scope]
        return [int(scope.partition(":")[2]) for scope in self._until if family(scope) == "chat"]

    def seconds_to_open(self) -> float | None:
        """How long until the next one opens; None where all are open."""
        now = self._clock.monotonic()
        return min((until - now for until in self._until.values() if until > now), default=None)
