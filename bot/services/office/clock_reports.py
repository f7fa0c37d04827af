"""Reports to the admins that the clock is wrong, and that it is right again; once each."""

import logging
from datetime import datetime
from functools import partial

from bot.services.office.clock_alerts import tell_doubt, tell_right
from bot.system.clock_check import ClockCheck
from bot.turn.runtime import BotRuntime

__all__ = ["ClockReports"]

log = logging.getLogger(__name__)


class ClockReports:
    """What was reported about the clock in this run of the bot.

    Args:
        runtime: for the database and the templates.
        clock_check: whether the clock is right.
    """

    def __init__(self, runtime: BotRuntime, clock_check: ClockCheck) -> None:
        self._runtime = runtime
        self._clock_check = clock_check
        self._believed: bool | None = None
        self._reported = False

    async def report(self, now: datetime) -> None:
        """Notify the admins once when the clock becomes wrong, and once when it is right again."""
        doubt = self._clock_check.doubt()
        if doubt is not None and self._believed is not False:
            facts = {"seconds_ahead": doubt.seconds, "witness": doubt.witness}
            log.error("the clock is not believed", extra=facts)
        if self._believed is not (doubt is None):
            self._believed, self._reported = doubt is None, False
        if self._reported:
            return
        if doubt is not None:
            if doubt.sure:
                right = self._clock_check.right_time()
                tell = partial(
                    tell_doubt, runtime=self._runtime, doubt=doubt, now=now, right_time=right
                )
                self._reported = await self._runtime.database.write(tell)
        elif self._clock_check.has_answers:
            corrected = await self._runtime.database.write(
                partial(tell_right, runtime=self._runtime, now=now)
            )
            log.info("the clock is believed", extra={"messages_corrected": corrected})
            self._reported = True
