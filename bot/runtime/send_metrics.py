"""Counts and logs the results of sends, around the gateway.

A line has the row of the outbox message and that of the update it answers, so that one number
leads from an update to its answers. The chat is in the database and in no log line.
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
    """Counts and times the sends of a gateway."""

    def __init__(
        self,
        send: Callable[[OutboxMessage], Awaitable[SendResult]],
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        self._send = send
        self._metrics = metrics
        self._clock = clock

    async def send(self, outgoing: OutboxMessage) -> SendResult:
        """Send a message; returns the gateway's result."""
        began = self._clock.monotonic()
        row = update_of(outgoing.key)
        with logs.about(outbox=outgoing.id, **({} if row is None else {"update": row})):
            result = await self._send(outgoing)
            self._count(result, row, self._clock.monotonic() - began)
        return result

    def _count(self, result: SendResult, row: int | None, seconds: float) -> None:
        outgoing = result.outgoing
        self._metrics.sent(outgoing.kind, result.outcome)
        if result.closes is not None:
            self._metrics.flooded(family(result.closes), result.shut)
        if result.outcome == "sent" and row is not None:
            self._metrics.answered(row, self._clock.now())
        level = logging.DEBUG if result.outcome == "sent" else logging.INFO
        if log.isEnabledFor(level):
            facts = {
                "kind": outgoing.kind,
                "outcome": result.outcome,
                "attempt": outgoing.tries,
                "ms": round(seconds * 1000),
            }
            log.log(level, "send finished", extra=facts)


def update_of(key: str) -> int | None:
    """Returns the row of the update that a message with this key answers; None for others."""
    found = ANSWER_KEY.fullmatch(key)
    return None if found is None else int(found[1])
