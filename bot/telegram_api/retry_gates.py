"""Which calls Telegram has asked the bot to pause, and for how long.

A gate is about one kind of call: messages to one chat, edits there, bulk, menus, or toasts. It
uses the monotonic clock, so that a change of the wall clock neither opens it nor keeps it closed.
"""

from typing import Final

from bot.system.clock import Clock

__all__ = ["BULK_GATE", "CHATS_MAX", "MENUS", "TOASTS", "Gates", "chat", "edits", "family"]

BULK_GATE: Final = "bulk"
MENUS: Final = "menus"
TOASTS: Final = "toasts"

CHATS_MAX: Final = 1_000
"""If more chats than this are closed at once, the limit is the bot's, and all chats wait."""


def chat(chat_id: int) -> str:
    """Returns the gate of the messages to one chat."""
    return f"chat:{chat_id}"


def edits(chat_id: int) -> str:
    """Returns the gate of the edits in one chat, where messages may still be sent."""
    return f"edits:{chat_id}"


def family(scope: str) -> str:
    """Returns the kind of a gate, without its chat."""
    return scope.partition(":")[0]


class Gates:
    """The gates that are closed now.

    Args:
        clock: its monotonic clock counts.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def close(self, scope: str, seconds: float) -> None:
        """Close a gate for at least `seconds`; one that is closed for longer stays so."""
        until = self._clock.monotonic() + seconds
        if until > self._until.get(scope, 0.0):
            self._until[scope] = until

    def is_closed(self, scope: str) -> bool:
        """Returns whether a gate is closed."""
        return self._until.get(scope, 0.0) > self._clock.monotonic()

    def chats(self) -> list[int]:
        """Returns the chats whose gate is closed; forgets all gates that have opened."""
        now = self._clock.monotonic()
        for scope in [scope for scope, until in self._until.items() if until <= now]:
            del self._until[scope]
        return [int(scope.partition(":")[2]) for scope in self._until if family(scope) == "chat"]

    def seconds_to_open(self) -> float | None:
        """Returns the seconds until the next gate opens; None if all are open."""
        now = self._clock.monotonic()
        return min((until - now for until in self._until.values() if until > now), default=None)
