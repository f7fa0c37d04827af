"""The queue of updates: kept until confirmed, given again to a bot that did not confirm."""

import asyncio
import json
import random
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NoReturn

from sandbox.bell import Bell
from sandbox.keeping import (
    DAY_S,
    FIRST_ID_MAX,
    FIRST_ID_MIN,
    NEW_IDS_AFTER_S,
    QUEUE_BYTES_MAX,
    QUEUE_MAX,
    UPDATE_BYTES_MAX,
    Queued,
    kept_until,
)
from sandbox.polling import LIMIT_MAX, PollLimits, portion
from sandbox.refusals import NotPossible, Refusal, other_poller, webhook_set, webhook_stands

HISTORY_MAX = 20_000
CONFIRMED_AHEAD_MAX = 10
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """The updates that are not confirmed and not too old; `now` returns the time."""

    def __init__(self, now: Callable[[], float], seed: int | None = None) -> None:
        self._now = now
        self._chance = random.Random(seed)  # noqa: S311  repeatable when asked for, not secret
        self.next_id = self._chance.randint(FIRST_ID_MIN, FIRST_ID_MAX)
        self.confirmed = self.next_id
        self.allowed: list[str] = []
        self.webhook = ""
        self.on_change: Callable[[], None] | None = None
        self._queue: list[Queued] = []
        self._bytes = 0
        self._first_end = float("inf")
        self._happened_at = now()
        self._history: OrderedDict[int, bytes] = OrderedDict()
        self._bell = Bell()
        self._limits = PollLimits()
        self._turn = 0
        self._asking: object = None
        self._ended_by: Refusal | None = None
        self._closed = False

    @property
    def queue(self) -> list[Queued]:
        """The waiting updates that Telegram still keeps."""
        now = self._now()
        if now >= self._first_end:
            self._keep([queued for queued in self._queue if now < queued.until])
        return self._queue

    def push(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue something that happened; None when the bot does not want it or cannot have it."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        now = self._now()
        until = kept_until(kind, content, now)
        if not wanted or until <= now or len(_encode({kind: content})) > UPDATE_BYTES_MAX:
            return None
        return self._push({kind: content}, until)

    def push_raw(self, update: dict[str, Any]) -> int:
        """Queue any body at all, whatever date it bears."""
        kind = next((name for name in update if name != "update_id"), "")
        return self._push(update, kept_until(kind, None, self._now()))

    def _push(self, update: dict[str, Any], until: float) -> int:
        now = self._now()
        if not self.queue and now - self._happened_at >= NEW_IDS_AFTER_S:
            self.next_id = self._chance.randint(FIRST_ID_MIN, FIRST_ID_MAX)
            self.confirmed = self.next_id
        self._happened_at = now
        update_id = update.get("update_id", self.next_id)
        if not isinstance(update_id, int):
            raise NotPossible("update_id must be an integer")
        self.next_id = max(self.next_id, update_id + 1)
        body = _encode({"update_id": update_id, **update})
        self._enqueue(Queued(update_id, body, until=until))
        return update_id

    def deliver_again(self, update_id: int) -> None:
        """Queue an earlier update once more, under its own number."""
        if update_id not in self._history:
            raise NotPossible(f"no update {update_id} was ever made", 404)
        body = self._history[update_id]
        kind = next((name for name in json.loads(body) if name != "update_id"), "")
        until = kept_until(kind, None, self._now())
        self._enqueue(Queued(update_id, body, again=True, until=until))

    async def fetch(self, offset: int, limit: int, hold_s: float) -> list[bytes]:
        """Confirm below the offset and hand out what waits; hold the line while nothing does.

        A request that finds nothing ends the one that was held before.
        """
        self._turn += 1
        if self.webhook:
            await self._conflict(webhook_stands())
        allowed_poll = self._limits.allow(offset, limit, hold_s)
        self.confirm(offset)
        if self.queue:
            return self._batch(allowed_poll.limit)
        own = self._asking = object()
        self._end_others(other_poller())
        deadline = time.monotonic() + allowed_poll.hold_s
        while not self.queue:
            remaining = deadline - time.monotonic()
            if remaining <= 0 or self._closed:
                return []
            await self._bell.wait(remaining)
            if self._asking is not own:
                await self._conflict(self._ended_by or other_poller())
        return self._batch(allowed_poll.limit)

    def at_once(self, offset: int, limit: int) -> list[bytes]:
        """The same without waiting or manners, for an answer that goes wrong on the way."""
        self.confirm(offset)
        return self._batch(min(max(limit, 1), LIMIT_MAX)) if self.queue else []

    def set_webhook(self, url: str) -> None:
        """From now on the updates go there and nowhere else; an empty one ends that."""
        self.webhook = url
        if url:
            self._asking = None
            self._end_others(webhook_set())

    def confirm(self, offset: int) -> int:
        """Forget what the bot has confirmed; how many those were.

        An offset far beyond the queue's end, or far before its head, is taken as a bot that has
        lost count: it confirms nothing and everything comes again, as with Telegram.
        """
        before = len(self.queue)
        lost = before and offset < self._queue[0].id - QUEUE_MAX
        if offset == 0 or offset > self.next_id + CONFIRMED_AHEAD_MAX or (offset > 0 and lost):
            return 0
        if offset < 0:
            self._keep(self._queue[offset:])
            self.confirmed = self._queue[0].id if self._queue else self.confirmed
        else:
            self._keep(
                [
                    queued
                    for queued in self._queue
                    if queued.id >= offset or (queued.again and not queued.handed)
                ]
            )
            self.confirmed = max(self.confirmed, offset)
        if len(self._queue) != before and self.on_change:
            self.on_change()
        return before - len(self._queue)

    def drop(self) -> None:
        """Drop all waiting updates."""
        self.confirm(self.next_id)
        self._keep([])

    def close(self) -> None:
        """Answer all waiting requests."""
        self._closed = True
        self._bell.ring()

    def dump(self) -> dict[str, Any]:
        """Returns the state to save."""
        return {
            "next_id": self.next_id,
            "confirmed": self.confirmed,
            "allowed": self.allowed,
            "webhook": self.webhook,
            "happened_at": self._happened_at,
            "queue": [
                [queued.id, queued.body.decode(), queued.again, queued.until]
                for queued in self.queue
            ],
        }

    def load(self, saved: dict[str, Any]) -> None:
        """Restore a saved state."""
        self.next_id = saved["next_id"]
        self.confirmed = saved["confirmed"]
        self.allowed = saved["allowed"]
        self.webhook = saved.get("webhook", "")
        self._happened_at = saved.get("happened_at", self._now())
        for update_id, body, again, *until in saved["queue"]:
            kept = until[0] if until else self._now() + DAY_S
            self._enqueue(Queued(update_id, body.encode(), again=again, until=kept))

    def _batch(self, limit: int) -> list[bytes]:
        bodies = [queued.body for queued in self._queue[:limit]]
        count = portion(bodies, limit)
        for queued in self._queue[:count]:
            queued.handed = True
        return bodies[:count]

    def _end_others(self, words: Refusal) -> None:
        self._ended_by = words
        self._bell.ring()

    async def _conflict(self, words: Refusal) -> NoReturn:
        await asyncio.sleep(self._limits.conflict_s())
        raise words

    def _enqueue(self, queued: Queued) -> None:
        self._history[queued.id] = queued.body
        if len(self._history) > HISTORY_MAX:
            self._history.popitem(last=False)
        if len(self.queue) >= QUEUE_MAX or self._bytes + len(queued.body) > QUEUE_BYTES_MAX:
            return
        self._queue.append(queued)
        self._bytes += len(queued.body)
        self._first_end = min(self._first_end, queued.until)
        if self.on_change:
            self.on_change()
        self._bell.ring()

    def _keep(self, queue: list[Queued]) -> None:
        self._queue = queue
        self._bytes = sum(len(queued.body) for queued in queue)
        self._first_end = min((queued.until for queued in queue), default=float("inf"))


def _encode(update: dict[str, Any]) -> bytes:
    """JSON as Telegram writes it: nothing but ASCII, and the rest escaped."""
    return json.dumps(update, separators=(",", ":")).encode()
