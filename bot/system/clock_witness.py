"""Who tells whether the clock is right: listens to the dates of Telegram's answers.

A session that carries `trace()` is listened to. Only Telegram's own answers count: a page of a
proxy is no JSON, and an answer from a cache has an `Age`.
"""

import contextlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace
from typing import Any, Final

import aiohttp

from bot.core.calendar.timekeeping import ClockDoubt, ClockReading, Timekeeper
from bot.system.clock import Clock

__all__ = ["Witness", "date_of"]


DATE_MAX: Final = 2**33
"""No update is of a later second than this one, of the year 2242."""

YEARS: Final = range(2000, 2242)
"""An answer of another year tells nothing, and dates near the last one cannot be counted with."""


class Witness:
    """Holds the clock against what is heard; one for each running bot."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keeper = Timekeeper()
        self._moves = 0
        clock.on_change(self._moved)

    @property
    def has_answers(self) -> bool:
        """Whether Telegram has dated an answer since the start, or since the clock was moved."""
        return self._keeper.has_witness

    def doubt(self) -> ClockDoubt | None:
        """Why the clock is not believed now; None while it is."""
        return self._keeper.doubt(self._moment())

    def believed(self) -> bool:
        """Whether what cannot be taken back may happen now."""
        return self.doubt() is None

    def right_time(self) -> datetime:
        """Returns the time by the witness; by the machine's clock while nothing contradicts it."""
        doubt = self.doubt()
        wrong = timedelta(seconds=0 if doubt is None else doubt.seconds)
        return self._clock.now() - wrong

    def trace(self) -> aiohttp.TraceConfig:
        """What makes a session heard."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._asked)
        config.on_request_end.append(self._answered)
        return config

    def saw(self, updates: Iterable[Mapping[str, object]]) -> None:
        """Note the dates of updates: by now these times have come."""
        for update in updates:
            for part in update.values():
                date = part.get("date") if isinstance(part, dict) else None
                if type(date) is int and 0 < date < DATE_MAX:
                    moment = datetime.fromtimestamp(date, UTC)
                    self._keeper.at_least(moment, self._moment().steady)

    def read(self, latest: datetime | None) -> None:
        """Note the latest time stored in the database."""
        if latest is not None:
            self._keeper.at_least(latest, self._moment().steady)

    async def _asked(self, _: aiohttp.ClientSession, context: SimpleNamespace, __: Any) -> None:
        context.moment, context.moves = self._moment(), self._moves

    async def _answered(
        self,
        _: aiohttp.ClientSession,
        context: SimpleNamespace,
        done: aiohttp.TraceRequestEndParams,
    ) -> None:
        if context.moves != self._moves:
            return  # asked by the clock as it was before it was moved
        date = date_of(done.response)
        if date is not None:
            self._keeper.answered(date, context.moment, self._moment())

    def _moved(self) -> None:
        self._moves += 1
        self._keeper.forget()

    def _moment(self) -> ClockReading:
        return ClockReading(self._clock.now(), timedelta(seconds=self._clock.monotonic()))


def date_of(answer: aiohttp.ClientResponse) -> datetime | None:
    """When Telegram says that it answered; None where it does not, or something else did."""
    if answer.content_type != "application/json" or "Age" in answer.headers:
        return None
    with contextlib.suppress(ValueError, OverflowError):
        date = parsedate_to_datetime(answer.headers.get("Date", ""))
        if date.year in YEARS:
            return date if date.tzinfo else date.replace(tzinfo=UTC)
    return None
