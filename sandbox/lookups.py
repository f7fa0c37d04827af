"""Taps of a person that wait inside Telegram while it looks up what they need."""

import asyncio
from collections.abc import Callable


class Lookups:
    """Taps queue per person, texts per chat: while a tap is looked up, a text goes past it."""

    def __init__(self) -> None:
        self._held: dict[int, list[Callable[[], object]]] = {}

    def hold(self, person_id: int, seconds: float) -> None:
        """Let the taps of a person wait so long from now."""
        self._held.setdefault(person_id, [])
        asyncio.get_running_loop().call_later(seconds, self._release, person_id)

    def pass_on(self, person_id: int, happen: Callable[[], int | None]) -> int | None:
        """Let a tap happen, now or when those before it have; None for later."""
        waiting = self._held.get(person_id)
        if waiting is None:
            return happen()
        waiting.append(happen)
        return None

    def _release(self, person_id: int) -> None:
        for happen in self._held.pop(person_id, []):
            happen()
