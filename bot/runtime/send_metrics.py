"""Counts and logs what becomes of letters, around the one who sends them.

A line names a letter by its row, and the update that it answers by that one's row: so one number
leads from what came in to what went out. The receiver is in the database and in no log line.
"""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Final

from bot.store.queue.outbox_messages import OutboxMessage, SendResult
from bot.system.clock import Clock
from bot.telegram_api.retry_gates import family
from bot.telemetry import logs
from bot.telemetry.metrics import Metrics

__all__ = ["SendMetrics", "update_of"]

log = logging.getLogger(__name__)

ANSWER_KEY: Final = re.compile(r"u(\d+):\d+")


class SendMetrics:
    """Counts what the sender has sent, and how long it took, on its way to the gateway."""

    def __init__(
        self,
        post: Callable[[OutboxMessage], Awaitable[SendResult]],
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        self._post = post
        self._metrics = metrics
        self._clock = clock

    async def post(self, outgoing: OutboxMessage) -> SendResult:
        """Send a letter; returns what the gateway returns."""
        began = self._clock.monotonic()
        row = update_of(outgoing.key)
        with logs.about(outbox=outgoing.id, **({} if row is None else {"update": row})):
            mark = await self._post(outgoing)
            self._note(mark, row, self._clock.monotonic() - began)
        return mark

    def _note(self, mark: SendResult, row: int | None, seconds: float) -> None:
        outgoing = mark.outgoing
        self._metrics.sent(outgoing.kind, mark.outcome)
        if mark.closes is not None:
            self._metrics.flooded(family(mark.closes), mark.shut)
        if mark.outcome == "sent" and row is not None:
            self._metrics.answered(row, self._clock.now())
        level = logging.DEBUG if mark.outcome == "sent" else logging.INFO
        if log.isEnabledFor(level):
            facts = {
                "kind": outgoing.kind,
                "outcome": mark.outcome,
                "attempt": outgoing.tries,
                "ms": round(seconds * 1000),
            }
            log.log(level, "send finished", extra=facts)


def update_of(key: str) -> int | None:
    """The row of the update that a letter of this key answers; None for others."""
    found = ANSWER_KEY.fullmatch(key)
    return None if found is None else int(found[1])
