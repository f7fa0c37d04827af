"""The queue of updates: kept until confirmed, given again to a bot that did not confirm."""

import json
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.bell import Bell
from sandbox.refusals import NotPossible, other_poller

HISTORY_MAX = 20_000
LIMIT_MAX = 100
HOLD_S_MAX = 50
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class Queued:
    """One update that waits for confirmation."""

    id: int
    body: bytes
    again: bool = False
    handed: bool = False


class Updates:
    """What the bot has still to hear."""

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.confirmed = first_id
        self.allowed: list[str] = []
        self.on_change: Callable[[], None] | None = None
        self.queue: list[Queued] = []
        self._history: OrderedDict[int, bytes] = OrderedDict()
        self._bell = Bell()
        self._turn = 0
        self._closed = False

    def push(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue something that happened; None when the bot does not want such updates."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        return self.push_raw({kind: content}) if wanted else None

    def push_raw(self, update: dict[str, Any]) -> int:
        """Queue any body at all."""
        update_id = update.get("update_id", self.next_id)
        if not isinstance(update_id, int):
            raise NotPossible("update_id must be an integer")
        self.next_id = max(self.next_id, update_id + 1)
        self._enqueue(Queued(update_id, _encode({"update_id": update_id, **update})))
        return update_id

    def deliver_again(self, update_id: int) -> None:
        """Queue an earlier update once more, under its own number."""
        if update_id not in self._history:
            raise NotPossible(f"no update {update_id} was ever made", 404)
        self._enqueue(Queued(update_id, self._history[update_id], again=True))

    async def fetch(self, offset: int, limit: int, hold_s: float) -> list[bytes]:
        """Confirm below the offset and hand out what waits; hold the line while nothing does."""
        self._turn += 1
        turn = self._turn
        self._bell.ring()
        self.confirm(offset)
        deadline = time.monotonic() + min(hold_s, HOLD_S_MAX)
        while True:
            batch = self.queue[: min(max(limit, 1), LIMIT_MAX)]
            if batch:
                for queued in batch:
                    queued.handed = True
                return [queued.body for queued in batch]
            remaining = deadline - time.monotonic()
            if remaining <= 0 or self._closed:
                return []
            await self._bell.wait(remaining)
            if self._turn != turn:
                raise other_poller()

    def confirm(self, offset: int) -> int:
        """Forget what the bot has confirmed; how many those were.

        An offset beyond the queue's end is taken as a bot that has lost count: it confirms
        nothing and everything comes again, as with Telegram.
        """
        if offset == 0 or offset > self.next_id:
            return 0
        before = len(self.queue)
        if offset < 0:
            self.queue = self.queue[offset:]
            self.confirmed = self.queue[0].id if self.queue else self.confirmed
        else:
            self.queue = [
                queued
                for queued in self.queue
                if queued.id >= offset or (queued.again and not queued.handed)
            ]
            self.confirmed = max(self.confirmed, offset)
        if len(self.queue) != before and self.on_change:
            self.on_change()
        return before - len(self.queue)

    def drop(self) -> None:
        """Forget all that waits."""
        self.confirm(self.next_id)
        self.queue.clear()

    def close(self) -> None:
        """Answer every held line."""
        self._closed = True
        self._bell.ring()

    def dump(self) -> dict[str, Any]:
        """What survives a restart."""
        return {
            "next_id": self.next_id,
            "confirmed": self.confirmed,
            "allowed": self.allowed,
            "queue": [[queued.id, queued.body.decode(), queued.again] for queued in self.queue],
        }

    def load(self, saved: dict[str, Any]) -> None:
        """Go on from where the last run stood."""
        self.next_id = saved["next_id"]
        self.confirmed = saved["confirmed"]
        self.allowed = saved["allowed"]
        for update_id, body, again in saved["queue"]:
            self._enqueue(Queued(update_id, body.encode(), again=again))

    def _enqueue(self, queued: Queued) -> None:
        self._history[queued.id] = queued.body
        if len(self._history) > HISTORY_MAX:
            self._history.popitem(last=False)
        self.queue.append(queued)
        if self.on_change:
            self.on_change()
        self._bell.ring()


def _encode(update: dict[str, Any]) -> bytes:
    return _ENCODER.encode(update).encode()
