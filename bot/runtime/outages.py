"""Knows for how long Telegram was not heard, and has what went missing meanwhile asked again.

Telegram keeps a press of a button for 150 seconds, and then forgets it without a trace. When
nothing was fetched for longer, every open question is asked once more: the answer may
have been given, and lost.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from bot.conversation import after_outage
from bot.system.clock import Clock
from bot.turn.runtime import BotRuntime

__all__ = ["GAP_SECONDS", "Gaps", "Moment"]

log = logging.getLogger(__name__)

GAP_SECONDS = 150.0
"""So long Telegram keeps a press of a button."""

HELD_SECONDS_MAX: Final = 27.0
"""An answer tells of the moment it was given, which is no later than this after the question."""

SHORT_ANSWERS: Final = 3
"""After this many answers with fewer updates than fit, the backlog is over."""

KEPT_EVERY_SECONDS: Final = 30.0
LOOK_SECONDS: Final = 15.0
END_SECONDS_MAX: Final = 1.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment by the stopwatch and on the wall; one from the database has no stopwatch."""

    stopwatch: float | None
    wall: datetime


class Gaps:
    """Learns from the poller when Telegram answers; `run` asks open questions again.

    Attributes:
        unsure: whether Telegram has still to be heard, or what waited there to come in; the poller
            then has no line held.

    Args:
        runtime: of the bot.
        bot_id: whose updates are meant.
        clock: the bot's clock.
        spoken: called when there is something to send.
        believed: whether the clock is; people are asked by a clock that is, and by no other.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        bot_id: int,
        clock: Clock,
        spoken: Callable[[], None],
        believed: Callable[[], bool],
    ) -> None:
        self._runtime = runtime
        self._bot_id = bot_id
        self._clock = clock
        self._spoken = spoken
        self._believed = believed
        self._last_answer: Moment | None = None
        self._back: Moment | None = None
        self._short = 0
        self._kept: float | None = None
        self._news = asyncio.Event()
        self.unsure = True

    def now(self) -> Moment:
        """This moment, by both clocks."""
        return Moment(self._clock.monotonic(), self._clock.now())

    async def begin(self) -> None:
        """Learn when Telegram was last heard, perhaps by an earlier run."""
        at = await self._runtime.database.read(
            partial(after_outage.last_answer, bot_id=self._bot_id)
        )
        self._last_answer = None if at is None else Moment(None, at)

    def failed(self) -> None:
        """A question was not answered."""
        self.unsure = True

    async def answered(self, asked: Moment, updates: int, limit: int) -> None:
        """A question was answered.

        Args:
            asked: when it was asked.
            updates: how many came.
            limit: how many could have come.
        """
        if self._back is None and self._is_gap(asked):
            self._back, self._short, self.unsure = asked, 0, True
        if self._back is None:
            self.unsure = False
            self._last_answer = self._looked(asked)
            await self._keep(always=updates > 0)
            return
        self._short = self._short + 1 if updates < limit else 0
        if not updates or self._short == SHORT_ANSWERS:
            assert self._last_answer is not None, "a gap begins when something was heard"
            since, until = self._last_answer.wall, self._back.wall
            note = partial(after_outage.note_gap, bot_id=self._bot_id, since=since, until=until)
            if await self._runtime.database.write(note):
                log.warning("Telegram was not heard for %s; open questions are asked again",
                            until - since)  # fmt: skip
            self._last_answer, self._back, self.unsure = self._looked(asked), None, False
            self._kept = self._clock.monotonic()
            self._news.set()

    async def end(self) -> None:
        """Remember for the next run when Telegram was last heard."""
        if self._back is None and self._kept is not None:
            try:
                async with asyncio.timeout(END_SECONDS_MAX):
                    await self._keep(always=False, now=True)
            except Exception as error:  # noqa: BLE001 - the next run then asks once too often
                log.warning("not remembered when Telegram was heard: %s", type(error).__name__)

    async def run(self) -> None:
        """Ask people again until cancelled."""
        while True:
            self._news.clear()
            try:
                count = await self._ask_again()
            except Exception:
                log.exception("people cannot be asked again")
            else:
                if count:
                    log.info("%s people are asked their open question again", count)
                    self._spoken()
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def _ask_again(self) -> int:
        if not self._believed():
            return 0
        return await after_outage.ask_again(self._runtime, self._clock.now())

    def _is_gap(self, asked: Moment) -> bool:
        """Whether something may be lost; where nothing failed, the wall clock proves nothing."""
        if self._last_answer is None:
            return False
        passed = 0.0
        if self._last_answer.stopwatch is not None and asked.stopwatch is not None:
            passed = asked.stopwatch - self._last_answer.stopwatch
        if self.unsure:
            passed = max(passed, (asked.wall - self._last_answer.wall).total_seconds())
        return passed > GAP_SECONDS

    def _looked(self, asked: Moment) -> Moment:
        """Returns when Telegram certainly had nothing else: at its answer, as far as known."""
        now = self.now()
        assert asked.stopwatch is not None
        assert now.stopwatch is not None
        late = now.stopwatch - asked.stopwatch > HELD_SECONDS_MAX
        return asked if late else now

    async def _keep(self, *, always: bool, now: bool = False) -> None:
        """Store it now and then, and only where it may matter."""
        assert self._last_answer is not None
        moment = self._clock.monotonic()
        if not now and self._kept is not None and moment - self._kept < KEPT_EVERY_SECONDS:
            return
        keep = partial(
            after_outage.keep_last_answer,
            bot_id=self._bot_id,
            at=self._last_answer.wall,
            always=always,
        )
        await self._runtime.database.write(keep)
        self._kept = moment
