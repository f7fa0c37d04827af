"""Checks the machine's clock against the dates of Telegram's answers.

The answers come from the HTTP sessions that have `trace()`. Only Telegram's own answers count: a
proxy's page is not JSON, and a cached answer has an `Age` header.
"""

import contextlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace
from typing import Final

import aiohttp

from bot.core.calendar.timekeeping import ClockDoubt, ClockReading, Timekeeper
from bot.system.clock import Clock

__all__ = ["ClockCheck", "date_of"]


DATE_MAX: Final = 2**33
"""Dates of updates from this second on, in the year 2242, are ignored as invalid."""

YEARS: Final = range(2000, 2242)
"""Answers of other years are ignored; arithmetic near the last possible date would overflow."""


class ClockCheck:
    """Compares the clock with all dated evidence; one for each running bot."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keeper = Timekeeper()
        self._moves = 0
        clock.on_change(self._moved)

    @property
    def has_answers(self) -> bool:
        """Whether Telegram has dated an answer since the start or since the clock was moved."""
        return self._keeper.has_witness

    def doubt(self) -> ClockDoubt | None:
        """Returns why the clock is not believed now; None while it is."""
        return self._keeper.doubt(self._moment())

    def believed(self) -> bool:
        """Returns whether the clock is right enough for actions that cannot be undone."""
        return self.doubt() is None

    def right_time(self) -> datetime:
        """Returns the clock's time, corrected by its error while it is not believed."""
        doubt = self.doubt()
        wrong = timedelta(seconds=0 if doubt is None else doubt.seconds)
        return self._clock.now() - wrong

    def trace(self) -> aiohttp.TraceConfig:
        """Returns the trace that an HTTP session needs so that its answers count."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._on_request)
        config.on_request_end.append(self._on_answer)
        return config

    def note_updates(self, updates: Iterable[Mapping[str, object]]) -> None:
        """Record the dates of updates: the true time cannot be earlier than these."""
        for update in updates:
            for part in update.values():
                date = part.get("date") if isinstance(part, dict) else None
                if type(date) is int and 0 < date < DATE_MAX:
                    moment = datetime.fromtimestamp(date, UTC)
                    self._keeper.at_least(moment, self._moment().steady)

    def note_latest(self, latest: datetime | None) -> None:
        """Record the latest time in the database, if it has one."""
        if latest is not None:
            self._keeper.at_least(latest, self._moment().steady)

    async def _on_request(
        self, _: aiohttp.ClientSession, context: SimpleNamespace, __: object
    ) -> None:
        context.moment, context.moves = self._moment(), self._moves

    async def _on_answer(
        self,
        _: aiohttp.ClientSession,
        context: SimpleNamespace,
        done: aiohttp.TraceRequestEndParams,
    ) -> None:
        if context.moves != self._moves:
            return  # the clock was moved while the request was under way
        date = date_of(done.response)
        if date is not None:
            self._keeper.answered(date, context.moment, self._moment())

    def _moved(self) -> None:
        self._moves += 1
        self._keeper.forget()

    def _moment(self) -> ClockReading:
        return ClockReading(self._clock.now(), timedelta(seconds=self._clock.monotonic()))


def date_of(answer: aiohttp.ClientResponse) -> datetime | None:
    """Returns when Telegram dated its answer; None for undated answers and those of others."""
    if answer.content_type != "application/json" or "Age" in answer.headers:
        return None
    with contextlib.suppress(ValueError, OverflowError):
        date = parsedate_to_datetime(answer.headers.get("Date", ""))
        if date.year in YEARS:
            return date if date.tzinfo else date.replace(tzinfo=UTC)
    return None
