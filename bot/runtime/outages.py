"""Detects outages, and repeats open questions whose answers may have been lost in them.

Telegram keeps a press of a button for 150 seconds, and then drops it without a trace. If nothing
was fetched for longer, each open question is asked again, since its answer may have been lost.
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
"""How long Telegram keeps a press of a button."""

HELD_SECONDS_MAX: Final = 27.0
"""The longest time from a request to the moment of which its answer tells."""

SHORT_ANSWERS_MIN: Final = 3
"""After this many answers below their limit, the backlog has arrived."""

STORE_EVERY_SECONDS: Final = 30.0
LOOK_SECONDS: Final = 15.0
END_SECONDS_MAX: Final = 1.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment by both clocks; one that was read from the database has no monotonic time."""

    monotonic: float | None
    wall: datetime


class Gaps:
    """Gaps between answers of Telegram; `run` repeats the questions that were open in them.

    Attributes:
        catching_up: whether Telegram has not answered yet, or its backlog has not arrived; the
            poller then does not use long polls.

    Args:
        runtime: for the database and the templates.
        bot_id: whose updates are fetched.
        clock: the bot's clock.
        wake_sender: called when there is something to send.
        believed: whether the clock is right; while it is not, no question is repeated.
    """

    def __init__(
        self,
        runtime: BotRuntime,
        bot_id: int,
        clock: Clock,
        wake_sender: Callable[[], None],
        believed: Callable[[], bool],
    ) -> None:
        self._runtime = runtime
        self._bot_id = bot_id
        self._clock = clock
        self._wake_sender = wake_sender
        self._believed = believed
        self._last_answer: Moment | None = None
        self._gap_end: Moment | None = None
        self._short_answers = 0
        self._stored_at: float | None = None
        self._wake_up = asyncio.Event()
        self.catching_up = True

    def now(self) -> Moment:
        """Returns this moment by both clocks."""
        return Moment(self._clock.monotonic(), self._clock.now())

    async def begin(self) -> None:
        """Read when Telegram last answered, perhaps to an earlier run."""
        at = await self._runtime.database.read(
            partial(after_outage.last_answer, bot_id=self._bot_id)
        )
        self._last_answer = None if at is None else Moment(None, at)

    def failed(self) -> None:
        """Note that a request was not answered."""
        self.catching_up = True

    async def answered(self, asked: Moment, updates: int, limit: int) -> None:
        """Note that a request was answered.

        Args:
            asked: when the request was sent.
            updates: the number of updates in the answer.
            limit: the most updates that it could have had.
        """
        if self._gap_end is None and self._is_gap(asked):
            self._gap_end, self._short_answers, self.catching_up = asked, 0, True
        if self._gap_end is None:
            self.catching_up = False
            self._last_answer = self._fetched_at(asked)
            await self._store(always=updates > 0)
            return
        self._short_answers = self._short_answers + 1 if updates < limit else 0
        if not updates or self._short_answers == SHORT_ANSWERS_MIN:
            assert self._last_answer is not None, "a gap begins with an earlier answer"
            since, until = self._last_answer.wall, self._gap_end.wall
            note = partial(after_outage.note_gap, bot_id=self._bot_id, since=since, until=until)
            if await self._runtime.database.write(note):
                log.warning(
                    "no answer from Telegram for %s; open questions are asked again", until - since
                )
            self._last_answer, self._gap_end, self.catching_up = (
                self._fetched_at(asked),
                None,
                False,
            )
            self._stored_at = self._clock.monotonic()
            self._wake_up.set()

    async def end(self) -> None:
        """Store for the next run when Telegram last answered."""
        if self._gap_end is None and self._stored_at is not None:
            try:
                async with asyncio.timeout(END_SECONDS_MAX):
                    await self._store(always=False, now=True)
            except Exception as error:  # noqa: BLE001 - the bot stops in any case
                log.warning(
                    "the time of Telegram's last answer is not stored: %s", type(error).__name__
                )

    async def run(self) -> None:
        """Repeat open questions until cancelled."""
        while True:
            self._wake_up.clear()
            try:
                count = await self._repeat_questions()
            except Exception:
                log.exception("open questions cannot be repeated")
            else:
                if count:
                    log.info("%s open questions are repeated", count)
                    self._wake_sender()
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake_up.wait()
            except TimeoutError:
                continue

    async def _repeat_questions(self) -> int:
        if not self._believed():
            return 0
        return await after_outage.ask_again(self._runtime, self._clock.now())

    def _is_gap(self, asked: Moment) -> bool:
        """Returns whether updates may be lost.

        The wall clock counts only after a failed request.
        """
        if self._last_answer is None:
            return False
        passed = 0.0
        if self._last_answer.monotonic is not None and asked.monotonic is not None:
            passed = asked.monotonic - self._last_answer.monotonic
        if self.catching_up:
            passed = max(passed, (asked.wall - self._last_answer.wall).total_seconds())
        return passed > GAP_SECONDS

    def _fetched_at(self, asked: Moment) -> Moment:
        """Returns a time at which Telegram certainly held no other update for the bot."""
        now = self.now()
        assert asked.monotonic is not None
        assert now.monotonic is not None
        late = now.monotonic - asked.monotonic > HELD_SECONDS_MAX
        return asked if late else now

    async def _store(self, *, always: bool, now: bool = False) -> None:
        """Store the time of the last answer, at most once in `STORE_EVERY_SECONDS`."""
        assert self._last_answer is not None
        moment = self._clock.monotonic()
        if (
            not now
            and self._stored_at is not None
            and moment - self._stored_at < STORE_EVERY_SECONDS
        ):
            return
        keep = partial(
            after_outage.keep_last_answer,
            bot_id=self._bot_id,
            at=self._last_answer.wall,
            always=always,
        )
        await self._runtime.database.write(keep)
        self._stored_at = moment
